#include "drivers/segments/read_block.hpp"

#include "drivers/segments/block_damage.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <utility>

namespace meshline {
namespace {

/// The whole block, or its header alone where that is damaged.
Result<std::string> read_again(const BlockLocation& location) {
    MESHLINE_ASSIGN(const File file, File::open(location.path, FileMode::read));
    const std::uint64_t bytes_max = location.end - location.offset;
    std::string block;
    MESHLINE_TRY(file.read_at(location.offset,
                              std::min<std::uint64_t>(bytes_max, block_header_bytes_max), block));
    const Result<BlockHeader> header = decode_block_header(block);
    if (!header.ok()) return block;
    MESHLINE_TRY(file.read_at(location.offset, std::min(bytes_max, header->block_bytes()), block));
    return block;
}

}  // namespace

Error damage_error(const ClientId& client, const std::string& path, std::uint64_t offset,
                   Position first, Position last, const std::string& reason) {
    const std::string positions = first >= last ? fmt::format("position {}", first)
                                                : fmt::format("positions {} to {}", first, last);
    return Error{.kind = ErrorKind::corrupt,
                 .code = "log.corrupt",
                 .message = fmt::format("the event log of \"{}\" is damaged at {}: {}",
                                        client.text(), positions, reason),
                 .hint = "Restore this client's log folder from a copy."}
        .at({.file = path, .offset = static_cast<std::int64_t>(offset)});
}

Error block_error(const ClientId& client, const BlockLocation& location,
                  const std::string& reason) {
    const auto error_at = [&](std::uint64_t offset, Position first, Position last,
                              const std::string& what) {
        return damage_error(client, location.path, offset, first, last, what);
    };
    const Result<std::string> block = read_again(location);
    const auto found =
        block.ok() ? find_damage(*block, location.first_position) : std::optional<BlockDamage>();
    if (!found) {
        return error_at(location.offset, location.first_position, location.last_position, reason);
    }
    const std::uint64_t begin = location.offset + found->offset;
    const std::string place =
        found->bytes == 1 ? fmt::format("byte {} of the file is not what was written", begin)
                          : fmt::format("bytes {} to {} of the file are not what was written",
                                        begin, begin + found->bytes - 1);
    const bool is_narrowed = found->first_position != 0;
    return error_at(begin, is_narrowed ? found->first_position : location.first_position,
                    is_narrowed ? found->last_position : location.last_position,
                    fmt::format("{}; {}, in the {}", reason, place, found->part));
}

Error segment_header_error(const ClientId& client, const Segment& segment, Position last,
                           const std::string& reason) {
    const std::string expected = encode_segment_header(client, segment.first_position);
    std::string header;
    const Result<File> file = File::open(segment.path, FileMode::read);
    if (file.ok()) static_cast<void>(file->read_at(0, segment_header_bytes, header));
    const auto [bad, other] = std::ranges::mismatch(header, expected);
    return damage_error(client, segment.path, static_cast<std::uint64_t>(bad - header.begin()),
                        segment.first_position, last, reason);
}

Result<void> BlockSource::read(const BlockLocation& location, BlockPart part, Block& block) {
    MESHLINE_TRY(read_bytes(location, part));
    const Result<void> decoded = block.decode(buffer_, part);
    if (!decoded.ok()) return block_error(client_, location, decoded.error().message);
    const BlockHeader& header = block.header();
    if (header.first_position != location.first_position ||
        header.last_position() != location.last_position ||
        header.block_bytes() != location.end - location.offset) {
        return damage_error(client_, location.path, location.offset, location.first_position,
                            location.last_position,
                            "another block lies where this one was written");
    }
    return {};
}

Result<void> BlockSource::read_bytes(const BlockLocation& location, BlockPart part) {
    if (file_.path() != location.path) {
        MESHLINE_ASSIGN(file_, File::open(location.path, FileMode::read));
    }
    const std::uint64_t block_bytes = location.end - location.offset;
    if (part == BlockPart::everything) return file_.read_at(location.offset, block_bytes, buffer_);
    // The payloads are most of a block; the header says where they begin.
    const std::uint64_t header_bytes = std::min<std::uint64_t>(block_bytes, block_header_bytes_max);
    MESHLINE_TRY(file_.read_at(location.offset, header_bytes, buffer_));
    const Result<BlockHeader> header = decode_block_header(buffer_);
    // What is wrong with the header decode() finds again, and says where.
    if (!header.ok()) return {};
    const std::uint64_t wanted = std::min(header->bytes_before_payloads(), block_bytes);
    return file_.read_at(location.offset, wanted, buffer_);
}

Result<MerkleFrontier> tree_at(const ClientId& client, const BlockLocation& location,
                               Position position) {
    BlockSource source(client);
    Block block;
    MESHLINE_TRY(source.read(location, BlockPart::metadata, block));
    MESHLINE_ASSIGN(MerkleFrontier tree,
                    MerkleFrontier::restore(location.first_position - 1, block.header().edge));
    std::string leaf;
    for (const Event& event : block.events()) {
        if (event.position > position) break;
        encode_leaf(client, event, leaf);
        tree.append(merkle_leaf(leaf));
    }
    return tree;
}

Result<bool> is_prefix_of(const ClientId& client, std::span<const Segment> segments,
                          const LogHead& head, const LogHead& earlier) {
    if (earlier.position > head.position) return false;
    if (earlier.position == head.position) return earlier.root == head.root;
    if (earlier.position == 0) return earlier.root == merkle_empty_root();
    MESHLINE_ASSIGN(const MerkleFrontier tree,
                    tree_at(client, locate_block(segments, earlier.position), earlier.position));
    return tree.root() == earlier.root;
}

}  // namespace meshline
