#include "base/money/decimal.hpp"
#include "base/text/text.hpp"
#include "core/model/finding_key.hpp"
#include "stages/reconcile/match.hpp"
#include "stages/reconcile/rule_sql.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <tuple>

namespace meshline {
namespace {

/// A possible pair among items that share a key.
struct Candidate {
    std::string key;
    std::string left_id;
    std::string left_currency;
    std::string right_id;
    std::string right_currency;
    std::string reason;
    std::string difference;
    /// Better pairs are smaller.
    std::tuple<int, std::string, std::int64_t> cost;
};

/// Keys met more than once on a side: few, so their pairs are chosen one by one.
Result<std::vector<Candidate>> read_candidates(StageContext& context, const MatchRule& rule,
                                               const std::string& key) {
    // The cross product is within one key only, which is what makes it small.
    MESHLINE_ASSIGN(
        const Rows rows,
        context.warehouse.query(fmt::format(
            "select l.{0}, l.item_id, l.currency, r.item_id, r.currency, {1},"
            " r.amount - l.amount, lpad(cast(abs(r.amount - l.amount) as varchar), 45, '0'),"
            " abs(r.business_on - l.business_on)"
            " from left_items l join right_items r on l.{0} = r.{0}"
            " where l.{0} in (from repeated_keys) order by all",
            key, pair_reason_sql(rule))));
    std::vector<Candidate> candidates;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        const auto text = [&](std::size_t column) { return std::string(rows.text(row, column)); };
        candidates.push_back({text(0),
                              text(1),
                              text(2),
                              text(3),
                              text(4),
                              text(5),
                              text(6),
                              {text(5).empty()      ? 0
                               : text(2) == text(4) ? 1
                                                    : 2,
                               text(7), rows.integer(row, 8)}});
    }
    return candidates;
}

/// Best first: a pair that matches before one that does not, the same currency, the smallest
/// difference, the smallest lag, then the ids.
std::vector<Candidate> choose(std::vector<Candidate> candidates) {
    std::sort(candidates.begin(), candidates.end(), [](const auto& one, const auto& other) {
        return std::tie(one.key, one.cost, one.left_id, one.right_id) <
               std::tie(other.key, other.cost, other.left_id, other.right_id);
    });
    std::map<std::pair<std::string, std::string>, bool> taken_left;
    std::map<std::pair<std::string, std::string>, bool> taken_right;
    std::vector<Candidate> chosen;
    for (Candidate& candidate : candidates) {
        const std::pair left(candidate.left_id, candidate.left_currency);
        const std::pair right(candidate.right_id, candidate.right_currency);
        if (taken_left.contains(left) || taken_right.contains(right)) continue;
        taken_left[left] = true;
        taken_right[right] = true;
        chosen.push_back(std::move(candidate));
    }
    return chosen;
}

/// Pairs of keys that occur once on each side: one join, no choice.
std::string unique_pairs_sql(const MatchRule& rule, const std::string& key) {
    return fmt::format(
        "create or replace temp table pairs as"
        " select l.{0} as item_key, l.item_id as left_id, l.currency as left_currency,"
        " r.item_id as right_id, r.currency as right_currency, {1} as reason,"
        " r.amount - l.amount as difference"
        " from left_items l join right_items r on l.{0} = r.{0}"
        " where l.{0} not in (from repeated_keys)",
        key, pair_reason_sql(rule));
}

Result<void> add_chosen_pairs(StageContext& context, const MatchRule& rule,
                              const std::string& key) {
    MESHLINE_ASSIGN(auto candidates, read_candidates(context, rule, key));
    std::vector<std::vector<std::optional<std::string>>> rows;
    for (const Candidate& pair : choose(std::move(candidates))) {
        rows.push_back({pair.key, pair.left_id, pair.left_currency, pair.right_id,
                        pair.right_currency, pair.reason, pair.difference});
    }
    if (rows.empty()) return {};
    return context.warehouse.append("pairs", rows);
}

/// Both items of each pair that the rule settles go to the results. An id that stands in two
/// currencies is two items, whose groups are told apart by the currency.
std::string settle_sql(const MatchRule& rule, const std::string& side) {
    const std::string condition = rule.is_final ? "" : " where p.reason = ''";
    return fmt::format(
        "insert into results select '{0}', i.item_id, p.item_key, i.amount, i.currency,"
        " i.business_on, case when p.reason = '' then '{1}' else 'break' end, p.reason, {2},"
        " {2} || ' ' || {4} || ' ' || {5} || p.left_twin, p.difference"
        " from (select *, case when count(*) over (partition by item_key, left_id) > 1"
        "   then ' ' || left_currency else '' end as left_twin from pairs) p join {0}_items i on "
        "i.item_id = p.{0}_id and i.currency = p.{0}_currency{3}",
        side, confirmed_outcome(rule), quote_literal(rule.name), condition,
        finding_key_part_sql("p.item_key"), finding_key_part_sql("p.left_id"));
}

/// Items left over beside a settled pair of their key say it twice.
std::string duplicates_sql(const MatchRule& rule, const std::string& key, const std::string& side) {
    return fmt::format(
        "insert into results select '{0}', i.item_id, i.{1}, i.amount, i.currency, i.business_on,"
        " 'break', 'duplicate_{0}', {2}, null, null from {0}_items i"
        " where i.{1} in (select item_key from pairs)"
        " and not exists (from results s where s.side = '{0}' and s.item_id = i.item_id"
        "  and s.currency = i.currency)",
        side, key, quote_literal(rule.name));
}

}  // namespace

Result<void> match_one_to_one(StageContext& context, const MatchRule& rule, int number) {
    Warehouse& warehouse = context.warehouse;
    const std::string key = fmt::format("key_{}", number);
    MESHLINE_TRY(warehouse.execute(fmt::format(
        "create or replace temp table repeated_keys as"
        " select {0} from left_items where {0} is not null group by {0} having count(*) > 1"
        " union select {0} from right_items where {0} is not null group by {0} having count(*) > 1",
        key)));
    MESHLINE_TRY(warehouse.execute(unique_pairs_sql(rule, key)));
    MESHLINE_TRY(add_chosen_pairs(context, rule, key));
    for (const char* side : {"left", "right"}) {
        MESHLINE_TRY(warehouse.execute(settle_sql(rule, side)));
        if (rule.is_final) MESHLINE_TRY(warehouse.execute(duplicates_sql(rule, key, side)));
    }
    return take_settled(context);
}

}  // namespace meshline
