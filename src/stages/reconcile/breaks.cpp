#include "stages/reconcile/breaks.hpp"

#include "base/text/shorten.hpp"
#include "base/text/text.hpp"
#include "core/model/finding_key.hpp"
#include "stages/reconcile/break_claims.hpp"
#include "stages/reconcile/break_days.hpp"
#include "stages/reconcile/break_doubts.hpp"
#include "stages/reconcile/break_fix.hpp"
#include "stages/reconcile/break_names.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace meshline {
namespace {

/// A break is a group's items together, or an item without a group alone.
/// Of parts as finding_key writes them, so that no two breaks of a reason are taken for one.
std::string break_id_sql() {
    return fmt::format("coalesce(group_id, side || ' ' || {} || ' ' || currency)",
                       finding_key_part_sql("item_id"));
}

/// In which currency a break is at risk, and how much: the difference of an unequal pair, else the
/// amount. Where currencies differ there is no difference to speak of: the left amount.
constexpr const char* risk_columns =
    "coalesce(max(case when side = 'left' then currency end), max(currency)) as currency,"
    " abs(coalesce(max(case when reason = 'amount_difference' then abs(difference) end),"
    "  sum(case when side = 'left' then amount end), sum(amount)))::decimal(38, 6) as at_risk";

std::string break_items_sql(const StageContext& context, const std::string& reconciliation) {
    return fmt::format(
        "match_results where client_id = {} and reconciliation = {} and outcome = 'break'",
        quote_literal(context.client.id.text()), quote_literal(reconciliation));
}

/// One row per break, those of `condition`. The key's amounts of both sides stand beside each
/// other.
std::string breaks_sql(const StageContext& context, const std::string& reconciliation,
                       const std::string& condition) {
    return fmt::format(
        "select reason, coalesce(min(item_key), min(item_id)) as key, {} as break_id,"
        " max(case when side = 'left' then currency end),"
        " max(case when side = 'right' then currency end),"
        " sum(case when side = 'left' then amount end)::decimal(38, 6),"
        " sum(case when side = 'right' then amount end)::decimal(38, 6),"
        " min(business_on), max(business_on),"
        " array_to_string(list(item_id order by item_id) filter (side = 'left'), ', '),"
        " array_to_string(list(item_id order by item_id) filter (side = 'right'), ', '), {}"
        " from {}{} group by reason, break_id order by break_id, reason",
        break_id_sql(), risk_columns, break_items_sql(context, reconciliation), condition);
}

/// Whether no reason has more breaks of one currency than can be named. Counts items, which are at
/// least as many.
Result<bool> can_name_all(StageContext& context, const std::string& reconciliation) {
    MESHLINE_ASSIGN(
        const Rows rows,
        context.warehouse.query(fmt::format(
            "select 1 from match_totals where client_id = {} and reconciliation = {}"
            " and outcome = 'break' group by reason having sum(item_count) > {} limit 1",
            quote_literal(context.client.id.text()), quote_literal(reconciliation),
            breaks_named_max)));
    return rows.is_empty();
}

std::string short_list(std::string_view ids) {
    constexpr std::size_t bytes_max = 120;
    return shortened(ids, bytes_max);
}

Result<WideMoney> money(std::string_view amount, std::string_view currency) {
    MESHLINE_ASSIGN(const WideDecimal value, WideDecimal::parse(amount, Rounding::exact));
    MESHLINE_ASSIGN(const Currency parsed, Currency::stored(currency));
    return WideMoney(value, parsed);
}

/// A rule may bear the name under which the unnamed breaks are summed up.
std::string break_key(const std::string& reconciliation, const std::string& reason,
                      std::string_view id) {
    const bool is_like_others = id.starts_with("others ");
    return finding_key_behind({reconciliation, reason},
                              fmt::format("{}{}", is_like_others ? "\\" : "", id));
}

/// The finding of a reason, as the reconciliation's policy has it, without what it is about.
Finding finding_of_reason(const ReconciliationDefinition& reconciliation,
                          const std::string& reason) {
    const auto policy = reconciliation.breaks.find(reason);
    const bool has_policy = policy != reconciliation.breaks.end();
    Finding finding;
    finding.type = "break";
    finding.owner = has_policy && !policy->second.owner.empty() ? policy->second.owner
                                                                : reconciliation.head.owner;
    finding.severity = has_policy ? policy->second.severity : Severity::medium;
    finding.evidence = {{"reconciliation", reconciliation.head.name}, {"reason", reason}};
    return finding;
}

/// The days on which what a break lacks may be: while it was awaited, or its own.
std::string days_text(const ReconciliationDefinition& reconciliation, std::string_view reason,
                      const Finding& finding) {
    BusinessDate last = *finding.to;
    if (reason == "missing_right") last.days += reconciliation.due_days_right;
    if (reason == "missing_left") last.days += reconciliation.due_days_left;
    if (last == *finding.from) return last.text();
    return fmt::format("{} to {}", finding.from->text(), last.text());
}

/// What the policy names, in the words of this break. The finding has its days.
void add_fix(Finding& finding, const ReconciliationDefinition& reconciliation,
             const std::string& reason) {
    const auto policy = reconciliation.breaks.find(reason);
    const bool is_named = policy != reconciliation.breaks.end() && !policy->second.fix.empty();
    const std::string fix = is_named ? policy->second.fix : "review";
    const BreakSituation situation{reason, item_kind_of(reconciliation.left),
                                   item_kind_of(reconciliation.right),
                                   days_text(reconciliation, reason, finding)};
    finding.fixes = {{fix, fix_sentence(fix, situation)}};
}

/// The finding is about the days of the group, and doubts what its reason does.
void add_days(Finding& finding, const ReconciliationDefinition& reconciliation,
              const std::string& reason, const DaysByGroup& days, const std::string& group) {
    const auto found = days.find(group);
    if (found == days.end()) return;
    span_days(finding, found->second);
    add_break_doubts(finding, reconciliation, reason, found->second);
}

/// What is known of the named breaks beside their rows, by claim_group_of().
struct Known {
    OrderNames names;
    ClaimsByGroup claims;
    DaysByGroup days;
};

Result<Finding> finding_of(const ReconciliationDefinition& reconciliation, const Known& known,
                           const Rows& rows, std::size_t row) {
    const std::string reason(rows.text(row, 0));
    Finding finding = finding_of_reason(reconciliation, reason);
    finding.key = break_key(reconciliation.head.name, reason, rows.text(row, 2));
    MESHLINE_ASSIGN(finding.at_risk, money(rows.text(row, 12), rows.text(row, 11)));
    finding.claims.by = reconciliation.head.name;
    const std::string group = claim_group_of(reason, rows.text(row, 2));
    const auto claimed = known.claims.find(group);
    if (claimed != known.claims.end()) {
        finding.claims.list = claims_up_to(claimed->second, finding.at_risk->amount);
    }
    MESHLINE_ASSIGN(finding.from, BusinessDate::parse(rows.text(row, 7)));
    MESHLINE_ASSIGN(finding.to, BusinessDate::parse(rows.text(row, 8)));
    add_days(finding, reconciliation, reason, known.days, group);
    add_fix(finding, reconciliation, reason);
    const std::string key(rows.text(row, 1));
    finding.evidence.emplace_back("key", key);
    const auto name = known.names.find(key);
    if (name != known.names.end()) finding.evidence.emplace_back("order_name", name->second);
    finding.evidence.emplace_back("day", finding.from->text());
    std::string left;
    std::string right;
    if (rows.rows[row][5]) {
        MESHLINE_ASSIGN(const WideMoney amount, money(rows.text(row, 5), rows.text(row, 3)));
        left = amount.text();
        finding.evidence.emplace_back("left_amount", left);
        finding.evidence.emplace_back("left_items", short_list(rows.text(row, 9)));
    }
    if (rows.rows[row][6]) {
        MESHLINE_ASSIGN(const WideMoney amount, money(rows.text(row, 6), rows.text(row, 4)));
        right = amount.text();
        finding.evidence.emplace_back("right_amount", right);
        finding.evidence.emplace_back("right_items", short_list(rows.text(row, 10)));
    }
    finding.title = break_title(
        reconciliation, reason,
        {key, name == known.names.end() ? "" : name->second, *finding.from, left, right});
    return finding;
}

Result<Known> known_of(StageContext& context, const ReconciliationDefinition& reconciliation,
                       const Sides& sides, const Rows& breaks, const std::string& condition) {
    Known known;
    if (breaks.is_empty()) return known;
    std::set<std::string> keys;
    for (std::size_t row = 0; row < breaks.rows.size(); ++row)
        keys.emplace(breaks.text(row, 1));
    MESHLINE_ASSIGN(known.names, order_names(context, reconciliation, keys));
    const std::string broken =
        fmt::format("select side, item_id, currency, reason, {} as break_id from {}{}",
                    break_id_sql(), break_items_sql(context, reconciliation.head.name), condition);
    // Looked for once: finding few entries among many is most of the work.
    MESHLINE_TRY(context.warehouse.execute(
        "create or replace temp table broken_entries as " +
        entries_of_sides_sql(
            sides, fmt::format("select *, {} as claim_group from ({})", claim_group_sql, broken))));
    MESHLINE_ASSIGN(known.claims, claims_of_breaks(context.warehouse, "from broken_entries"));
    MESHLINE_ASSIGN(known.days, days_of_entries(context.warehouse, "from broken_entries"));
    MESHLINE_TRY(context.warehouse.execute("drop table broken_entries"));
    return known;
}

/// "1204 more breaks by missing_right between commerce and payments: 310.00 EUR together".
Result<Finding> finding_of_others(const ReconciliationDefinition& reconciliation,
                                  const DaysByGroup& days, const Rows& rows, std::size_t row) {
    const std::string reason(rows.text(row, 0));
    const std::string currency(rows.text(row, 1));
    const std::string count(rows.text(row, 2));
    Finding finding = finding_of_reason(reconciliation, reason);
    finding.key = finding_key({reconciliation.head.name, reason, "others", currency});
    MESHLINE_ASSIGN(finding.at_risk, money(rows.text(row, 3), currency));
    MESHLINE_ASSIGN(finding.from, BusinessDate::parse(rows.text(row, 4)));
    MESHLINE_ASSIGN(finding.to, BusinessDate::parse(rows.text(row, 5)));
    add_days(finding, reconciliation, reason, days, reason);
    add_fix(finding, reconciliation, reason);
    finding.title = fmt::format("{}: {} more breaks by {} between {} and {}: {} together",
                                reconciliation.head.name, with_thousands(count), reason,
                                side_name(reconciliation.left, reconciliation.right),
                                side_name(reconciliation.right, reconciliation.left),
                                with_thousands(finding.at_risk->text()));
    finding.evidence.emplace_back("breaks", count);
    finding.claims.by = reconciliation.head.name;
    return finding;
}

/// Makes the temporary table `named_breaks` of the breaks to be named, and says what all others of
/// a reason and currency come to. Their days are the reason's: the named ones are doubtful anyway.
Result<Rows> rank_breaks(StageContext& context, const std::string& reconciliation) {
    const std::string items = break_items_sql(context, reconciliation);
    MESHLINE_TRY(context.warehouse.execute(fmt::format(
        "create or replace temp table ranked_breaks as select *, row_number() over"
        "  (partition by reason, currency order by at_risk desc, break_id) <= {} as is_named"
        " from (select reason, {} as break_id, min(business_on) as business_on, {} from {}"
        "  group by reason, break_id)",
        breaks_named_max, break_id_sql(), risk_columns, items)));
    return context.warehouse.query(
        fmt::format("select * from (select reason, currency, count(*), sum(at_risk)::decimal(38, 6)"
                    "  from ranked_breaks where not is_named group by reason, currency)"
                    " join (select reason, min(business_on), max(business_on)"
                    "  from {} group by reason) using (reason) order by reason, currency",
                    items));
}

}  // namespace

