#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// The name without the ending of its compression.
std::string_view plain_name(std::string_view name);

/// What the records of a file are known under where they are known by file and line: its path below
/// what was named, a folder or the file itself, as if it were not compressed.
std::string name_in_log(const std::string& path, const std::string& named);

/// What else the same file may be known under, compressed or not: 0.1.0 knew files by their base
/// names alone, and a file that is named is known by that.
std::vector<std::string> names_before(const std::string& path);

}  // namespace meshline
