// Goal: every calendar day of a metric says what is known of it: a figure, zero, or nothing yet.
// Method: small shops, captured and run as the product does.
#include "days/days_shop.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

using Lines = std::vector<std::string>;

TEST(Days, those_without_records_are_zero_once_a_later_record_came) {
    DaysShop shop;
    shop.sell("2026-03-10", {"a,2026-03-01,10.00,c1", "b,2026-03-05,20.00,c2"});
    shop.run();
    EXPECT_EQ(
        shop.acts("net_sales"),
        (Lines{"2026-03-01 10.00 verified 1", "2026-03-02..2026-03-04 - verified 1",
               "2026-03-05 20.00 verified 1", "2026-03-06..2026-03-10 nothing provisional 0"}));
    EXPECT_EQ(shop.on("2026-03-08"),
              "nothing provisional 0: open: till/lines_by_id has no record of a later day");
    EXPECT_TRUE(shop.verifies());
}

TEST(Days, an_open_day_is_verified_as_zero_when_it_has_passed) {
    DaysShop shop;
    shop.sell("2026-03-10", {"a,2026-03-01,10.00,c1"});
    shop.run();
    shop.sell("2026-03-12", {"b,2026-03-11,20.00,c2"});
    shop.run();
    EXPECT_EQ(shop.on("2026-03-05"), "- verified 1");
    EXPECT_THAT(shop.on("2026-03-11"), StartsWith("20.00 provisional 1: settles"));
    EXPECT_THAT(shop.on("2026-03-12"), StartsWith("nothing provisional 0: open"));
}

TEST(Days, a_late_record_restates_a_day_that_was_verified_as_zero) {
    DaysShop shop;
    shop.sell("2026-03-10", {"a,2026-03-01,10.00,c1", "b,2026-03-09,20.00,c2"});
    shop.run();
    ASSERT_EQ(shop.on("2026-03-05"), "- verified 1");
    shop.sell("2026-03-11", {"late,2026-03-05,5.00,c3"});
    shop.run();
    EXPECT_EQ(shop.acts("net_sales"),
              (Lines{"2026-03-01 10.00 verified 1", "2026-03-02..2026-03-04 - verified 1",
                     "2026-03-05 5.00 restated 2", "2026-03-06..2026-03-08 - verified 1",
                     "2026-03-09 20.00 verified 1", "2026-03-10 nothing provisional 0",
                     "2026-03-11 nothing provisional 0"}));
    EXPECT_THAT(shop.exception("restatement").finding.title, HasSubstr("0.00 EUR -> 5.00 EUR"));
    EXPECT_TRUE(shop.verifies());
}

TEST(Days, running_again_says_nothing_new) {
    DaysShop shop;
    shop.sell("2026-03-10", {"a,2026-03-01,10.00,c1", "b,2026-03-05,20.00,c2"});
    shop.run();
    const std::size_t count = shop.publication_count();
    shop.run("2026-09-01");
    EXPECT_EQ(shop.publication_count(), count);
}

TEST(Days, a_closed_day_needs_no_later_record) {
    DaysShop shop("closed:\n  weekdays: [saturday, sunday]\n  dates: [\"2026-03-09\"]\n");
    // 2026-03-06 is a Friday.
    shop.sell("2026-03-11", {"a,2026-03-06,10.00,c1"});
    shop.run();
    EXPECT_EQ(shop.acts("net_sales"),
              (Lines{"2026-03-06 10.00 verified 1", "2026-03-07..2026-03-09 - verified 1",
                     "2026-03-10..2026-03-11 nothing provisional 0"}));
}

TEST(Days, a_record_on_a_closed_day_counts) {
    DaysShop shop("closed: {weekdays: [sunday]}\n");
    shop.sell("2026-03-11", {"a,2026-03-08,10.00,c1"});
    shop.run();
    EXPECT_EQ(shop.on("2026-03-08"), "10.00 verified 1");
}

TEST(Days, each_stream_that_feeds_a_metric_has_to_pass) {
    DaysShop shop;
    shop.sell("2026-03-10", {"a,2026-03-01,10.00,c1", "b,2026-03-08,10.00,c1"}, "till");
    shop.sell("2026-03-10", {"c,2026-03-02,20.00,c2"}, "web");
    shop.run();
    EXPECT_THAT(shop.on("2026-03-05"), HasSubstr("web/lines_by_id has no record of a later day"));
    // A stream of another book is none of its business.
    shop.bank("2026-03-10", {"t1,2026-03-01,10.00,a"});
    shop.sell("2026-03-10", {"d,2026-03-07,20.00,c2"}, "web");
    shop.run();
    EXPECT_EQ(shop.on("2026-03-05"), "- verified 1");
}

