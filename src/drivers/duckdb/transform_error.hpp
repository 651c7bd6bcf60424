#pragma once

#include "base/json/json.hpp"
#include "base/result/error.hpp"
#include "drivers/duckdb/engine.hpp"
#include "drivers/duckdb/sql_source.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace meshline {

/// What DuckDB (told to write its errors as JSON) said about SQL in which the transform starts at
/// `offset`, as an error in the author's file: transform.unknown_column,
/// transform.unknown_function, transform.unknown_table, transform.syntax, transform.invalid.
/// `names` are those the author may have meant: of `input` and of the payload.
Error transform_error(const EngineError& reason, const SqlSource& source, std::size_t offset,
                      std::span<const std::string> names = {});

/// What json_serialize_sql() said about SQL that does not parse.
Error syntax_error(JsonValue reason, const SqlSource& source);

/// DuckDB's words about one event, without its JSON: one lower-case line. The values that it quotes
/// are somebody's data and stand there as their shape (see shape_of), types as they are.
std::string plain_message(const EngineError& reason);

}  // namespace meshline
