#pragma once

#include "packs/workspace_run.hpp"
#include "properties/small_shop.hpp"
#include "stages/reconcile/reconcile.hpp"
#include "support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace meshline {

struct Entry {
    const char* book;
    const char* type;
    const char* object;
    const char* order;
    const char* amount;
    const char* day = "2026-03-01";
    const char* currency = "EUR";
    const char* payout = "";
    /// The place in the list, from 1, of the entry that a later revision replaced this one with.
    int superseded_by = 0;
};

/// "side item: outcome reason", by side and item.
using Outcomes = std::vector<std::string>;

inline constexpr const char* orders_to_payments =
    "reconciliation: r\nowner: ana\n"
    "left: {book: commerce, entries: [gross_sale, discount], item: order_ref}\n"
    "right: {book: payments, entries: [charge], item: object_id}\n"
    "match:\n  - one_to_one: {name: by_order, key: order_ref, tolerance: {absolute: 0.05},\n"
    "      lag: {days_min: 0, days_max: 3}}\n"
    "due: {right_days: 3, left_days: 1}\n";

class ReconcileTest : public testing::Test {
  protected:
    /// The log has come to 2026-03-10.
    Outcomes reconcile(const char* definition, const std::vector<Entry>& entries) {
        test::TemporaryFolder folder;
        write_small_shop(folder / "workspace");
        DiskFiles files;
        EXPECT_TRUE(files.write_text(folder / "workspace/reconciliations/r.yaml", definition).ok());
        auto opened = WorkspaceRun::open(folder / "workspace", folder / "data",
                                         *BusinessDate::parse("2026-03-10"));
        EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : render(opened.error()));
        WorkspaceRun& run = **opened;
        int position = 0;
        for (const Entry& entry : entries) {
            EXPECT_TRUE(run.query(insert_sql(entry, ++position)).ok());
            if (entry.superseded_by == 0) continue;
            EXPECT_TRUE(run.query(supersede_sql(position, entry.superseded_by)).ok());
            EXPECT_TRUE(run.query(reverse_sql(position, entry.superseded_by)).ok());
        }
        EXPECT_TRUE(run.query(count_sql(heard_on_, 1)).ok());
        EXPECT_TRUE(run.query(count_sql("2026-03-10", 0)).ok());
        const auto stage = make_reconcile();
        const auto outcome = run.run_at(*stage, "shop", static_cast<Position>(position));
        EXPECT_TRUE(outcome.ok()) << (outcome.ok() ? "" : render(outcome.error()));
        totals_ = *run.query(
            "select side, outcome, reason, currency, item_count, amount"
            " from match_totals order by all");
        Outcomes outcomes = read(run);
        items_by_outcome_ = *run.query(
            "select side, outcome, reason, currency, count(*) as item_count,"
            " sum(amount)::decimal(38, 6) as amount from match_items group by all"
            " order by all");
        titles_.clear();
        for (const Finding& finding : outcome->findings)
            titles_.push_back(finding.title);
        doubts_.clear();
        claims_.clear();
        spans_.clear();
        at_risk_ = WideDecimal();
        for (const Finding& finding : outcome->findings) {
            spans_.push_back(finding.from->text() + " " + finding.to->text());
            at_risk_ = *at_risk_.plus(finding.at_risk->amount);
            for (const Claim& claim : finding.claims.list) {
                claims_.push_back(fmt::format("{} {} {} {}", name_of(claim.kind), claim.day.text(),
                                              claim.subject, claim.amount.text()));
            }
            for (const Doubt& doubt : finding.doubts) {
                doubts_.push_back(
                    fmt::format("{} {} {}", doubt.book, doubt.from.text(), doubt.to.text()));
            }
        }
        return outcomes;
    }

    /// The day on which a record of the till, which writes into commerce, came last.
    const char* heard_on_ = "2026-03-10";
    // Of the last reconcile(): the totals it kept, and the same summed from its items.
    Rows totals_;
    Rows items_by_outcome_;
    // Of the findings of the last reconcile().
    std::vector<std::string> titles_;
    WideDecimal at_risk_;              ///< All together.
    std::vector<std::string> claims_;  ///< "entry 2026-03-01 1 gross_sale 1 12"
    std::vector<std::string> doubts_;  ///< "commerce 2026-03-01 2026-03-01"
    std::vector<std::string> spans_;   ///< "2026-03-01 2026-03-04"

  private:
    static std::string count_sql(const char* day, int record_count) {
        return fmt::format(
            "insert into event_counts values ('shop', 1, 'till', 'orders', date '{0}', {1}, {1},"
            " timestamp '{0} 12:00:00', 0)",
            day, record_count);
    }

    static std::string insert_sql(const Entry& entry, int position) {
        return fmt::format(
            "insert into entries (client_id, position, line_no, sign, book, source, stream,"
            " entry_type, occurred_at, business_on, amount, currency, object_id, order_ref,"
            " payout_ref, transform_digest) values ('shop', {0}, 1, 1, '{1}', 'till', 'orders',"
            " '{2}', timestamp '{3} 12:00:00', date '{3}', {4}, '{5}', '{6}', nullif('{7}', ''),"
            " nullif('{8}', ''), 'd')",
            position, entry.book, entry.type, entry.day, entry.amount, entry.currency, entry.object,
            entry.order, entry.payout);
    }

    static std::string supersede_sql(int position, int by_position) {
        return fmt::format("insert into supersessions values ('shop', {}, {})", position,
                           by_position);
    }

    static std::string reverse_sql(int position, int by_position) {
        return fmt::format(
            "insert into entries select * replace ({1} as position, -1 as sign,"
            " -amount as amount) from entries where position = {0} and sign = 1",
            position, by_position);
    }

    static Outcomes read(WorkspaceRun& run) {
        EXPECT_TRUE(run.show_matches("shop").ok());
        const auto rows = run.query(
            "select side || ' ' || item_id || ': ' || trim(outcome || ' ' || reason)"
            " from match_items order by side, item_id, currency");
        Outcomes outcomes;
        for (const auto& row : rows->rows)
            outcomes.push_back(*row[0]);
        return outcomes;
    }
};

}  // namespace meshline
