// Goal: every column that a definition may ask for works wherever it may ask.
// Method: a workspace with a metric, checks and a reconciliation for each column in each place,
// over revised and returned orders; members must sum to the total, and counts of things to be
// small.
#include "core/metrics/metric_sql.hpp"
#include "core/relations/relations.hpp"
#include "packs/workspace_run.hpp"
#include "properties/small_shop.hpp"
#include "stages/enrich/enrich.hpp"
#include "stages/normalize/normalize.hpp"
#include "stages/publish/publish.hpp"
#include "stages/reconcile/reconcile.hpp"
#include "stages/validate/validate.hpp"
#include "support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

class AskedColumns : public testing::Test {
  protected:
    void SetUp() override {
        write_small_shop(folder_ / "workspace");
        for (const std::string& column : asked_entry_columns())
            ask(column);
        run_ = std::move(WorkspaceRun::open(folder_ / "workspace", folder_ / "data",
                                            *BusinessDate::parse("2026-04-01")))
                   .value();
        // The second revision of an order negates the first: a column of an amount must not tell
        // the negation from what it negates.
        const std::string path = write_orders(
            folder_.path(), "orders.ndjson",
            {{1, 1, 2, 1250}, {2, 1, 2, 1000}, {1, 2, 2, 900}, {3, 1, 3, 1000}, {3, 2, 4, 1000}});
        ASSERT_TRUE(run_->capture("shop", "till", "orders", {path}).ok());
        for (const auto& stage :
             {make_normalize(), make_validate(), make_enrich(), make_reconcile(), make_publish()}) {
            auto outcome = run_->run(*stage, "shop");
            ASSERT_TRUE(outcome.ok()) << stage->name() << ": " << render(outcome.error());
        }
    }

    Rows query(const std::string& sql) {
        auto rows = run_->query(sql);
        EXPECT_TRUE(rows.ok()) << sql;
        return rows.ok() ? std::move(*rows) : Rows{};
    }

    static bool is_number(const std::string& column) {
        return find_entry_column(column)->type() == ColumnType::decimal;
    }

  private:
    void write(const std::string& path, const std::string& text) {
        DiskFiles files;
        ASSERT_TRUE(files.write_text(folder_ / ("workspace/" + path), text).ok());
    }

    void ask(const std::string& column) {
        write(fmt::format("metrics/by_{}.yaml", column),
              fmt::format("metric: by_{0}\nowner: ana\nbook: commerce\ndate_basis: order_day\n"
                          "sum: [gross_sale]\ndimensions: [{0}]\n",
                          column));
        write(fmt::format("metrics/count_{}.yaml", column),
              fmt::format("metric: count_{0}\nowner: ana\nbook: commerce\ndate_basis: order_day\n"
                          "count_distinct: {{column: {0}, entries: [gross_sale]}}\n",
                          column));
        const ColumnType type = find_entry_column(column)->type();
        const char* rule = type == ColumnType::text      ? "one_of: [nothing]"
                           : type == ColumnType::decimal ? "at_least: 0, at_most: 5"
                           : type == ColumnType::date    ? "at_least: 2026-03-03"
                                                         : "at_most: \"2026-03-02T23:59:59Z\"";
        write(fmt::format("checks/row_{}.yaml", column),
              fmt::format("check: row_{0}\nowner: ana\nseverity: note\nrow: {{book: commerce,"
                          " entries: [gross_sale], column: {0}, {1}, required: true}}\n",
                          column, rule));
        write(fmt::format("checks/cross_{}.yaml", column),
              fmt::format("check: cross_{0}\nowner: ana\nseverity: note\ncross: {{group_by: {0},"
                          " book: commerce, entries: [gross_sale], limit_book: commerce,"
                          " limit_entries: [gross_sale]}}\n",
                          column));
        write(fmt::format("reconciliations/match_{}.yaml", column),
              fmt::format("reconciliation: match_{0}\nowner: ana\n"
                          "left: {{book: commerce, entries: [gross_sale], item: {0}}}\n"
                          "right: {{book: commerce, entries: [gross_sale], item: {0}}}\n"
                          "match: [{{one_to_one: {{key: {0}}}}}, {{many_to_one: {{key: {0}}}}}]\n",
                          column));
    }

    test::TemporaryFolder folder_;
    std::unique_ptr<WorkspaceRun> run_;
};

TEST_F(AskedColumns, work_in_every_place) {
    for (const std::string& column : asked_entry_columns()) {
        // As a dimension: the members of the day sum to its total, and none stands for a negation.
        const Rows members = query(
            fmt::format("select coalesce({0}, 'unknown') as member, sum(amount) from entries e"
                        " group by 1 having sum(sign) <> 0 order by 1",
                        entry_column_sql(column)));
        for (std::size_t row = 0; row < members.rows.size(); ++row) {
            EXPECT_FALSE(members.text(row, 1).starts_with('-')) << column;
            if (is_number(column)) EXPECT_FALSE(members.text(row, 0).starts_with('-')) << column;
        }
        // As a key and an item of both sides: what has the column is its own match.
        const Rows breaks =
            query(fmt::format("select count(*) from match_results where reconciliation = 'match_{}'"
                              " and outcome = 'break' and item_key is not null",
                              column));
        EXPECT_EQ(breaks.integer(0, 0), 0) << column;
    }
}

TEST_F(AskedColumns, are_texts_as_the_page_on_entries_writes_them) {
    const Rows rows = query(fmt::format(
        "select {}, {}, {} from entries e where order_ref = '1' order by position, sign limit 1",
        entry_column_sql("amount"), entry_column_sql("business_on"),
        entry_column_sql("occurred_at")));
    ASSERT_EQ(rows.rows.size(), 1u);
    EXPECT_EQ(rows.text(0, 0), "12.5");
    EXPECT_EQ(rows.text(0, 1), "2026-03-02");
    EXPECT_EQ(rows.text(0, 2), "2026-03-02T10:00:00.000000Z");
}

}  // namespace
}  // namespace meshline
