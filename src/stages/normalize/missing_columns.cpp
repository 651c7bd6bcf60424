#include "stages/normalize/missing_columns.hpp"

#include "base/json/for_each_child.hpp"

#include <algorithm>
#include <utility>

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
    for (const auto& [field, names] : options.columns) {
        if (std::ranges::find(columns_, names, &Column::names) == columns_.end())
            columns_.push_back({names});
    }
}

std::vector<std::size_t> MissingColumns::columns_named(std::string_view key) const {
    std::vector<std::size_t> named;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        if (columns_[column].names.contains(key)) named.push_back(column);
    }
    return named;
}

const std::vector<std::size_t>& MissingColumns::columns_at(std::size_t index,
                                                           std::string_view key) {
    const std::size_t place = std::min(index, in_order_max);
    if (place == in_order_.size()) in_order_.emplace_back();
    Name& name = in_order_[place];
    if (name.text != key) name = {std::string(key), columns_named(key)};
    return name.columns;
}

const std::vector<std::size_t>& MissingColumns::find(JsonValue payload) {
    missing_.clear();
    if (columns_.empty() || !payload.is(JsonType::object)) return missing_;
    ++payload_count_;
    std::size_t found = 0;
    std::size_t index = 0;
    for_each_child(payload, [&](JsonValue member) {
        for (const std::size_t column : columns_at(index++, member.key())) {
            if (std::exchange(columns_[column].last_payload, payload_count_) != payload_count_)
                ++found;
        }
    });
    if (found == columns_.size() || !is_row(payload)) return missing_;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        const bool is_missing = columns_[column].last_payload != payload_count_;
        // Lists that begin alike are one column to whoever reads of it.
        const bool is_told = std::ranges::any_of(missing_, [&](std::size_t other) {
            return columns_[other].names.first() == columns_[column].names.first();
        });
        if (is_missing && !is_told) missing_.push_back(column);
    }
    return missing_;
}

}  // namespace meshline
