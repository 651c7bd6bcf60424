#include "stages/reconcile/items.hpp"

#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"
#include "core/relations/relations.hpp"

#include <fmt/format.h>
#include <utility>

namespace meshline {
namespace {

Result<bool> has_rows(StageContext& context, const char* table) {
    MESHLINE_ASSIGN(const Rows rows, context.warehouse.query(fmt::format(
                                         "select 1 from {} where client_id = {} limit 1", table,
                                         quote_literal(context.client.id.text()))));
    return !rows.is_empty();
}

/// The conditions that leave the side's standing entries. What few clients have is asked for only
/// where it is: an anti-join over all entries is not free.
Result<std::string> standing_sql(StageContext& context, const SideDefinition& side) {
    const std::string client = quote_literal(context.client.id.text());
    std::string sql = fmt::format(
        "e.client_id = {} and e.book = {} and e.entry_type in ({}) and e.position <= {}"
        " and e.sign = 1",
        client, quote_literal(name_of(side.book)), literal_list(side.entries),
        context.head.position);
    if (!side.source.empty()) sql += fmt::format(" and e.source = {}", quote_literal(side.source));
    if (!side.above_zero.empty()) {
        sql += fmt::format(" and (e.amount > 0 or e.entry_type not in ({}))",
                           literal_list(side.above_zero));
    }
    if (!side.below_zero.empty()) {
        sql += fmt::format(" and (e.amount < 0 or e.entry_type not in ({}))",
                           literal_list(side.below_zero));
    }
    MESHLINE_ASSIGN(const bool has_superseded, has_rows(context, "supersessions"));
    if (has_superseded) {
        sql += fmt::format(
            " and e.position not in (select position from supersessions where client_id = {}"
            " and by_position <= {})",
            client, context.head.position);
    }
    MESHLINE_ASSIGN(const bool has_quarantined, has_rows(context, "quarantined_entries"));
    if (has_quarantined) {
        sql += fmt::format(
            " and (e.position, e.entry_type, e.line_no) not in"
            " (select position, entry_type, line_no from quarantined_entries where client_id = {})",
            client);
    }
    return sql;
}

std::string present(const std::string& column) {
    return fmt::format("nullif({}, '')", column);
}

}  // namespace

Result<SideItems> SideItems::of(StageContext& context,
                                const ReconciliationDefinition& reconciliation, bool is_left) {
    const SideDefinition& side = is_left ? reconciliation.left : reconciliation.right;
    SideItems items;
    items.column_ = entry_column_sql(side.item);
    items.item_ = present(items.column_);
    for (const MatchRule& rule : reconciliation.rules) {
        items.keys_.push_back(present(entry_column_sql(is_left ? rule.left_key : rule.right_key)));
    }
    items.sign_ = side.is_negated ? "-" : "";
    MESHLINE_ASSIGN(items.standing_, standing_sql(context, side));
    return items;
}

std::string SideItems::items_where(const std::string& entry_condition,
                                   const std::string& item_condition) const {
    std::string keys;
    for (std::size_t index = 0; index < keys_.size(); ++index) {
        keys += fmt::format(", min({}) as key_{}", keys_[index], index + 1);
    }
    return fmt::format(
        "select coalesce({}, e.object_id) as item_id, e.currency, {}sum(e.amount) as amount,"
        " min(e.business_on) as business_on{} from entries e where {}{} group by 1, 2{}",
        item_, sign_, keys, standing_, entry_condition, item_condition);
}

std::string SideItems::items_of_keys_sql(const std::string& keys) const {
    // An entry without the key may belong to an item that has it from another entry, so items are
    // made whole from the entries that could be theirs, then asked for their key.
    const std::string& key = keys_.front();
    const std::string wanted = fmt::format("{0} is null or {0} in ({1})", key, keys);
    return items_where(
        fmt::format(" and coalesce({0}, e.object_id) in (select coalesce({0}, e.object_id)"
                    " from entries e where {1} and ({2}))",
                    item_, standing_, wanted),
        fmt::format(" having key_1 is null or key_1 in ({})", keys));
}

std::string SideItems::entries_of_items_sql(const std::string& items) const {
    // Reading one text less is a quarter of the work of finding few entries among many.
    const std::string id =
        is_item_key() && all_have_keys_ ? column_ : fmt::format("coalesce({}, e.object_id)", item_);
    return fmt::format(
        "select i.claim_group, e.book, e.business_on, e.position, e.entry_type, e.line_no, "
        "e.amount,"
        " e.currency from entries e join ({}) i on i.item_id = {} and i.currency = e.currency "
        "where {}",
        items, id, standing_);
}

std::string SideItems::keys_sql() const {
    std::string others;
    // Items whose key is their own value are one group per key, but for their currencies.
    if (is_item_key()) {
        for (std::size_t index = 1; index < keys_.size(); ++index) {
            others += fmt::format(", min({}) as key_{}", keys_[index], index + 1);
        }
        return fmt::format(
            "select {0} as key_1, case when min(e.currency) = max(e.currency) then 1 else 2 end"
            " as item_count, min(e.currency) as currency, {1}sum(e.amount) as amount,"
            " min(e.business_on) as business_on{2} from entries e where {3} group by {0}",
            item_, sign_, others, standing_);
    }
    for (std::size_t index = 1; index < keys_.size(); ++index) {
        others += fmt::format(", min(key_{0}) as key_{0}", index + 1);
    }
    return fmt::format(
        "select key_1, count(*) as item_count, min(item_id) as item_id, min(currency) as currency,"
        " min(amount) as amount, min(business_on) as business_on{} from ({}) group by key_1",
        others, items_sql());
}

std::string SideItems::id_in_keys_sql(const std::string& row) const {
    return row + (is_item_key() ? ".key_1" : ".item_id");
}

Result<Sides> Sides::of(StageContext& context, const ReconciliationDefinition& reconciliation) {
    MESHLINE_ASSIGN(SideItems left, SideItems::of(context, reconciliation, true));
    MESHLINE_ASSIGN(SideItems right, SideItems::of(context, reconciliation, false));
    return Sides{std::move(left), std::move(right)};
}

}  // namespace meshline
