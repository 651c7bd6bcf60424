#include "drivers/duckdb/relation.hpp"

#include <algorithm>
#include <array>

namespace meshline {
namespace {

constexpr std::array entry_columns = {
    RelationColumn{"client_id", "varchar", Fill::client},
    RelationColumn{"position", "ubigint", Fill::given, Accept::integer, true},
    RelationColumn{"line_no", "integer", Fill::given, Accept::integer, true},
    RelationColumn{"sign", "tinyint", Fill::sign},
    RelationColumn{"book", "varchar", Fill::book},
    RelationColumn{"source", "varchar", Fill::source},
    RelationColumn{"stream", "varchar", Fill::stream},
    RelationColumn{"entry_type", "varchar", Fill::given, Accept::text, true},
    RelationColumn{"occurred_at", "timestamp", Fill::occurred_at, Accept::instant},
    RelationColumn{"business_on", "date", Fill::business_on, Accept::date},
    RelationColumn{"amount", "decimal(18, 6)", Fill::given, Accept::decimal, true},
    RelationColumn{"currency", "varchar", Fill::currency, Accept::text, true},
    RelationColumn{"quantity", "decimal(18, 6)", Fill::given, Accept::decimal},
    RelationColumn{"object_id", "varchar", Fill::object_id, Accept::text},
    RelationColumn{"order_ref", "varchar", Fill::given, Accept::text},
    RelationColumn{"payment_ref", "varchar", Fill::given, Accept::text},
    RelationColumn{"payout_ref", "varchar", Fill::given, Accept::text},
    RelationColumn{"deal_ref", "varchar", Fill::given, Accept::text},
    RelationColumn{"customer_ref", "varchar", Fill::given, Accept::text},
    RelationColumn{"product_ref", "varchar", Fill::given, Accept::text},
    RelationColumn{"channel", "varchar", Fill::given, Accept::text},
    RelationColumn{"campaign", "varchar", Fill::given, Accept::text},
    RelationColumn{"attributes", "varchar", Fill::attributes, Accept::structure},
    RelationColumn{"transform_digest", "varchar", Fill::digest},
};

constexpr std::array touchpoint_columns = {
    RelationColumn{"client_id", "varchar", Fill::client},
    RelationColumn{"position", "ubigint", Fill::given, Accept::integer, true},
    RelationColumn{"line_no", "integer", Fill::given, Accept::integer, true},
    RelationColumn{"source", "varchar", Fill::source},
    RelationColumn{"stream", "varchar", Fill::stream},
    RelationColumn{"occurred_at", "timestamp", Fill::given, Accept::instant, true},
    RelationColumn{"business_on", "date", Fill::business_on},
    RelationColumn{"object_id", "varchar", Fill::object_id, Accept::text},
    RelationColumn{"customer_ref", "varchar", Fill::given, Accept::text},
    RelationColumn{"email", "varchar", Fill::given, Accept::text},
    RelationColumn{"order_ref", "varchar", Fill::given, Accept::text},
    RelationColumn{"utm_source", "varchar", Fill::given, Accept::text},
    RelationColumn{"utm_medium", "varchar", Fill::given, Accept::text},
    RelationColumn{"utm_campaign", "varchar", Fill::given, Accept::text},
    RelationColumn{"referrer", "varchar", Fill::given, Accept::text},
    RelationColumn{"landing_page", "varchar", Fill::given, Accept::text},
    RelationColumn{"attributes", "varchar", Fill::attributes, Accept::structure},
    RelationColumn{"transform_digest", "varchar", Fill::digest},
};

constexpr std::array record_columns = {
    RelationColumn{"client_id", "varchar", Fill::client},
    RelationColumn{"position", "ubigint", Fill::given, Accept::integer, true},
    RelationColumn{"line_no", "integer", Fill::given, Accept::integer, true},
    RelationColumn{"source", "varchar", Fill::source},
    RelationColumn{"stream", "varchar", Fill::stream},
    RelationColumn{"record_type", "varchar", Fill::given, Accept::text, true},
    RelationColumn{"occurred_at", "timestamp", Fill::occurred_at_or_event, Accept::instant},
    RelationColumn{"business_on", "date", Fill::business_on},
    RelationColumn{"object_id", "varchar", Fill::object_id, Accept::text},
    RelationColumn{"email", "varchar", Fill::given, Accept::text},
    RelationColumn{"customer_ref", "varchar", Fill::given, Accept::text},
    RelationColumn{"deal_ref", "varchar", Fill::given, Accept::text},
    RelationColumn{"order_ref", "varchar", Fill::given, Accept::text},
    RelationColumn{"stage", "varchar", Fill::given, Accept::text},
    RelationColumn{"name", "varchar", Fill::given, Accept::text},
    RelationColumn{"amount", "decimal(18, 6)", Fill::given, Accept::decimal},
    RelationColumn{"currency", "varchar", Fill::currency, Accept::text},
    RelationColumn{"close_on", "date", Fill::given, Accept::date},
    RelationColumn{"attributes", "varchar", Fill::attributes, Accept::structure},
    RelationColumn{"transform_digest", "varchar", Fill::digest},
};

constexpr std::array relations = {
    Relation{"entries", entry_columns, true, "entry_type"},
    Relation{"touchpoints", touchpoint_columns, false, ""},
    Relation{"records", record_columns, false, "record_type"},
};

}  // namespace

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

}  // namespace meshline
