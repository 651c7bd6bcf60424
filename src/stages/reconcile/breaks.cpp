#include "stages/reconcile/breaks.hpp"

#include "base/text/shorten.hpp"
#include "base/text/text.hpp"
#include "core/model/finding_key.hpp"
#include "stages/reconcile/break_doubts.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <span>

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
        " array_to_string(list(item_id order by item_id) filter (side = 'right'), ', '),"
        " array_to_string(list(distinct business_on) filter (side = 'left'), ' '),"
        " array_to_string(list(distinct business_on) filter (side = 'right'), ' '), {}"
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

/// "commerce", or where both sides are of one book what tells them apart: the source, else the
/// first entry types.
std::string side_name(const SideDefinition& side, const SideDefinition& other) {
    const std::string book(name_of(side.book));
    if (side.book != other.book) return book;
    if (!side.source.empty() && side.source != other.source) {
        return fmt::format("{} of {}", book, side.source);
    }
    constexpr std::size_t types_max = 2;
    const std::size_t count = std::min(side.entries.size(), types_max);
    return fmt::format("{} ({}{})", book, join(std::span(side.entries).first(count), ", "),
                       count < side.entries.size() ? " ..." : "");
}

std::string title_of(const ReconciliationDefinition& reconciliation, std::string_view reason,
                     std::string_view key, const std::string& left, const std::string& right) {
    const std::string left_book = side_name(reconciliation.left, reconciliation.right);
    const std::string right_book = side_name(reconciliation.right, reconciliation.left);
    if (reason == "missing_right") {
        return fmt::format("{} in {} has nothing in {}: {}", key, left_book, right_book, left);
    }
    if (reason == "missing_left") {
        return fmt::format("{} in {} has nothing in {}: {}", key, right_book, left_book, right);
    }
    if (reason == "duplicate_left")
        return fmt::format("{} is in {} twice: {}", key, left_book, left);
    if (reason == "duplicate_right") {
        return fmt::format("{} is in {} twice: {}", key, right_book, right);
    }
    if (reason == "date_difference") {
        return fmt::format("{} is dated too far apart in {} and {}", key, left_book, right_book);
    }
    return fmt::format("{} is {} in {} but {} in {}", key, left, left_book, right, right_book);
}

std::string fix_sentence(std::string_view fix) {
    if (fix == "resync_source")
        return "Capture the period again from the source: the record may not have been sent.";
    if (fix == "correct_deal")
        return "Set the deal's amount, currency or close date to the order's.";
    if (fix == "create_order")
        return "Find the sale behind the payment and enter it, or refund the payment.";
    if (fix == "refund_customer") return "Refund the payment that came twice.";
    if (fix == "void_charge") return "Void the charge that came twice.";
    if (fix == "send_refund_to_crm") return "Record the refund on the deal.";
    if (fix == "claim_fee")
        return "Ask the processor for the fee that the payout does not explain.";
    if (fix == "confirm_match") return "Confirm the suggested match.";
    if (fix == "accept_difference") return "Accept the difference with a reason.";
    return "Review both records and correct the one that is wrong.";
}

Result<WideMoney> money(std::string_view amount, std::string_view currency) {
    MESHLINE_ASSIGN(const WideDecimal value, WideDecimal::parse(amount, Rounding::exact));
    MESHLINE_ASSIGN(const Currency parsed, Currency::from_code(currency));
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
    const std::string fix =
        has_policy && !policy->second.fix.empty() ? policy->second.fix : "review";
    finding.fixes = {{fix, fix_sentence(fix)}};
    return finding;
}