Result<std::vector<Finding>> find_breaks(StageContext& context,
                                         const ReconciliationDefinition& reconciliation,
                                         const Sides& sides) {
    const std::string& name = reconciliation.head.name;
    MESHLINE_ASSIGN(const bool is_named_all, can_name_all(context, name));
    Rows others;
    std::string condition;
    if (!is_named_all) {
        MESHLINE_ASSIGN(others, rank_breaks(context, name));
        condition = fmt::format(
            " and (reason, {}) in (select (r.reason, r.break_id) from ranked_breaks r"
            "  where r.is_named)",
            break_id_sql());
    }
    MESHLINE_ASSIGN(const Rows rows, context.warehouse.query(breaks_sql(context, name, condition)));
    MESHLINE_ASSIGN(const Known known, known_of(context, reconciliation, sides, rows, condition));
    std::vector<Finding> findings;
    findings.reserve(rows.rows.size() + others.rows.size());
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(Finding finding, finding_of(reconciliation, known, rows, row));
        findings.push_back(std::move(finding));
    }
    if (is_named_all) return findings;
    MESHLINE_ASSIGN(
        const DaysByGroup days,
        days_of_entries(context.warehouse,
                        entries_of_sides_sql(
                            sides, "select side, item_id, currency, reason as claim_group from " +
                                       break_items_sql(context, name))));
    for (std::size_t row = 0; row < others.rows.size(); ++row) {
        MESHLINE_ASSIGN(Finding finding, finding_of_others(reconciliation, days, others, row));
        MESHLINE_ASSIGN(
            finding.claims.list,
            claims_of_others(context, reconciliation, others.text(row, 0), others.text(row, 1)));
        findings.push_back(std::move(finding));
    }
    MESHLINE_TRY(context.warehouse.execute("drop table ranked_breaks"));
    return findings;
}

}  // namespace meshline
