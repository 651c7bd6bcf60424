#include "core/contract/read_options.hpp"

namespace meshline {

ColumnNames ReadOptions::names_of(const std::string& field) const {
    const auto mapped = columns.find(field);
    return mapped == columns.end() ? ColumnNames(field) : mapped->second;
}

std::optional<JsonValue> ReadOptions::find(JsonValue record, const std::string& field) const {
    const auto mapped = columns.find(field);
    return mapped == columns.end() ? record.find(field) : mapped->second.find(record).value;
}

}  // namespace meshline
