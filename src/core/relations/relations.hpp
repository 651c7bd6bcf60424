#pragma once

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

/// Whether a definition may ask for a column, as a dimension, a key, a group or what a check looks
/// at. What only the engine means by a row is nobody else's.
enum class Ask : std::uint8_t { refused, allowed };

/// How the values of a column compare.
enum class ColumnType : std::uint8_t { text, integer, decimal, instant, date };

struct RelationColumn {
    const char* name;
    const char* sql_type;
    Ask ask = Ask::refused;
    Fill fill = Fill::given;
    Accept accepts = Accept::nothing;
    bool is_required = false;

    ColumnType type() const;
    /// Whether rows meet by it: an order's, a payment's, a customer's name. No text names nothing.
    bool is_id() const;
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

/// A column of the entries; null for other names.
const RelationColumn* find_entry_column(std::string_view name);
/// The columns of the entries that a definition may ask for.
const std::vector<std::string>& asked_entry_columns();

/// SQL expression over `e` for the text of an entry's column, or of a key of its attributes: what
/// dimensions, groups and keys are made of. Null where there is none. Of an amount it is the amount
/// of the entry that stands, so that a negation has the text of what it negates.
std::string entry_column_sql(std::string_view name);

}  // namespace meshline
