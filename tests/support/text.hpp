#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace meshline::test {

/// The lines of a text without their line breaks; a last line without a break counts, too.
std::vector<std::string_view> lines_of(std::string_view text);

std::string_view without_trailing_spaces(std::string_view text);
std::string replace_all(std::string text, std::string_view from, std::string_view to);

/// The bytes of a file; stops the program where it cannot be read, since no test can go on.
std::string read_file(const std::string& path);
void write_file(const std::string& path, std::string_view bytes);

}  // namespace meshline::test
