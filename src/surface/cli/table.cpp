#include "surface/cli/table.hpp"

#include "base/text/text.hpp"

#include <algorithm>

namespace meshline {
namespace {

/// Code points, near enough to columns for the scripts that names are written in.
std::size_t width_of(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char letter) { return (letter & 0xC0) != 0x80; }));
}

std::string cut(std::string text, std::size_t width_max) {
    if (width_of(text) <= width_max) return text;
    std::size_t width = 0;
    std::size_t at = 0;
    while (at < text.size() && width < width_max - 3) {
        ++at;
        while (at < text.size() && (text[at] & 0xC0) == 0x80)
            ++at;
        ++width;
    }
    return text.substr(0, at) + "...";
}

}  // namespace

void Table::add(std::vector<std::string> cells) {
    for (std::string& cell : cells)
        cell = cut(shown_text(cell), cell_width_max);
    rows_.push_back(std::move(cells));
}

std::string Table::text() const {
    std::vector<std::size_t> widths;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        widths.push_back(width_of(columns_[column].title));
        for (const auto& row : rows_)
            widths[column] = std::max(widths[column], width_of(row[column]));
    }
    std::string text;
    const auto add_line = [&](const auto& cell_at) {
        std::string line;
        for (std::size_t column = 0; column < columns_.size(); ++column) {
            const std::string cell = cell_at(column);
            const std::string space(widths[column] - width_of(cell), ' ');
            if (column > 0) line += "  ";
            line += columns_[column].align == Align::right ? space + cell : cell + space;
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    };
    add_line([&](std::size_t column) { return columns_[column].title; });
    add_line([&](std::size_t column) { return std::string(widths[column], '-'); });
    for (const auto& row : rows_)
        add_line([&](std::size_t column) { return row[column]; });
    return text;
}

}  // namespace meshline
