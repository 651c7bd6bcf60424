#pragma once

#include "base/result/result.hpp"
#include "core/model/ids.hpp"
#include "drivers/segments/file.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// A segment: a header and blocks, one after the other. The file is named by the position of its
/// first event, "00000000000000000001.segment".
///
///     8 bytes   "MESHLOG\n"
///     u32       format version, 1
///     u32       length of the client's name
///     u64       first position
///     64 bytes  the client's name, filled up with zeros
///     u64       XXH3-64 of the bytes before
///
/// Whatever a later format changes, these bytes keep their places: only a header that is whole may
/// say that a newer program wrote it.
inline constexpr std::string_view segment_magic = "MESHLOG\n";
inline constexpr std::uint32_t segment_version = 1;
inline constexpr std::size_t segment_header_bytes = 96;

/// Where a block lies.
struct BlockPlace {
    Position first_position = 0;
    std::uint64_t offset = 0;
};

/// A segment as it was found or written. `bytes` is where the next block goes.
struct Segment {
    std::string path;
    Position first_position = 0;
    Position last_position = 0;  ///< first_position - 1 while it holds no block.
    std::uint64_t bytes = 0;
    std::vector<BlockPlace> blocks;
};

/// One block among the segments.
struct BlockLocation {
    std::string path;
    Position first_position = 0;
    Position last_position = 0;
    std::uint64_t offset = 0;
    std::uint64_t end = 0;
};

/// The block that holds the position, which the segments must hold.
BlockLocation locate_block(std::span<const Segment> segments, Position position);

std::string segment_name(Position first_position);
/// The position in a segment's file name, or nothing when the name is no segment's.
std::optional<Position> segment_position(std::string_view name);

std::string encode_segment_header(const ClientId& client, Position first_position,
                                  std::uint32_t version = segment_version);
/// Checks that the bytes are the header of this client's segment. Error log.corrupt with what is
/// wrong as the message; log.unknown_version.
Result<void> check_segment_header(std::string_view bytes, const ClientId& client,
                                  Position first_position);

/// How much of a segment is read when it is opened.
enum class ScanDepth : std::uint8_t { headers, everything };

/// Where a scan had to stop, and why.
struct ScanStop {
    std::uint64_t offset = 0;
    std::string reason;
};

/// The blocks from the start of the segment up to its end or the first that is bad.
struct Scan {
    Segment segment;
    std::uint64_t file_bytes = 0;
    Position acknowledged = 0;  ///< The highest that a block says was durable before it.
    std::optional<ScanStop> stop;
};

/// Walks a segment. Errors only where reading itself fails or the format is a newer one.
Result<Scan> scan_segment(const std::string& path, const ClientId& client, Position first_position,
                          ScanDepth depth);

/// The first whole and good block that begins at `offset` or later, wherever it may lie, with a
/// position not below `position`; tells damage in the middle from a torn end.
struct BlockFound {
    std::uint64_t offset = 0;
    Position first_position = 0;
    Position acknowledged = 0;
};
Result<std::vector<BlockFound>> find_blocks_after(const std::string& path, std::uint64_t offset,
                                                  Position position);

}  // namespace meshline