TEST(Days, a_stream_connected_without_a_record_gives_open_days) {
    DaysShop shop;
    shop.sell("2026-03-10", {});
    shop.run();
    // Nothing says when the client began.
    EXPECT_THAT(shop.acts("net_sales"), IsEmpty());
    DaysShop stated("starts_on: \"2026-03-08\"\n");
    stated.sell("2026-03-10", {});
    stated.run();
    EXPECT_EQ(stated.acts("net_sales"), (Lines{"2026-03-08..2026-03-10 nothing provisional 0"}));
    // It is said once, however often the empty export comes.
    const std::size_t count = stated.publication_count();
    stated.sell("2026-03-10", {});
    stated.run();
    EXPECT_EQ(stated.publication_count(), count);
}

TEST(Days, the_first_day_is_the_one_stated_and_the_client_answers_for_it) {
    DaysShop shop("starts_on: \"2026-02-27\"\n");
    shop.sell("2026-03-10", {"a,2026-03-01,10.00,c1", "b,2026-03-02,20.00,c2"});
    shop.run();
    EXPECT_EQ(shop.on("2026-02-27"), "- verified 1");
    EXPECT_EQ(shop.on("2026-02-26"), "");
}

TEST(Days, nothing_is_known_of_days_before_the_first_record_of_a_metric) {
    DaysShop shop;
    shop.bank("2026-03-10", {"t1,2026-02-20,10.00,a"});
    shop.sell("2026-03-10", {"a,2026-03-01,10.00,c1", "b,2026-03-02,20.00,c2"});
    shop.run();
    EXPECT_EQ(shop.on("2026-02-25"),
              "nothing provisional 0: open: till/lines_by_id has no record of this day or before");
    EXPECT_EQ(shop.on("2026-03-01"), "10.00 verified 1");
}

TEST(Days, a_lost_date_is_no_first_day_and_is_doubtful) {
    DaysShop shop;
    shop.sell("2026-03-10", {"a,2026-03-01,10.00,c1", "b,1970-01-01,99.00,c2"});
    shop.run();
    EXPECT_THAT(shop.exceptions(), ElementsAre("implausible_date till/lines_by_id commerce EUR"));
    EXPECT_EQ(shop.exception("implausible_date").finding.at_risk->text(), "99.00 EUR");
    EXPECT_THAT(shop.on("1970-01-01"), StartsWith("99.00 provisional 1: open exception"));
    EXPECT_EQ(shop.on("2000-01-01"), "");
    EXPECT_EQ(shop.on("2026-03-01"), "10.00 verified 1");
    // Corrected, it is gone.
    shop.sell("2026-03-11", {"b,2026-03-02,99.00,c2"});
    shop.run();
    EXPECT_THAT(shop.exceptions(), Not(testing::Contains(StartsWith("implausible_date"))));
}

TEST(Days, a_record_dated_ahead_passes_no_day) {
    DaysShop shop;
    shop.sell("2026-03-10", {"a,2026-03-01,10.00,c1", "b,2099-01-01,99.00,c2"});
    shop.run();
    EXPECT_THAT(shop.on("2026-03-05"), StartsWith("nothing provisional 0: open"));
    EXPECT_EQ(shop.on("2026-03-11"), "");
}

TEST(Days, a_date_more_than_a_year_ahead_is_doubtful) {
    // The log's today is 2026-03-10.
    DaysShop shop;
    shop.sell("2026-03-10", {"a,2026-03-01,10.00,c1", "b,2027-03-11,5.00,c1"});
    shop.run();
    EXPECT_THAT(shop.exceptions(), IsEmpty());
    shop.sell("2026-03-10", {"c,2027-03-12,20.00,c1", "d,9999-12-31,79.00,c2"});
    shop.run();
    EXPECT_THAT(shop.exceptions(),
                ElementsAre("implausible_date till/lines_by_id commerce EUR ahead"));
    const Finding finding = shop.exception("implausible_date").finding;
    EXPECT_EQ(finding.at_risk->text(), "99.00 EUR");
    EXPECT_EQ(finding.title,
              "2 entries of till/lines_by_id are dated more than a year ahead of the client's last"
              " record, the first on 2027-03-12");
    EXPECT_THAT(shop.on("9999-12-31"), StartsWith("79.00 provisional 1: "));
    EXPECT_EQ(shop.on("2026-03-01"), "10.00 verified 1");
    EXPECT_THAT(shop.acts("customers", Grain::year),
                ElementsAre(StartsWith("2026 1 provisional"), StartsWith("2027 1 provisional"),
                            StartsWith("9999 1 provisional")));
    EXPECT_TRUE(shop.verifies());
    // Corrected, it is gone.
    shop.sell("2026-03-11", {"c,2026-03-02,20.00,c1", "d,2026-03-02,79.00,c2"});
    shop.run();
    EXPECT_THAT(shop.exceptions(), Not(testing::Contains(StartsWith("implausible_date"))));
}