Result<Finding> finding_of(const ReconciliationDefinition& reconciliation, const Rows& rows,
                           std::size_t row) {
    const std::string reason(rows.text(row, 0));
    Finding finding = finding_of_reason(reconciliation, reason);
    finding.key = break_key(reconciliation.head.name, reason, rows.text(row, 2));
    MESHLINE_ASSIGN(finding.at_risk, money(rows.text(row, 14), rows.text(row, 13)));
    MESHLINE_ASSIGN(finding.from, BusinessDate::parse(rows.text(row, 7)));
    MESHLINE_ASSIGN(finding.to, BusinessDate::parse(rows.text(row, 8)));
    MESHLINE_TRY(
        add_break_doubts(finding, reconciliation, reason, rows.text(row, 11), rows.text(row, 12)));
    finding.evidence.emplace_back("key", rows.text(row, 1));
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
    finding.title = title_of(reconciliation, reason, rows.text(row, 1), left, right);
    return finding;
}

/// "1204 more breaks by missing_right between commerce and payments: 310.00 EUR together".
Result<Finding> finding_of_others(const ReconciliationDefinition& reconciliation, const Rows& rows,
                                  std::size_t row) {
    const std::string reason(rows.text(row, 0));
    const std::string currency(rows.text(row, 1));
    const std::string count(rows.text(row, 2));
    Finding finding = finding_of_reason(reconciliation, reason);
    finding.key = finding_key({reconciliation.head.name, reason, "others", currency});
    MESHLINE_ASSIGN(finding.at_risk, money(rows.text(row, 3), currency));
    MESHLINE_ASSIGN(finding.from, BusinessDate::parse(rows.text(row, 4)));
    MESHLINE_ASSIGN(finding.to, BusinessDate::parse(rows.text(row, 5)));
    MESHLINE_TRY(
        add_break_doubts(finding, reconciliation, reason, rows.text(row, 6), rows.text(row, 7)));
    finding.title =
        fmt::format("{} more breaks by {} between {} and {}: {} together", count, reason,
                    side_name(reconciliation.left, reconciliation.right),
                    side_name(reconciliation.right, reconciliation.left), finding.at_risk->text());
    finding.evidence.emplace_back("breaks", count);
    return finding;
}

/// Makes the temporary table `named_breaks` of the breaks to be named, and says what all others of
/// a reason and currency come to. Their days are the reason's: the named ones are doubtful anyway.
Result<Rows> rank_breaks(StageContext& context, const std::string& reconciliation) {
    const std::string items = break_items_sql(context, reconciliation);
    MESHLINE_TRY(context.warehouse.execute(fmt::format(
        "create or replace temp table ranked_breaks as select *, row_number() over"
        "  (partition by reason, currency order by at_risk desc, break_id) <= {} as is_named"
        " from (select reason, {} as break_id, {} from {} group by reason, break_id)",
        breaks_named_max, break_id_sql(), risk_columns, items)));
    return context.warehouse.query(
        fmt::format("select * from (select reason, currency, count(*), sum(at_risk)::decimal(38, 6)"
                    "  from ranked_breaks where not is_named group by reason, currency)"
                    " join (select reason, min(business_on), max(business_on),"
                    "  array_to_string(list(distinct business_on) filter (side = 'left'), ' '),"
                    "  array_to_string(list(distinct business_on) filter (side = 'right'), ' ')"
                    "  from {} group by reason) using (reason) order by reason, currency",
                    items));
}

}  // namespace

Result<std::vector<Finding>> find_breaks(StageContext& context,
                                         const ReconciliationDefinition& reconciliation) {
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
    std::vector<Finding> findings;
    findings.reserve(rows.rows.size() + others.rows.size());
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(Finding finding, finding_of(reconciliation, rows, row));
        findings.push_back(std::move(finding));
    }
    for (std::size_t row = 0; row < others.rows.size(); ++row) {
        MESHLINE_ASSIGN(Finding finding, finding_of_others(reconciliation, others, row));
        findings.push_back(std::move(finding));
    }
    if (is_named_all) return findings;
    MESHLINE_TRY(context.warehouse.execute("drop table ranked_breaks"));
    return findings;
}

}  // namespace meshline
