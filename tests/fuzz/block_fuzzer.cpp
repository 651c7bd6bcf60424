// The bytes are taken as a stored block, and then as the metadata of a block whose checksums are
// right, so that they reach what lies behind these. Holds for all: they are refused as damage or
// give events in range, whose payloads are the block's.
#include "drivers/segments/block.hpp"
#include "drivers/segments/block_sums.hpp"
#include "drivers/segments/bytes.hpp"
#include "drivers/segments/compression.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <xxhash.h>

namespace meshline {
namespace {

void check_decoding(std::string_view bytes, BlockPart part) {
    static Block block;
    const Result<void> decoded = block.decode(bytes, part);
    if (!decoded.ok()) {
        MESHLINE_CHECK(decoded.error().code == "log.corrupt");
        MESHLINE_CHECK(block.events().empty());
        return;
    }
    MESHLINE_CHECK(block.events().size() == block.header().count);
    std::uint64_t payload_bytes = 0;
    for (const Event& event : block.events()) {
        MESHLINE_CHECK(event.position >= block.header().first_position);
        MESHLINE_CHECK(event.position <= block.header().last_position());
        MESHLINE_CHECK(event.outcome != Outcome::duplicate);
        payload_bytes += event.payload.size();
    }
    if (part == BlockPart::everything) {
        MESHLINE_CHECK(payload_bytes == block.header().payloads_raw_bytes);
    }
}

std::string block_with(std::uint32_t count, std::string_view metadata, std::string_view payloads) {
    std::string packed_metadata(32 * count, 'd');
    compress(metadata, 1, packed_metadata);
    std::string packed_payloads;
    compress(payloads, 1, packed_payloads);
    std::string bytes;
    put_integer(bytes, block_magic);
    put_integer(bytes, count);
    put_integer<Position>(bytes, 1);
    put_integer<Position>(bytes, 0);
    put_integer<std::uint64_t>(bytes, metadata.size());
    put_integer<std::uint64_t>(bytes, packed_metadata.size() - 32 * count);
    put_integer<std::uint64_t>(bytes, payloads.size());
    put_integer<std::uint64_t>(bytes, packed_payloads.size());
    std::string sums;
    put_sums(sums, packed_metadata);
    put_sums(sums, packed_payloads);
    put_integer<std::uint64_t>(bytes, XXH3_64bits(sums.data(), sums.size()));
    put_integer<std::uint64_t>(bytes, XXH3_64bits(bytes.data(), bytes.size()));
    return bytes + sums + packed_metadata + packed_payloads;
}

void check_bytes(std::string_view bytes) {
    check_decoding(bytes, BlockPart::everything);
    check_decoding(bytes, BlockPart::metadata);
    if (bytes.size() < 2) return;
    const std::string payloads(static_cast<std::uint8_t>(bytes[1]), 'p');
    const std::string block =
        block_with(static_cast<std::uint8_t>(bytes[0]), bytes.substr(2), payloads);
    check_decoding(block, BlockPart::everything);
    check_decoding(block, BlockPart::metadata);
}

}  // namespace
}  // namespace meshline

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    meshline::check_bytes({reinterpret_cast<const char*>(data), size});
    return 0;
}
