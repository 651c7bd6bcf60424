#pragma once

#include "base/result/error.hpp"
#include "drivers/duckdb/handles.hpp"
#include "drivers/duckdb/sql_source.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// Where a column of a canonical relation gets its values from.
enum class Fill : std::uint8_t {
    client,
    source,
    stream,
    book,
    sign,
    digest,
    given,                 ///< The transform's column, null when it has none.
    occurred_at,           ///< The transform's, else the start of its business date.
    occurred_at_or_event,  ///< The transform's, else the event's.
    business_on,           ///< The transform's (where it may give one), else that of occurred_at.
    object_id,             ///< The transform's, else the event's.
    currency,              ///< The transform's, in capitals.
    attributes,            ///< The transform's STRUCT or MAP as JSON text.
};

/// What a transform may give a column.
enum class Accept : std::uint8_t { nothing, text, integer, decimal, instant, date, structure };

struct RelationColumn {
    const char* name;
    const char* sql_type;
    Fill fill;
    Accept accepts = Accept::nothing;
    bool is_required = false;
};

/// A table that transforms fill: its columns in the order of schema/warehouse/tables.sql.
struct Relation {
    const char* name;
    std::span<const RelationColumn> columns;
    /// One of occurred_at and business_on must be given.
    bool needs_date = false;
    /// Of the columns that come from the SQL, what checks rows: "" where the relation has none.
    const char* kind_column = "";  ///< entry_type or record_type.
};

/// "entries", "touchpoints" or "records"; null for other names.
const Relation* find_relation(std::string_view name);

/// The columns that come from the SQL, in table order; the others have one value per transform.
bool is_per_row(Fill fill);

/// A column of the author's statement.
struct GivenColumn {
    std::string name;
    TypeHandle type;
};

/// transform.unknown_output, transform.missing_output, transform.wrong_type.
std::vector<Error> check_outputs(const Relation& relation, const std::vector<GivenColumn>& given,
                                 const SqlSource& source);

/// The statement around the author's that completes and casts its columns; `offset` is where the
/// author's starts.
struct WrappedStatement {
    std::string sql;
    std::size_t offset = 0;
};
WrappedStatement wrap(const Relation& relation, const std::vector<GivenColumn>& given,
                      const SqlSource& source);

}  // namespace meshline
