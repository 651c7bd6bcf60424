#include "drivers/segments/segment.hpp"

#define XXH_INLINE_ALL
#include "base/result/check.hpp"
#include "drivers/segments/bytes.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <xxhash.h>

namespace meshline {
namespace {

constexpr std::string_view segment_suffix = ".segment";
constexpr std::size_t position_digits = 20;
constexpr std::size_t client_bytes_max = 64;
constexpr std::size_t summed_bytes = segment_header_bytes - sizeof(std::uint64_t);

std::uint64_t sum_of(std::string_view header) {
    return XXH3_64bits(header.data(), summed_bytes);
}

/// Whether a header's bytes are those that some program wrote.
bool is_whole(std::string_view header) {
    if (header.size() != segment_header_bytes) return false;
    ByteReader reader(header.substr(summed_bytes));
    return reader.integer<std::uint64_t>() == sum_of(header);
}

}  // namespace

BlockLocation locate_block(std::span<const Segment> segments, Position position) {
    const auto segment_after =
        std::ranges::upper_bound(segments, position, {}, &Segment::first_position);
    MESHLINE_CHECK(segment_after != segments.begin());
    const Segment& segment = *(segment_after - 1);
    MESHLINE_CHECK(position <= segment.last_position);
    const auto after =
        std::ranges::upper_bound(segment.blocks, position, {}, &BlockPlace::first_position);
    const BlockPlace& block = *(after - 1);
    const bool is_last = after == segment.blocks.end();
    return {.path = segment.path,
            .first_position = block.first_position,
            .last_position = is_last ? segment.last_position : after->first_position - 1,
            .offset = block.offset,
            .end = is_last ? segment.bytes : after->offset};
}

std::string segment_name(Position first_position) {
    return fmt::format("{:020}{}", first_position, segment_suffix);
}

std::optional<Position> segment_position(std::string_view name) {
    if (name.size() != position_digits + segment_suffix.size()) return std::nullopt;
    if (!name.ends_with(segment_suffix)) return std::nullopt;
    Position position = 0;
    const char* const end = name.data() + position_digits;
    const auto [stopped, error] = std::from_chars(name.data(), end, position);
    if (stopped != end || error != std::errc() || position == 0) return std::nullopt;
    return position;
}

std::string encode_segment_header(const ClientId& client, Position first_position,
                                  std::uint32_t version) {
    MESHLINE_CHECK(client.text().size() <= client_bytes_max);
    std::string bytes(segment_magic);
    put_integer(bytes, version);
    put_integer(bytes, static_cast<std::uint32_t>(client.text().size()));
    put_integer(bytes, first_position);
    bytes += client.text();
    bytes.resize(summed_bytes);
    put_integer(bytes, sum_of(bytes));
    return bytes;
}

Result<void> check_segment_header(std::string_view bytes, const ClientId& client,
                                  Position first_position) {
    if (bytes == encode_segment_header(client, first_position)) return {};
    ByteReader reader(bytes);
    const std::string_view magic = reader.take(segment_magic.size());
    const auto version = reader.integer<std::uint32_t>();
    if (magic == segment_magic && version > segment_version && is_whole(bytes)) {
        return Error{.kind = ErrorKind::invalid,
                     .code = "log.unknown_version",
                     .message = fmt::format("the event log has format {}, this program knows {}",
                                            version, segment_version),
                     .hint = "Use the newer meshline that wrote this data folder."};
    }
    return Error{.kind = ErrorKind::corrupt,
                 .code = "log.corrupt",
                 .message = "the segment's header is not that of this client and position"};
}

}  // namespace meshline
