#include "core/relations/relations.hpp"

#include "base/text/text.hpp"

#include <algorithm>
#include <array>

namespace meshline {
namespace {

constexpr std::array entry_columns = {
    RelationColumn{"client_id", "varchar", Ask::refused, Fill::client},
    RelationColumn{"position", "ubigint", Ask::refused, Fill::given, Accept::integer, true},
    RelationColumn{"line_no", "integer", Ask::refused, Fill::given, Accept::integer, true},
    RelationColumn{"sign", "tinyint", Ask::refused, Fill::sign},
    RelationColumn{"book", "varchar", Ask::allowed, Fill::book},
    RelationColumn{"source", "varchar", Ask::allowed, Fill::source},
    RelationColumn{"stream", "varchar", Ask::allowed, Fill::stream},
    RelationColumn{"entry_type", "varchar", Ask::allowed, Fill::given, Accept::text, true},
    RelationColumn{"occurred_at", "timestamp", Ask::allowed, Fill::occurred_at, Accept::instant},
    RelationColumn{"business_on", "date", Ask::allowed, Fill::business_on, Accept::date},
    RelationColumn{"amount", "decimal(18, 6)", Ask::allowed, Fill::given, Accept::decimal, true},
    RelationColumn{"currency", "varchar", Ask::allowed, Fill::currency, Accept::text, true},
    RelationColumn{"quantity", "decimal(18, 6)", Ask::allowed, Fill::given, Accept::decimal},
    RelationColumn{"object_id", "varchar", Ask::allowed, Fill::object_id, Accept::text},
    RelationColumn{"order_ref", "varchar", Ask::allowed, Fill::given, Accept::text},
    RelationColumn{"payment_ref", "varchar", Ask::allowed, Fill::given, Accept::text},
    RelationColumn{"payout_ref", "varchar", Ask::allowed, Fill::given, Accept::text},
    RelationColumn{"deal_ref", "varchar", Ask::allowed, Fill::given, Accept::text},
    RelationColumn{"customer_ref", "varchar", Ask::allowed, Fill::given, Accept::text},
    RelationColumn{"product_ref", "varchar", Ask::allowed, Fill::given, Accept::text},
    RelationColumn{"channel", "varchar", Ask::allowed, Fill::given, Accept::text},
    RelationColumn{"campaign", "varchar", Ask::allowed, Fill::given, Accept::text},
    RelationColumn{"attributes", "varchar", Ask::refused, Fill::attributes, Accept::structure},
    RelationColumn{"transform_digest", "varchar", Ask::refused, Fill::digest},
};

constexpr std::array touchpoint_columns = {
    RelationColumn{"client_id", "varchar", Ask::refused, Fill::client},
    RelationColumn{"position", "ubigint", Ask::refused, Fill::given, Accept::integer, true},
    RelationColumn{"line_no", "integer", Ask::refused, Fill::given, Accept::integer, true},
    RelationColumn{"source", "varchar", Ask::refused, Fill::source},
    RelationColumn{"stream", "varchar", Ask::refused, Fill::stream},
    RelationColumn{"occurred_at", "timestamp", Ask::refused, Fill::given, Accept::instant, true},
    RelationColumn{"business_on", "date", Ask::refused, Fill::business_on},
    RelationColumn{"object_id", "varchar", Ask::refused, Fill::object_id, Accept::text},
    RelationColumn{"customer_ref", "varchar", Ask::refused, Fill::given, Accept::text},
    RelationColumn{"email", "varchar", Ask::refused, Fill::given, Accept::text},
    RelationColumn{"order_ref", "varchar", Ask::refused, Fill::given, Accept::text},
    RelationColumn{"utm_source", "varchar", Ask::refused, Fill::given, Accept::text},
    RelationColumn{"utm_medium", "varchar", Ask::refused, Fill::given, Accept::text},
    RelationColumn{"utm_campaign", "varchar", Ask::refused, Fill::given, Accept::text},
    RelationColumn{"referrer", "varchar", Ask::refused, Fill::given, Accept::text},
    RelationColumn{"landing_page", "varchar", Ask::refused, Fill::given, Accept::text},
    RelationColumn{"attributes", "varchar", Ask::refused, Fill::attributes, Accept::structure},
    RelationColumn{"transform_digest", "varchar", Ask::refused, Fill::digest},
};

constexpr std::array record_columns = {
    RelationColumn{"client_id", "varchar", Ask::refused, Fill::client},
    RelationColumn{"position", "ubigint", Ask::refused, Fill::given, Accept::integer, true},
    RelationColumn{"line_no", "integer", Ask::refused, Fill::given, Accept::integer, true},
    RelationColumn{"source", "varchar", Ask::refused, Fill::source},
    RelationColumn{"stream", "varchar", Ask::refused, Fill::stream},
    RelationColumn{"record_type", "varchar", Ask::refused, Fill::given, Accept::text, true},
    RelationColumn{"occurred_at", "timestamp", Ask::refused, Fill::occurred_at_or_event,
                   Accept::instant},
    RelationColumn{"business_on", "date", Ask::refused, Fill::business_on},
    RelationColumn{"object_id", "varchar", Ask::refused, Fill::object_id, Accept::text},
    RelationColumn{"email", "varchar", Ask::refused, Fill::given, Accept::text},
    RelationColumn{"customer_ref", "varchar", Ask::refused, Fill::given, Accept::text},
    RelationColumn{"deal_ref", "varchar", Ask::refused, Fill::given, Accept::text},
    RelationColumn{"order_ref", "varchar", Ask::refused, Fill::given, Accept::text},
    RelationColumn{"stage", "varchar", Ask::refused, Fill::given, Accept::text},
    RelationColumn{"name", "varchar", Ask::refused, Fill::given, Accept::text},
    RelationColumn{"amount", "decimal(18, 6)", Ask::refused, Fill::given, Accept::decimal},
    RelationColumn{"currency", "varchar", Ask::refused, Fill::currency, Accept::text},
    RelationColumn{"close_on", "date", Ask::refused, Fill::given, Accept::date},
    RelationColumn{"attributes", "varchar", Ask::refused, Fill::attributes, Accept::structure},
    RelationColumn{"transform_digest", "varchar", Ask::refused, Fill::digest},
};

constexpr std::array relations = {
    Relation{"entries", entry_columns, true, "entry_type"},
    Relation{"touchpoints", touchpoint_columns, false, ""},
    Relation{"records", record_columns, false, "record_type"},
};

std::string attribute_sql(std::string_view name) {
    return "json_extract_string(e.attributes, " + quote_literal("$." + std::string(name)) + ")";
}

}  // namespace

ColumnType RelationColumn::type() const {
    const std::string_view type = sql_type;
    if (type == "varchar") return ColumnType::text;
    if (type == "timestamp") return ColumnType::instant;
    if (type == "date") return ColumnType::date;
    if (type.starts_with("decimal")) return ColumnType::decimal;
    return ColumnType::integer;
}

bool RelationColumn::is_id() const {
    const std::string_view column = name;
    return column.ends_with("_ref") || column == "object_id";
}

const Relation* find_relation(std::string_view name) {
    const auto found =
        std::ranges::find_if(relations, [&](const Relation& each) { return name == each.name; });
    return found == relations.end() ? nullptr : &*found;
}

bool is_per_row(Fill fill) {
    switch (fill) {
        case Fill::client:
        case Fill::source:
        case Fill::stream:
        case Fill::book:
        case Fill::sign:
        case Fill::digest:
            return false;
        default:
            return true;
    }
}

const RelationColumn* find_entry_column(std::string_view name) {
    const auto found = std::ranges::find_if(
        entry_columns, [&](const RelationColumn& column) { return name == column.name; });
    return found == entry_columns.end() ? nullptr : &*found;
}

const std::vector<std::string>& asked_entry_columns() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> asked;
        for (const RelationColumn& column : entry_columns) {
            if (column.ask == Ask::allowed) asked.emplace_back(column.name);
        }
        return asked;
    }();
    return names;
}

std::string entry_column_sql(std::string_view name) {
    const RelationColumn* column = find_entry_column(name);
    if (!column) return attribute_sql(name);
    const std::string value = "e." + std::string(name);
    switch (column->type()) {
        case ColumnType::text:
            return value;
        case ColumnType::integer:
        case ColumnType::date:
            return "cast(" + value + " as varchar)";
        case ColumnType::instant:
            return "strftime(" + value + ", '%Y-%m-%dT%H:%M:%S.%fZ')";
        case ColumnType::decimal:
            // Without the zeros at its end, as amounts are written everywhere.
            return "rtrim(rtrim(cast(case when e.sign < 0 then -" + value + " else " + value +
                   " end as varchar), '0'), '.')";
    }
    return value;
}

}  // namespace meshline
