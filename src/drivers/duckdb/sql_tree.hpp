#pragma once

#include "base/json/for_each_child.hpp"
#include "base/json/json.hpp"
#include "base/result/result.hpp"
#include "drivers/duckdb/engine.hpp"
#include "drivers/duckdb/sql_source.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace meshline {

/// DuckDB's syntax tree of a transform, as json_serialize_sql() writes it.
class SqlTree {
  public:
    /// Errors transform.syntax, transform.too_large, and transform.not_a_select for anything but
    /// one SELECT.
    static Result<SqlTree> parse(const Engine& engine, const SqlSource& source);

    /// The SELECT's root node: {"type": "SELECT_NODE" or a set operation, "cte_map": ...}.
    JsonValue root() const;

  private:
    JsonDocument document_;
};

/// DuckDB's answer, a text, to a question about the statement, which stands for $1.
Result<std::string> ask_about_sql(const Engine& engine, const SqlSource& source,
                                  const char* question);

/// Reading the tree's nodes. A node is an object; an absent member reads as "" or nothing.
std::string_view text_of(JsonValue node, std::string_view member);
std::optional<JsonValue> object_of(JsonValue node, std::string_view member);
std::optional<std::size_t> location_of(JsonValue node);
/// Whether the member is there and neither null nor an empty array.
bool has_content(JsonValue node, std::string_view member);
/// The aggregate that a call like list_aggregate(list, 'sum') names; "" where the name is not a
/// plain text, nothing for other calls.
std::optional<std::string_view> named_aggregate(JsonValue call);

}  // namespace meshline
