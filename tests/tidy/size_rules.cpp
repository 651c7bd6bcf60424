#include "support/text.hpp"
#include "tidy/rules.hpp"

#include <algorithm>

namespace meshline::tidy {

namespace {

constexpr std::size_t columns_max = 100;
constexpr std::size_t header_lines_max = 150;
constexpr std::size_t source_lines_max = 400;
constexpr std::size_t test_lines_max = 600;

std::size_t columns_of(std::string_view line) {
    // Bytes that continue a character of UTF-8 take no column of their own.
    return static_cast<std::size_t>(std::ranges::count_if(
        line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::size_t lines_max_of(const SourceFile& file) {
    if (file.is_header()) return header_lines_max;
    return file.is_test() || file.is_under("tests") ? test_lines_max : source_lines_max;
}

}  // namespace

// Lines, headers and sources of C++ have a size that a person can take in.
void check_size(const SourceFile& file, std::vector<Violation>& found) {
    const auto lines = test::lines_of(file.text);
    for (std::size_t at = 0; at < lines.size(); ++at) {
        const std::size_t columns = columns_of(lines[at]);
        if (columns > columns_max) {
            found.push_back(
                {file.path, static_cast<int>(at) + 1, "columns",
                 std::to_string(columns) + " columns, at most " + std::to_string(columns_max)});
        }
    }
    if (lines.size() > lines_max_of(file)) {
        found.push_back({file.path, 0, "lines",
                         std::to_string(lines.size()) + " lines, at most " +
                             std::to_string(lines_max_of(file)) + ": split it by operation"});
    }
}

}  // namespace meshline::tidy
