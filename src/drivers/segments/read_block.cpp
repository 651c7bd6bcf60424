#include "drivers/segments/read_block.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace meshline {

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

Result<void> BlockSource::read(const BlockLocation& location, BlockPart part, Block& block) {
    MESHLINE_TRY(read_bytes(location, part));
    const Result<void> decoded = block.decode(buffer_, part);
    const auto damaged = [&](const std::string& reason) {
        return damage_error(client_, location.path, location.offset, location.first_position,
                            location.last_position, reason);
    };
    if (!decoded.ok()) return damaged(decoded.error().message);
    const BlockHeader& header = block.header();
    if (header.first_position != location.first_position ||
        header.last_position() != location.last_position ||
        header.block_bytes() != location.end - location.offset) {
        return damaged("another block lies where this one was written");
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

}  // namespace meshline
