#pragma once

#include <cstddef>
#include <cstdint>

namespace meshline {

/// Bytes of one schema document.
inline constexpr std::size_t schema_bytes_max = std::size_t{16} << 20;
/// Schemas of one program.
inline constexpr std::size_t schemas_max = 200'000;
/// Schemas that may judge one another's values in a row, "$ref" in "$ref": what the stack holds.
inline constexpr int schema_depth_max = 1'000;
/// Schemas that may judge one value in a row without going down into it.
inline constexpr int schema_chain_max = 128;
/// Schemas that an instance may be held against: this many, and some more for each of its bytes, so
/// that alternatives inside alternatives end.
inline constexpr std::size_t steps_base = 1'000'000;
inline constexpr std::size_t steps_per_byte = 256;
/// Errors reported of one instance.
inline constexpr std::size_t schema_errors_max = 100;
/// Letters of a pattern, and bytes of memory that its compiled form may take.
inline constexpr std::size_t pattern_letters_max = 10'000;
inline constexpr long pattern_memory_max = 8L << 20;
/// Different patterns of one program, and the steps of all their compiled forms, 16 bytes each.
inline constexpr std::size_t patterns_max = 5'000;
inline constexpr std::int64_t pattern_steps_max = 2'000'000;

}  // namespace meshline
