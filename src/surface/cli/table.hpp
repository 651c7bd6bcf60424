#pragma once

#include <string>
#include <vector>

namespace meshline {

/// A table for people: columns padded to their widest cell by display width, numbers to the right,
/// a rule below the header. Whatever a cell holds, it stays in its row and its column, see
/// shown_text(). Cells longer than `cell_width_max` are cut with "...".
class Table {
  public:
    enum class Align { left, right };
    struct Column {
        std::string title;
        Align align = Align::left;
    };
    static constexpr std::size_t cell_width_max = 96;

    explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
    void add(std::vector<std::string> cells);
    std::string text() const;
    bool is_empty() const { return rows_.empty(); }

  private:
    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace meshline