TEST(Days, a_lost_date_passes_no_day_and_is_none_that_a_volume_is_judged_by) {
    DaysShop shop;
    shop.write("checks/volume.yaml",
               "check: volume\nowner: ana\nseverity: note\nexception_severity: high\n"
               "volume: {source: till, stream: lines_by_id, measure: events}\n");
    shop.bank("2026-03-10", {"t1,2026-02-20,10.00,a"});
    shop.sell("2026-03-10", {"a,2026-03-01,10.00,c1", "b,0001-01-02,99.00,c2"});
    shop.run();
    EXPECT_EQ(shop.on("2026-02-25"),
              "nothing provisional 0: open: till/lines_by_id has no record of this day or before");
    EXPECT_THAT(shop.exceptions(), ElementsAre("implausible_date till/lines_by_id commerce EUR"));
}

TEST(Days, a_day_that_a_volume_check_doubts_is_not_verified) {
    DaysShop shop;
    shop.write("checks/volume.yaml",
               "check: volume\nowner: ana\nseverity: note\nexception_severity: high\n"
               "volume: {source: till, stream: lines_by_id, measure: events}\n");
    std::vector<std::string> lines;
    for (int day = 1; day <= 28; ++day) {
        for (int order = 0; order < 10 && day != 20; ++order)
            lines.push_back(fmt::format("o{0}-{1},2026-02-{0:02},10.00,c{1}", day, order));
    }
    shop.sell("2026-03-10", lines);
    shop.run();
    EXPECT_THAT(shop.on("2026-02-20"), StartsWith("- provisional 1: open exception"));
    EXPECT_EQ(shop.on("2026-02-21"), "100.00 verified 1");
    EXPECT_THAT(shop.acts("customers", Grain::month),
                ElementsAre("2026-02 10 provisional 1", "2026-03 nothing provisional 0"));
}

TEST(Days, with_entries_wait_for_no_other_stream_but_for_the_check_that_expects_it) {
    Lines till;
    Lines web;
    for (int day = 1; day <= 28; ++day) {
        till.push_back(fmt::format("t{0},2026-02-{0:02},1.00,c1", day));
        for (int order = 0; order < 10 && day <= 24; ++order)
            web.push_back(fmt::format("w{0}-{1},2026-02-{0:02},10.00,c{1}", day, order));
    }
    DaysShop shop;
    shop.sell("2026-03-05", till, "till");
    shop.sell("2026-03-05", web, "web");
    shop.run();
    EXPECT_EQ(shop.on("2026-02-26"), "1.00 verified 1");
    shop.write("checks/volume.yaml",
               "check: volume\nowner: ana\nseverity: note\nexception_severity: high\n"
               "volume: {source: web, stream: lines_by_id, measure: events}\n");
    shop.run("2026-03-05");
    EXPECT_THAT(shop.on("2026-02-25"), StartsWith("1.00 provisional 1: open exception"));
    EXPECT_THAT(shop.on("2026-02-28"), StartsWith("1.00 provisional 1: open exception"));
    EXPECT_EQ(shop.on("2026-02-24"), "101.00 verified 1");
}

TEST(Days, a_stale_stream_makes_the_days_since_doubtful_by_the_logs_today) {
    DaysShop shop;
    shop.write("checks/fresh.yaml",
               "check: fresh\nowner: ana\nseverity: note\nexception_severity: high\n"
               "freshness: {source: till, stream: lines_by_id, within_hours: 36}\n");
    shop.sell("2026-03-05", {"a,2026-03-01,10.00,c1", "b,2026-03-05,10.00,c1"}, "till");
    shop.sell("2026-03-05", {"c,2026-03-01,20.00,c2"}, "web");
    shop.run();
    EXPECT_THAT(shop.exceptions(), IsEmpty());
    shop.sell("2026-03-10", {"d,2026-03-06,20.00,c2"}, "web");
    shop.run();
    EXPECT_THAT(shop.exceptions(), ElementsAre(StartsWith("freshness")));
    EXPECT_THAT(shop.on("2026-03-06"), StartsWith("20.00 provisional 1: open exception"));
    EXPECT_EQ(shop.on("2026-03-01"), "30.00 verified 1");
}

}  // namespace
}  // namespace meshline
