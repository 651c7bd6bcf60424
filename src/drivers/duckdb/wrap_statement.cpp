#include "base/text/text.hpp"
#include "drivers/duckdb/attributes_json.hpp"
#include "drivers/duckdb/relation.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

constexpr int decimal_digits = 6;
constexpr int decimal_width = 18;

// What the author's statement gives.
struct Given {
    const std::vector<GivenColumn>& columns;
    std::string no_ids;  ///< The texts that are no id, as a list in SQL.
};

const GivenColumn* find_given(const Given& given, std::string_view name) {
    const auto found = std::ranges::find_if(given.columns, [&](const GivenColumn& column) {
        return to_lower_ascii(column.name) == name;
    });
    return found == given.columns.end() ? nullptr : &*found;
}

std::string no_ids_sql(const std::vector<std::string>& empty_ids) {
    std::string list = "''";
    for (const std::string& text : empty_ids)
        list += ", " + quote_literal(text);
    return list;
}

// The given column cast to its type in the table. A decimal with more digits than the table keeps
// is refused, by the column's name, rather than rounded: a rounding is the author's to name.
std::string cast_given(const RelationColumn& column, const GivenColumn& given) {
    const std::string value = fmt::format("made.{}", quote_identifier(given.name));
    const std::string cast = fmt::format("cast({} as {})", value, column.sql_type);
    const bool is_decimal = duckdb_get_type_id(given.type.get()) == DUCKDB_TYPE_DECIMAL;
    if (column.accepts != Accept::decimal || !is_decimal) return cast;
    const bool is_finer = duckdb_decimal_scale(given.type.get()) > decimal_digits;
    const bool is_wider = duckdb_decimal_width(given.type.get()) > decimal_width;
    if (!is_finer && !is_wider) return cast;
    const auto refused = [&](std::string_view why) {
        return fmt::format("cast(error('{} ' || {} || ' has more than {}') as {})", column.name,
                           value, why, column.sql_type);
    };
    return fmt::format(
        "case when {0} not between -999999999999.999999 and 999999999999.999999 then {1}{2}"
        " when {0} is not null then {3} end",
        value, refused("twelve digits before the point"),
        is_finer ? fmt::format(" when {} <> {} then {}", cast, value,
                               refused("six digits after the point"))
                 : "",
        cast);
}

// The same, null where it is an id by which no rows may meet.
std::string id_or_value(const RelationColumn& column, const GivenColumn& found,
                        const Given& given) {
    const std::string value = cast_given(column, found);
    if (!column.is_id()) return value;
    return fmt::format("case when {0} not in ({1}) then {0} end", value, given.no_ids);
}

std::string given_or_null(const RelationColumn& column, const Given& given) {
    const GivenColumn* found = find_given(given, column.name);
    return found == nullptr ? fmt::format("cast(null as {})", column.sql_type)
                            : id_or_value(column, *found, given);
}

// The given column, or `otherwise` where there is none or it is null.
std::string given_or(const RelationColumn& column, const Given& given,
                     const std::string& otherwise) {
    const GivenColumn* found = find_given(given, column.name);
    return found == nullptr
               ? otherwise
               : fmt::format("coalesce({}, {})", id_or_value(column, *found, given), otherwise);
}

std::string occurred_at(const RelationColumn& column, const Given& given) {
    if (column.fill == Fill::occurred_at_or_event) {
        return given_or(column, given,
                        "meshline_event_occurred_at(cast(made.position as ubigint))");
    }
    if (column.fill == Fill::occurred_at && find_given(given, "business_on") != nullptr) {
        return given_or(column, given, "meshline_start_of(cast(made.business_on as date))");
    }
    return given_or_null(column, given);
}

// The type in which attributes go into JSON: numbers that a reader of JSON may take for binary
// floats become text, which keeps their digits.
std::string json_type(duckdb_logical_type type) {
    switch (duckdb_get_type_id(type)) {
        case DUCKDB_TYPE_BOOLEAN:
            return "boolean";
        case DUCKDB_TYPE_TINYINT:
        case DUCKDB_TYPE_SMALLINT:
        case DUCKDB_TYPE_INTEGER:
        case DUCKDB_TYPE_BIGINT:
            return "bigint";
        case DUCKDB_TYPE_LIST:
            return json_type(TypeHandle(duckdb_list_type_child_type(type)).get()) + "[]";
        case DUCKDB_TYPE_MAP:
            return fmt::format("map({}, {})",
                               json_type(TypeHandle(duckdb_map_type_key_type(type)).get()),
                               json_type(TypeHandle(duckdb_map_type_value_type(type)).get()));
        case DUCKDB_TYPE_STRUCT:
            break;
        default:
            return "varchar";
    }
    std::vector<std::string> fields;
    // Bounded by the depth of the statement that makes the type.
    for (idx_t i = 0; i < duckdb_struct_type_child_count(type); ++i) {
        char* name = duckdb_struct_type_child_name(type, i);
        fields.push_back(
            fmt::format("{} {}", quote_identifier(name),
                        json_type(TypeHandle(duckdb_struct_type_child_type(type, i)).get())));
        duckdb_free(name);
    }
    return fmt::format("struct({})", join(fields, ", "));
}

std::string expression(const Relation& relation, const RelationColumn& column, const Given& given) {
    switch (column.fill) {
        case Fill::occurred_at:
        case Fill::occurred_at_or_event:
            return occurred_at(column, given);
        case Fill::business_on: {
            const auto at = std::ranges::find_if(relation.columns, [](const RelationColumn& each) {
                return std::string_view(each.name) == "occurred_at";
            });
            return given_or(column, given,
                            fmt::format("meshline_business_on({})", occurred_at(*at, given)));
        }
        case Fill::object_id:
            return given_or(column, given,
                            "meshline_event_object_id(cast(made.position as ubigint))");
        case Fill::currency:
            return fmt::format("upper({})", given_or_null(column, given));
        case Fill::attributes: {
            const GivenColumn* found = find_given(given, column.name);
            const bool is_null =
                found == nullptr || duckdb_get_type_id(found->type.get()) == DUCKDB_TYPE_SQLNULL;
            if (is_null) return "cast(null as varchar)";
            const std::string value =
                fmt::format("cast(made.attributes as {})", json_type(found->type.get()));
            return is_flat_struct(found->type.get())
                       ? fmt::format("meshline_attributes({})", value)
                       : fmt::format("cast(to_json({}) as varchar)", value);
        }
        default:
            return given_or_null(column, given);
    }
}

}  // namespace

WrappedStatement wrap(const Relation& relation, const std::vector<GivenColumn>& given_columns,
                      const SqlSource& source, const std::vector<std::string>& empty_ids) {
    const Given given{given_columns, no_ids_sql(empty_ids)};
    std::vector<std::string> columns;
    for (const RelationColumn& column : relation.columns) {
        if (!is_per_row(column.fill)) continue;
        columns.push_back(
            fmt::format("{} as {}", expression(relation, column, given), column.name));
    }
    WrappedStatement wrapped;
    wrapped.sql = fmt::format("select {} from (\n", join(columns, ", "));
    wrapped.offset = wrapped.sql.size();
    wrapped.sql += source.statement() + "\n) as made";
    return wrapped;
}

}  // namespace meshline
