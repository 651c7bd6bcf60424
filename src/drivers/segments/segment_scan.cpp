#include "drivers/segments/block.hpp"
#include "drivers/segments/segment.hpp"

#include <algorithm>
#include <cstring>

namespace meshline {
namespace {

constexpr std::uint64_t search_chunk_bytes = 1 << 20;

/// Reads the block at the offset and says what is wrong with it, in the error; with its header
/// alone when that is all that is asked for.
Result<BlockHeader> read_block(const File& file, std::uint64_t offset, std::uint64_t file_bytes,
                               ScanDepth depth, std::string& buffer) {
    MESHLINE_TRY(file.read_at(offset, block_header_bytes_max, buffer));
    MESHLINE_ASSIGN(BlockHeader header, decode_block_header(buffer));
    if (header.block_bytes() > file_bytes - offset) {
        return Error{
            .kind = ErrorKind::corrupt, .code = "log.corrupt", .message = "the block ends early"};
    }
    if (depth == ScanDepth::headers) return header;
    MESHLINE_TRY(file.read_at(offset, header.block_bytes(), buffer));
    MESHLINE_TRY(check_block(header, buffer, BlockPart::everything));
    return header;
}

}  // namespace

Result<Scan> scan_segment(const std::string& path, const ClientId& client, Position first_position,
                          ScanDepth depth) {
    MESHLINE_ASSIGN(const File file, File::open(path, FileMode::read));
    MESHLINE_ASSIGN(const FileStamp stamp, file.stamp());
    Scan scan{.segment = {.path = path,
                          .first_position = first_position,
                          .last_position = first_position - 1},
              .file_bytes = stamp.bytes};
    std::string buffer;
    MESHLINE_TRY(file.read_at(0, segment_header_bytes, buffer));
    const Result<void> checked = check_segment_header(buffer, client, first_position);
    if (!checked.ok()) {
        if (checked.error().kind != ErrorKind::corrupt) return checked.error();
        scan.stop = {.offset = 0, .reason = checked.error().message};
        return scan;
    }
    Segment& segment = scan.segment;
    segment.bytes = segment_header_bytes;
    while (segment.bytes < stamp.bytes) {
        const Result<BlockHeader> header =
            read_block(file, segment.bytes, stamp.bytes, depth, buffer);
        if (!header.ok() && header.error().kind != ErrorKind::corrupt) return header.error();
        if (!header.ok()) {
            scan.stop = {.offset = segment.bytes, .reason = header.error().message};
            return scan;
        }
        if (header->first_position != segment.last_position + 1) {
            scan.stop = {.offset = segment.bytes,
                         .reason = "the block does not continue the positions before it"};
            return scan;
        }
        segment.blocks.push_back({header->first_position, segment.bytes});
        segment.last_position = header->last_position();
        segment.bytes += header->block_bytes();
        scan.acknowledged = std::max(scan.acknowledged, header->acknowledged);
    }
    return scan;
}

Result<std::vector<BlockFound>> find_blocks_after(const std::string& path, std::uint64_t offset,
                                                  Position position) {
    MESHLINE_ASSIGN(const File file, File::open(path, FileMode::read));
    MESHLINE_ASSIGN(const FileStamp stamp, file.stamp());
    std::string magic(sizeof(block_magic), '\0');
    std::memcpy(magic.data(), &block_magic, sizeof(block_magic));
    std::vector<BlockFound> found;
    std::string chunk;
    std::string buffer;
    while (offset < stamp.bytes) {
        MESHLINE_TRY(
            file.read_at(offset, std::min(search_chunk_bytes, stamp.bytes - offset), chunk));
        const std::size_t at = chunk.find(magic);
        if (at == std::string::npos) {
            // The magic may lie across two chunks.
            if (chunk.size() < search_chunk_bytes) break;
            offset += chunk.size() - (magic.size() - 1);
            continue;
        }
        offset += at;
        const Result<BlockHeader> header =
            read_block(file, offset, stamp.bytes, ScanDepth::everything, buffer);
        if (!header.ok() && header.error().kind != ErrorKind::corrupt) return header.error();
        if (header.ok() && header->first_position >= position) {
            found.push_back({offset, header->first_position, header->acknowledged});
            offset += header->block_bytes();
        } else {
            ++offset;
        }
    }
    return found;
}

}  // namespace meshline
