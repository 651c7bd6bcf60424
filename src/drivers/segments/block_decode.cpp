#define XXH_INLINE_ALL
#include "drivers/segments/block.hpp"
#include "drivers/segments/block_metadata.hpp"
#include "drivers/segments/bytes.hpp"
#include "drivers/segments/compression.hpp"

#include <algorithm>
#include <bit>
#include <xxhash.h>

namespace meshline {
namespace {

Error damaged(const char* what) {
    return Error{.kind = ErrorKind::corrupt, .code = "log.corrupt", .message = what};
}

bool is_within_limits(const BlockHeader& header) {
    // No stored part is larger than zstd's bound for its raw part, which is below twice and a KiB.
    return header.first_position > 0 && header.count > 0 && header.count <= block_events_max &&
           header.metadata_raw_bytes <= metadata_bytes_max &&
           header.metadata_stored_bytes <= 2 * metadata_bytes_max &&
           header.payloads_raw_bytes <= payload_bytes_max &&
           header.payloads_stored_bytes <= 2 * payload_bytes_max;
}

}  // namespace

std::uint64_t header_bytes_at(Position first_position) {
    return block_edge_offset + 32 * static_cast<std::uint64_t>(std::popcount(first_position - 1)) +
           block_checksum_bytes;
}

Result<BlockHeader> decode_block_header(std::string_view bytes) {
    ByteReader reader(bytes);
    BlockHeader header;
    const auto magic = reader.integer<std::uint32_t>();
    header.count = reader.integer<std::uint32_t>();
    for (std::uint64_t* field :
         {&header.first_position, &header.acknowledged, &header.metadata_raw_bytes,
          &header.metadata_stored_bytes, &header.payloads_raw_bytes, &header.payloads_stored_bytes,
          &header.sums_checksum}) {
        *field = reader.integer<std::uint64_t>();
    }
    if (!reader.is_good()) return damaged("the block's header ends early");
    if (magic != block_magic) return damaged("there is no block where one must begin");
    header.edge.resize(static_cast<std::size_t>(std::popcount(header.first_position - 1)));
    for (Digest& node : header.edge) {
        std::ranges::copy(reader.take(node.bytes.size()), node.bytes.begin());
    }
    const auto header_checksum = reader.integer<std::uint64_t>();
    if (!reader.is_good()) return damaged("the block's header ends early");
    const std::size_t checked_bytes = header.header_bytes() - block_checksum_bytes;
    if (XXH3_64bits(bytes.data(), checked_bytes) != header_checksum) {
        return damaged("the checksum of the block's header differs");
    }
    if (!is_within_limits(header)) return damaged("the block's header is beyond the limits");
    return header;
}

Result<void> check_block(const BlockHeader& header, std::string_view bytes, BlockPart part) {
    const bool is_whole = part == BlockPart::everything;
    const std::uint64_t payloads_at = header.bytes_before_payloads();
    if (bytes.size() < (is_whole ? header.block_bytes() : payloads_at)) {
        return damaged("the block ends early");
    }
    const std::string_view sums = bytes.substr(header.header_bytes(), header.sums_bytes());
    if (XXH3_64bits(sums.data(), sums.size()) != header.sums_checksum) {
        return damaged("the checksum of the block's sums differs");
    }
    const std::string_view metadata =
        bytes.substr(header.digests_at(), header.metadata_part_bytes());
    if (!has_sums(metadata, sums.substr(0, header.metadata_sums_bytes()))) {
        return damaged("the checksum of the block's metadata differs");
    }
    if (!is_whole) return {};
    const std::string_view payloads = bytes.substr(payloads_at, header.payloads_stored_bytes);
    if (!has_sums(payloads, sums.substr(header.metadata_sums_bytes()))) {
        return damaged("the checksum of the block's payloads differs");
    }
    return {};
}

Result<void> Block::decode(std::string_view bytes, BlockPart part) {
    events_.clear();
    MESHLINE_ASSIGN(header_, decode_block_header(bytes));
    MESHLINE_TRY(check_block(header_, bytes, part));
    const std::string_view digests = bytes.substr(header_.digests_at(), header_.count * 32ULL);
    const std::string_view metadata =
        bytes.substr(header_.digests_at() + digests.size(), header_.metadata_stored_bytes);
    metadata_.resize(header_.metadata_raw_bytes);
    if (!decompress(metadata, metadata_)) return damaged("the block's metadata does not unpack");
    std::vector<std::uint64_t> payload_bytes;
    payload_bytes.reserve(header_.count);
    events_.reserve(header_.count);
    if (!read_metadata(metadata_, header_.count, events_, payload_bytes)) {
        events_.clear();
        return damaged("the block's metadata is malformed");
    }
    for (std::size_t index = 0; index < events_.size(); ++index) {
        events_[index].position = header_.first_position + index;
        std::ranges::copy(digests.substr(index * 32, 32),
                          events_[index].payload_digest.bytes.begin());
    }
    if (part == BlockPart::metadata) return {};
    return decode_payloads(
        bytes.substr(header_.bytes_before_payloads(), header_.payloads_stored_bytes),
        payload_bytes);
}

Result<void> Block::decode_payloads(std::string_view stored,
                                    const std::vector<std::uint64_t>& payload_bytes) {
    std::vector<Event> events = std::move(events_);
    events_.clear();
    payloads_.resize(header_.payloads_raw_bytes);
    if (!decompress(stored, payloads_)) return damaged("the block's payloads do not unpack");
    ByteReader reader(payloads_);
    for (std::size_t index = 0; index < events.size(); ++index) {
        events[index].payload = reader.take(payload_bytes[index]);
    }
    if (!reader.is_good() || reader.remaining() != 0) {
        return damaged("the lengths of the block's payloads do not add up");
    }
    events_ = std::move(events);
    return {};
}

}  // namespace meshline
