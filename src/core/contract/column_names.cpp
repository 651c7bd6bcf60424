#include "core/contract/column_names.hpp"

#include "base/result/check.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace meshline {
namespace {

/// As they are written: whether "5.0" is "5" is for their type to say.
bool is_same(JsonValue one, JsonValue other) {
    if (one.type() != other.type()) return false;
    return one.is(JsonType::string) ? one.text() == other.text() : one.raw() == other.raw();
}

}  // namespace

bool is_filled(JsonValue value) {
    return !value.is(JsonType::null) && !(value.is(JsonType::string) && value.text().empty());
}

ColumnNames::ColumnNames(std::vector<std::string> names) : names_(std::move(names)) {
    MESHLINE_CHECK(!names_.empty());
}

bool ColumnNames::contains(std::string_view name) const {
    return std::ranges::find(names_, name) != names_.end();
}

ColumnNames::Found ColumnNames::find(JsonValue record) const {
    Found found;
    for (const std::string& name : names_) {
        const auto value = record.find(name);
        if (!value) continue;
        const bool has_said = found.value && is_filled(*found.value);
        if (!has_said && (found.name == nullptr || is_filled(*value))) {
            found.value = value;
            found.name = &name;
        } else if (has_said && is_filled(*value) && !is_same(*found.value, *value)) {
            found.value = std::nullopt;
            found.other = &name;
            return found;
        }
    }
    return found;
}

std::string ColumnNames::Found::contradiction() const {
    return fmt::format("\"{}\" and \"{}\" say different things", *name, *other);
}

std::string ColumnNames::text() const {
    std::string text;
    for (const std::string& name : names_)
        text += fmt::format("{}\"{}\"", text.empty() ? "" : " or ", name);
    return text;
}

}  // namespace meshline
