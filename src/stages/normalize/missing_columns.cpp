#include "stages/normalize/missing_columns.hpp"

#include "base/json/for_each_child.hpp"

#include <algorithm>

namespace meshline {
namespace {

/// Rows with more columns are looked at name by name.
constexpr std::size_t in_order_max = 512;

bool is_row(JsonValue payload) {
    bool is_text = true;
    for_each_child(payload, [&](JsonValue member) { is_text &= member.is(JsonType::string); });
    return is_text;
}

}  // namespace

MissingColumns::MissingColumns(const ReadOptions& options) {
    for (const auto& [field, column] : options.columns) {
        const bool is_known = std::ranges::find(columns_, column) != columns_.end();
        if (!is_known) columns_.push_back(column);
    }
}

bool MissingColumns::is_mapped_at(std::size_t index, std::string_view key) {
    const auto is_mapped = [&] { return std::ranges::find(columns_, key) != columns_.end(); };
    if (index >= in_order_max) return is_mapped();
    if (index == in_order_.size()) in_order_.emplace_back();
    Name& name = in_order_[index];
    if (name.text != key) name = {std::string(key), is_mapped()};
    return name.is_mapped;
}

const std::vector<std::size_t>& MissingColumns::find(JsonValue payload) {
    missing_.clear();
    if (columns_.empty() || !payload.is(JsonType::object)) return missing_;
    std::size_t found = 0;
    std::size_t index = 0;
    for_each_child(payload, [&](JsonValue member) {
        if (is_mapped_at(index++, member.key())) ++found;
    });
    if (found == columns_.size() || !is_row(payload)) return missing_;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        if (!payload.find(columns_[column])) missing_.push_back(column);
    }
    return missing_;
}

}  // namespace meshline
