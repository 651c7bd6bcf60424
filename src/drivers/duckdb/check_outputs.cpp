#include "base/text/text.hpp"
#include "drivers/duckdb/judge_sql.hpp"
#include "drivers/duckdb/relation.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

bool is_integer(duckdb_type type) {
    switch (type) {
        case DUCKDB_TYPE_TINYINT:
        case DUCKDB_TYPE_SMALLINT:
        case DUCKDB_TYPE_INTEGER:
        case DUCKDB_TYPE_BIGINT:
        case DUCKDB_TYPE_HUGEINT:
        case DUCKDB_TYPE_UTINYINT:
        case DUCKDB_TYPE_USMALLINT:
        case DUCKDB_TYPE_UINTEGER:
        case DUCKDB_TYPE_UBIGINT:
        case DUCKDB_TYPE_UHUGEINT:
            return true;
        default:
            return false;
    }
}

bool is_timestamp(duckdb_type type) {
    return type == DUCKDB_TYPE_TIMESTAMP || type == DUCKDB_TYPE_TIMESTAMP_S ||
           type == DUCKDB_TYPE_TIMESTAMP_MS;
}

bool has_float(duckdb_logical_type type) {
    const duckdb_type id = duckdb_get_type_id(type);
    if (id == DUCKDB_TYPE_DOUBLE || id == DUCKDB_TYPE_FLOAT) return true;
    // Bounded by the depth of the statement that makes the type.
    if (id == DUCKDB_TYPE_LIST)
        return has_float(TypeHandle(duckdb_list_type_child_type(type)).get());
    if (id == DUCKDB_TYPE_MAP) return has_float(TypeHandle(duckdb_map_type_value_type(type)).get());
    if (id != DUCKDB_TYPE_STRUCT) return false;
    for (idx_t i = 0; i < duckdb_struct_type_child_count(type); ++i) {
        if (has_float(TypeHandle(duckdb_struct_type_child_type(type, i)).get())) return true;
    }
    return false;
}

bool is_accepted(Accept accepts, duckdb_logical_type type) {
    const duckdb_type id = duckdb_get_type_id(type);
    if (id == DUCKDB_TYPE_SQLNULL) return true;
    if (has_float(type)) return false;
    switch (accepts) {
        case Accept::nothing:
            return false;
        case Accept::text:
            return id == DUCKDB_TYPE_VARCHAR || id == DUCKDB_TYPE_BOOLEAN ||
                   id == DUCKDB_TYPE_DECIMAL || id == DUCKDB_TYPE_DATE || is_integer(id);
        case Accept::integer:
            return is_integer(id);
        case Accept::decimal:
            return is_integer(id) || id == DUCKDB_TYPE_DECIMAL;
        case Accept::instant:
            return is_timestamp(id);
        case Accept::date:
            return id == DUCKDB_TYPE_DATE;
        case Accept::structure:
            return id == DUCKDB_TYPE_STRUCT || id == DUCKDB_TYPE_MAP;
    }
    return false;
}

std::string_view hint_for(Accept accepts) {
    switch (accepts) {
        case Accept::decimal:
            return "Give a decimal or a whole number; never a binary float, never text. Fields "
                   "that "
                   "the contract marks as money are decimals.";
        case Accept::integer:
            return "Give a whole number.";
        case Accept::instant:
            return "Give a timestamp in UTC; a date belongs into business_on.";
        case Accept::date:
            return "Give a date; an instant becomes one in the client's calendar when it is given "
                   "as "
                   "occurred_at.";
        case Accept::structure:
            return "Give a struct or a map without binary floats, like {'country': "
                   "payload.country}, or leave the column out.";
        default:
            return "Give text.";
    }
}

std::vector<std::string> offered_names(const Relation& relation) {
    std::vector<std::string> names;
    for (const RelationColumn& column : relation.columns) {
        if (column.accepts != Accept::nothing) names.emplace_back(column.name);
    }
    return names;
}

const RelationColumn* find_offered(const Relation& relation, std::string_view name) {
    const auto found = std::ranges::find_if(relation.columns, [&](const RelationColumn& column) {
        return column.accepts != Accept::nothing && name == column.name;
    });
    return found == relation.columns.end() ? nullptr : &*found;
}

bool gives(const std::vector<GivenColumn>& given, std::string_view name) {
    return std::ranges::any_of(
        given, [&](const GivenColumn& column) { return to_lower_ascii(column.name) == name; });
}

void check_missing(const Relation& relation, const std::vector<GivenColumn>& given,
                   const SqlSource& source, std::vector<Error>& problems) {
    for (const RelationColumn& column : relation.columns) {
        if (!column.is_required || gives(given, column.name)) continue;
        problems.push_back(source.error(
            "transform.missing_output",
            fmt::format("transform \"{}\" gives no column \"{}\"", source.name(), column.name),
            fmt::format("Every row of {} needs it.", relation.name), std::nullopt));
    }
    if (relation.needs_date && !gives(given, "occurred_at") && !gives(given, "business_on")) {
        problems.push_back(source.error(
            "transform.missing_output",
            fmt::format("transform \"{}\" gives neither \"occurred_at\" nor \"business_on\"",
                        source.name()),
            fmt::format("Every row of {} needs one of them.", relation.name), std::nullopt));
    }
}

}  // namespace

std::vector<Error> check_outputs(const Relation& relation, const std::vector<GivenColumn>& given,
                                 const SqlSource& source) {
    std::vector<Error> problems;
    for (const GivenColumn& each : given) {
        // Each is looked up among all names there are, so thousands would take minutes.
        if (problems.size() >= transform_problems_max) return problems;
        const RelationColumn* column = find_offered(relation, to_lower_ascii(each.name));
        if (column == nullptr) {
            problems.push_back(source.error(
                "transform.unknown_output",
                fmt::format("transform \"{}\" gives a column \"{}\" that {} does not have",
                            source.name(), each.name, relation.name),
                hint_for_unknown(each.name, offered_names(relation)), source.find_word(each.name)));
        } else if (!is_accepted(column->accepts, each.type.get())) {
            problems.push_back(source.error(
                "transform.wrong_type",
                fmt::format("column \"{}\" of transform \"{}\" has a type that {} cannot take",
                            each.name, source.name(), relation.name),
                std::string(hint_for(column->accepts)), source.find_word(each.name)));
        }
    }
    check_missing(relation, given, source, problems);
    return problems;
}

}  // namespace meshline
