#pragma once

#include "base/json/json_fault.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace meshline {

/// The byte after the number that starts at `cursor`, or the first byte that its grammar refuses
/// with `is_number` false. Reads no further than `end`.
const char* scan_number(const char* cursor, const char* end, bool& is_number);

/// Resolves the escapes of a string's inside (without quotes) into `out`, which has room for
/// `inside.size()` bytes; returns the bytes written. The fault's offset counts from `inside`.
std::size_t unescape_string(std::string_view inside, char* out, JsonFault& fault);

/// Does what simdjson's first stage does, byte by byte, up to the first byte that it refuses, which
/// the fault names: the way to an exact place once the fast stage said no. The offsets found are
/// those of brackets, commas, colons, opening quotes and starts of other tokens before the fault;
/// the last is where the readable text ends: at the fault, or at the string that it broke.
std::vector<std::uint32_t> index_slowly(std::string_view text, JsonFault& fault);

}  // namespace meshline
