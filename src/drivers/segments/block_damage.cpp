#define XXH_INLINE_ALL
#include "drivers/segments/block_damage.hpp"

#include "base/hash/digest.hpp"
#include "drivers/segments/block.hpp"
#include "drivers/segments/block_metadata.hpp"
#include "drivers/segments/bytes.hpp"
#include "drivers/segments/compression.hpp"

#include <algorithm>
#include <bit>
#include <fmt/format.h>
#include <xxhash.h>

namespace meshline {
namespace {

constexpr std::uint64_t digest_bytes = 32;

std::uint64_t sum_of(std::string_view bytes) {
    return XXH3_64bits(bytes.data(), bytes.size());
}

std::uint64_t sum_at(std::string_view bytes, std::uint64_t offset) {
    return ByteReader(bytes.substr(offset, sum_bytes)).integer<std::uint64_t>();
}

/// The first byte in which two sums differ, where it is the only one: then it is that byte of the
/// sum which is bad, for another content would have another sum altogether.
std::optional<std::uint64_t> only_difference(std::uint64_t left, std::uint64_t right) {
    const std::uint64_t difference = left ^ right;
    const auto byte = static_cast<unsigned>(std::countr_zero(difference)) / 8;
    if (difference == 0 || difference >> (8 * byte) > 0xff) return std::nullopt;
    return byte;
}

/// The byte whose change gives the bytes that sum. 64 bits are enough that no other does by chance.
std::optional<std::uint64_t> find_bad_byte(std::string_view bytes, std::uint64_t sum) {
    std::string tried(bytes);
    for (std::size_t at = 0; at < tried.size(); ++at) {
        for (unsigned change = 1; change < 256; ++change) {
            tried[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ change);
            if (sum_of(tried) == sum) return at;
        }
        tried[at] = bytes[at];
    }
    return std::nullopt;
}

/// The search in one block.
class Search {
  public:
    Search(std::string_view block, Position first_position)
        : block_(block), first_position_(first_position) {}

    std::optional<BlockDamage> run() {
        const Result<BlockHeader> header = decode_block_header(block_);
        if (!header.ok() || header->first_position != first_position_) return in_header();
        header_ = *header;
        if (block_.size() < header_.block_bytes()) return std::nullopt;
        sums_ = block_.substr(header_.header_bytes(), header_.sums_bytes());
        std::string expected;
        put_sums(expected, block_.substr(header_.digests_at(), header_.metadata_part_bytes()));
        put_sums(expected,
                 block_.substr(header_.bytes_before_payloads(), header_.payloads_stored_bytes));
        if (sum_of(sums_) != header_.sums_checksum) return in_sums(expected);
        const auto [bad, other] = std::ranges::mismatch(sums_, expected);
        if (bad == sums_.end()) return std::nullopt;
        return in_piece(static_cast<std::uint64_t>(bad - sums_.begin()) / sum_bytes);
    }

  private:
    /// Its length follows from the position it must begin with.
    std::optional<BlockDamage> in_header() const {
        const std::uint64_t bytes = header_bytes_at(first_position_);
        if (block_.size() < bytes) return std::nullopt;
        const std::uint64_t checked_bytes = bytes - block_checksum_bytes;
        const std::string_view checked = block_.substr(0, checked_bytes);
        const std::uint64_t stored = sum_at(block_, checked_bytes);
        if (const auto byte = only_difference(stored, sum_of(checked)))
            return BlockDamage{checked_bytes + *byte, 1, "header"};
        const auto byte = find_bad_byte(checked, stored);
        return byte ? std::optional(BlockDamage{*byte, 1, "header"}) : std::nullopt;
    }

    /// The content is good where it gives sums that fit the header: then it is the sums that do
    /// not.
    BlockDamage in_sums(std::string_view expected) const {
        const std::uint64_t begin = header_.header_bytes();
        if (sum_of(expected) != header_.sums_checksum) return {begin, sums_.size(), "sums"};
        const auto [bad, other] = std::ranges::mismatch(sums_, expected);
        return {begin + static_cast<std::uint64_t>(bad - sums_.begin()), 1, "sums"};
    }

    BlockDamage in_piece(std::uint64_t index) const {
        const std::uint64_t metadata_pieces = header_.metadata_sums_bytes() / sum_bytes;
        const bool is_payload = index >= metadata_pieces;
        const std::uint64_t begin =
            is_payload ? header_.bytes_before_payloads() + (index - metadata_pieces) * piece_bytes
                       : header_.digests_at() + index * piece_bytes;
        const std::uint64_t part_end =
            is_payload ? header_.block_bytes() : header_.bytes_before_payloads();
        const std::string_view piece =
            block_.substr(begin, std::min<std::uint64_t>(piece_bytes, part_end - begin));
        const auto byte = find_bad_byte(piece, sum_at(sums_, index * sum_bytes));
        BlockDamage found{begin + byte.value_or(0), byte ? 1 : piece.size(), "payloads"};
        if (is_payload) {
            narrow_to_payloads(found);
        } else {
            name_metadata_part(found);
        }
        return found;
    }

    void name_metadata_part(BlockDamage& found) const {
        const std::uint64_t at = found.offset - header_.digests_at();
        if (at >= header_.count * digest_bytes) {
            found.part = "metadata";
        } else if (found.bytes > 1) {
            found.part = "payload digests";
        } else {
            found.first_position = found.last_position = first_position_ + at / digest_bytes;
            found.part = fmt::format("payload digest of position {}", found.first_position);
        }
    }

    /// A frame that still unpacks shows by the digests which of its payloads are others.
    void narrow_to_payloads(BlockDamage& found) const {
        Block block;
        if (!block.decode(block_, BlockPart::metadata).ok()) return;
        std::string raw(header_.payloads_raw_bytes, '\0');
        const std::string_view stored =
            block_.substr(header_.bytes_before_payloads(), header_.payloads_stored_bytes);
        if (!decompress(stored, raw)) return;
        std::string metadata(header_.metadata_raw_bytes, '\0');
        std::vector<Event> events;
        std::vector<std::uint64_t> payload_bytes;
        if (!decompress(block_.substr(header_.digests_at() + header_.count * digest_bytes,
                                      header_.metadata_stored_bytes),
                        metadata) ||
            !read_metadata(metadata, header_.count, events, payload_bytes)) {
            return;
        }
        ByteReader reader(raw);
        Position first = 0;
        Position last = 0;
        for (std::size_t index = 0; index < events.size(); ++index) {
            const Event& event = block.events()[index];
            if (sha256(reader.take(payload_bytes[index])) == event.payload_digest) continue;
            if (first == 0) first = event.position;
            last = event.position;
        }
        if (first == 0) return;
        found.first_position = first;
        found.last_position = last;
    }

    std::string_view block_;
    Position first_position_;
    BlockHeader header_;
    std::string_view sums_;
};

}  // namespace

std::optional<BlockDamage> find_damage(std::string_view block, Position first_position) {
    return Search(block, first_position).run();
}

}  // namespace meshline
