// Goal: a silence is one cause, and one exception; the clock of a run decides no figure.
// Method: a shop whose records stop, and come again much later.
#include "days/days_shop.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

constexpr const char* volume_check =
    "check: volume\nowner: ana\nseverity: note\nexception_severity: high\n"
    "volume: {source: till, stream: lines_by_id, measure: events}\n";
constexpr const char* fresh_check =
    "check: fresh\nowner: ana\nseverity: note\nexception_severity: high\n"
    "freshness: {source: till, stream: lines_by_id, within_hours: 36}\n";
constexpr const char* orders_to_bank =
    "reconciliation: orders_to_bank\nowner: ana\n"
    "left: {book: commerce, entries: [gross_sale], item: order_ref}\n"
    "right: {book: bank, entries: [bank_credit], item: order_ref}\n"
    "match: [{one_to_one: {name: by_order, key: order_ref}}]\n"
    "due: {right_days: 2, left_days: 2}\n";

/// Ten orders a day.
std::vector<std::string> orders(const std::string& month, int from, int to) {
    std::vector<std::string> lines;
    for (int day = from; day <= to; ++day) {
        for (int order = 0; order < 10; ++order)
            lines.push_back(
                fmt::format("{0}o{1}-{2},2026-{0}-{1:02},10.00,c{2}", month, day, order));
    }
    return lines;
}

TEST(Silence, the_first_record_after_it_opens_one_exception_per_cause) {
    DaysShop shop;
    shop.write("checks/volume.yaml", volume_check);
    shop.sell("2026-03-01", orders("02", 1, 28));
    shop.run();
    EXPECT_THAT(shop.exceptions(), IsEmpty());
    shop.sell("2026-11-20", orders("11", 20, 20));
    shop.run();
    EXPECT_THAT(shop.exceptions(), ElementsAre("volume_anomaly volume 2026-03-01"));
    const ExceptionItem silence = shop.exception("volume_anomaly");
    EXPECT_EQ(silence.finding.to->text(), "2026-11-19");
    EXPECT_THAT(silence.finding.title, HasSubstr("nothing on 264 days"));
    // However long it was, no day of it is called zero for sure.
    EXPECT_THAT(shop.on("2026-03-02"), StartsWith("- provisional 1: open exception"));
    EXPECT_THAT(shop.on("2026-11-01"), StartsWith("- provisional 1: open exception"));
}

TEST(Silence, items_that_wait_for_a_silent_side_are_one_exception_and_break_when_it_speaks) {
    DaysShop shop;
    shop.write("reconciliations/orders_to_bank.yaml", orders_to_bank);
    std::vector<std::string> credits;
    for (int order = 0; order < 10; ++order)
        credits.push_back(fmt::format("t{0},2026-03-01,10.00,03o1-{0}", order));
    shop.bank("2026-03-02", credits);
    shop.sell("2026-03-10", orders("03", 1, 5));
    shop.run();
    EXPECT_THAT(shop.exceptions(), ElementsAre("silence orders_to_bank silent_right EUR"));
    const ExceptionItem waiting = shop.exception("silence");
    EXPECT_EQ(waiting.finding.at_risk->text(), "400.00 EUR");
    EXPECT_THAT(
        waiting.finding.title,
        HasSubstr("40 items of commerce wait for bank, of which nothing came after 2026-03-02"));
    EXPECT_THAT(shop.on("2026-03-04"), StartsWith("100.00 provisional 1: open exception"));
    EXPECT_EQ(shop.on("2026-03-01"), "100.00 verified 1");
    // The bank speaks again, and not of these orders.
    shop.bank("2026-03-11", {"t99,2026-03-11,1.00,other"});
    shop.run();
    EXPECT_THAT(shop.exceptions(), testing::SizeIs(40));
    EXPECT_THAT(shop.exceptions(), testing::Each(StartsWith("break ")));
}

TEST(Silence, by_the_clock_it_is_told_and_enters_no_figure) {
    DaysShop shop;
    shop.write("checks/fresh.yaml", fresh_check);
    shop.sell("2026-03-10", {"a,2026-03-08,10.00,c1", "b,2026-03-10,10.00,c1"});
    shop.run();
    const std::size_t count = shop.publication_count();
    EXPECT_THAT(shop.exceptions(), IsEmpty());
    shop.run("2026-03-20");
    EXPECT_THAT(shop.exceptions(), ElementsAre("silence till/lines_by_id"));
    EXPECT_THAT(shop.exception("silence").finding.doubts, IsEmpty());
    EXPECT_EQ(shop.publication_count(), count);
    // It ends with the next record.
    shop.sell("2026-03-21", {"c,2026-03-21,10.00,c1"});
    shop.run();
    EXPECT_THAT(shop.exceptions(), IsEmpty());
}

}  // namespace
}  // namespace meshline
