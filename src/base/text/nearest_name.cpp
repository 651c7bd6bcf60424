#include "base/text/text.hpp"

#include <algorithm>
#include <utility>

namespace meshline {
namespace {

constexpr std::size_t name_size_max = 256;
constexpr std::size_t known_listed_max = 20;

/// Optimal string alignment: insertions, deletions, changes and swaps of neighbours.
std::size_t edits_between(std::string_view left, std::string_view right) {
    const std::size_t width = right.size() + 1;
    std::vector<std::size_t> two_above(width);
    std::vector<std::size_t> above(width);
    std::vector<std::size_t> row(width);
    for (std::size_t column = 0; column < width; ++column)
        above[column] = column;
    for (std::size_t line = 1; line <= left.size(); ++line) {
        row[0] = line;
        for (std::size_t column = 1; column < width; ++column) {
            const bool is_same = left[line - 1] == right[column - 1];
            row[column] = std::min(
                {above[column] + 1, row[column - 1] + 1, above[column - 1] + (is_same ? 0 : 1)});
            const bool is_swap = line > 1 && column > 1 && left[line - 1] == right[column - 2] &&
                                 left[line - 2] == right[column - 1];
            if (is_swap) row[column] = std::min(row[column], two_above[column - 2] + 1);
        }
        std::swap(two_above, above);
        std::swap(above, row);
    }
    return above[width - 1];
}

}  // namespace

std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string> known) {
    if (name.size() > name_size_max) return std::nullopt;
    const std::string wanted = to_lower_ascii(name);
    const std::size_t edits_max = std::max<std::size_t>(1, wanted.size() / 3);
    const std::string* nearest = nullptr;
    std::size_t fewest = edits_max + 1;
    for (const std::string& candidate : known) {
        const std::size_t shorter = std::min(candidate.size(), wanted.size());
        const std::size_t longer = std::max(candidate.size(), wanted.size());
        if (longer - shorter > edits_max) continue;
        const std::size_t edits = edits_between(wanted, to_lower_ascii(candidate));
        if (edits >= fewest) continue;
        fewest = edits;
        nearest = &candidate;
    }
    if (nearest == nullptr) return std::nullopt;
    return *nearest;
}

std::string hint_for_unknown(std::string_view name, std::span<const std::string> known) {
    if (const auto nearest = nearest_name(name, known)) return "Did you mean \"" + *nearest + "\"?";
    if (known.empty()) return "";
    const std::size_t listed = std::min(known.size(), known_listed_max);
    const std::string text = "Known: " + join(known.first(listed), ", ");
    if (listed == known.size()) return text + ".";
    return text + " and " + std::to_string(known.size() - listed) + " more.";
}

}  // namespace meshline
