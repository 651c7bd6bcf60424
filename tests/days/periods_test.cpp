// Goal: what does not add up is counted for the period that is asked for, late or early, and its
// state is the least of its days'.
// Method: customers who buy on several days; then random histories against a plain count.
#include "days/days_shop.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <set>

namespace meshline {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::StartsWith;

TEST(Periods, one_customer_on_three_days_is_one) {
    DaysShop shop;
    shop.sell("2026-04-10",
              {"a,2026-03-02,10.00,c1", "b,2026-03-03,10.00,c1", "c,2026-03-04,10.00,c1",
               "d,2026-03-31,10.00,c2", "e,2026-04-05,10.00,c1"});
    shop.run();
    EXPECT_THAT(shop.acts("customers", Grain::week), Contains("2026-W10 1 verified 1"));
    EXPECT_THAT(shop.acts("customers", Grain::month),
                ElementsAre("2026-03 2 verified 1", "2026-04 1 provisional 1"));
    EXPECT_THAT(shop.acts("customers", Grain::all), ElementsAre("all 2 provisional 1"));
    EXPECT_THAT(shop.acts("net_sales", Grain::month), testing::IsEmpty());
    EXPECT_TRUE(shop.verifies());
}

TEST(Periods, a_late_record_moves_the_periods_that_it_changes) {
    DaysShop shop;
    shop.sell("2026-04-10", {"a,2026-03-02,10.00,c1", "b,2026-04-05,10.00,c1"});
    shop.run();
    // c1 again on another day of March: no period changes. c2 is new.
    shop.sell("2026-04-11", {"c,2026-03-20,10.00,c1"});
    shop.run();
    EXPECT_THAT(shop.acts("customers", Grain::month), Contains("2026-03 1 verified 1"));
    shop.sell("2026-04-12", {"d,2026-03-21,10.00,c2"});
    shop.run();
    EXPECT_THAT(shop.acts("customers", Grain::month), Contains("2026-03 2 restated 2"));
    // Taken back by a later revision of the line.
    shop.sell("2026-04-13", {"d,2026-03-21,10.00,c1"});
    shop.run();
    EXPECT_THAT(shop.acts("customers", Grain::month), Contains("2026-03 1 restated 3"));
    EXPECT_TRUE(shop.verifies());
}

TEST(Periods, one_that_has_not_ended_says_so) {
    DaysShop shop;
    shop.sell("2026-03-31", {"a,2026-03-02,10.00,c1", "b,2026-03-30,10.00,c1"});
    shop.run();
    EXPECT_THAT(shop.acts("customers", Grain::month), ElementsAre("2026-03 1 provisional 1"));
    // The month is over; its last day has to settle.
    shop.sell("2026-04-01", {"c,2026-04-01,10.00,c1"});
    shop.run();
    EXPECT_THAT(shop.acts("customers", Grain::month), Contains("2026-03 1 provisional 1"));
    shop.sell("2026-04-02", {"d,2026-04-02,10.00,c1"});
    shop.run();
    EXPECT_THAT(shop.acts("customers", Grain::month), Contains("2026-03 1 verified 1"));
}

TEST(Periods, one_whose_days_are_all_open_has_no_figure) {
    DaysShop shop;
    shop.sell("2026-04-10", {"a,2026-02-20,10.00,c1"});
    shop.run();
    EXPECT_THAT(shop.acts("customers", Grain::month),
                ElementsAre("2026-02 1 provisional 1", "2026-03 nothing provisional 0",
                            "2026-04 nothing provisional 0"));
    EXPECT_THAT(shop.acts("customers", Grain::week), Contains("2026-W10 nothing provisional 0"));
    // Once they have passed it is zero, and that is its first figure.
    shop.sell("2026-04-11", {"b,2026-04-05,10.00,c1"});
    shop.run();
    EXPECT_THAT(
        shop.acts("customers", Grain::month),
        ElementsAre("2026-02 1 verified 1", "2026-03 - verified 1", "2026-04 1 provisional 1"));
    EXPECT_TRUE(shop.verifies());
}

TEST(Periods, one_with_a_day_that_passed_has_one_though_others_are_open) {
    DaysShop shop;
    shop.sell("2026-04-10", {"a,2026-02-20,10.00,c1", "b,2026-03-02,10.00,c1"});
    shop.run();
    // The line moves away; its day has passed by the record that it was.
    shop.sell("2026-04-10", {"b,2026-02-20,10.00,c1"});
    shop.run();
    EXPECT_EQ(shop.on("2026-03-01"), "- verified 1");
    EXPECT_THAT(shop.acts("customers", Grain::month), Contains("2026-03 - provisional 2"));
}

/// The distinct customers of each period, counted the slow way.
std::map<std::string, std::size_t> counted(
    const std::map<std::string, std::pair<BusinessDate, std::string>>& lines, Grain grain) {
    std::map<std::string, std::set<std::string>> customers;
    for (const auto& [id, line] : lines)
        customers[period_text(grain, period_start(grain, line.first))].insert(line.second);
    std::map<std::string, std::size_t> counts;
    for (const auto& [period, of_period] : customers)
        counts[period] = of_period.size();
    return counts;
}

TEST(Periods, random_histories_agree_with_a_plain_count) {
    for (unsigned seed = 1; seed <= 3; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        DaysShop shop;
        std::map<std::string, std::pair<BusinessDate, std::string>> lines;
        const BusinessDate first = *BusinessDate::parse("2025-11-20");
        for (int round = 0; round < 4; ++round) {
            std::vector<std::string> texts;
            for (int line = 0; line < 25; ++line) {
                // Some ids come again, on another day or for another customer.
                const std::string id = "l" + std::to_string(random() % 60);
                const BusinessDate day{first.days + static_cast<int>(random() % 70)};
                const std::string customer = "c" + std::to_string(random() % 12);
                lines[id] = {day, customer};
                texts.push_back(fmt::format("{},{},1.00,{}", id, day.text(), customer));
            }
            shop.sell("2026-03-0" + std::to_string(round + 1), texts);
            shop.run();
            for (const Grain grain : longer_grains) {
                std::map<std::string, std::size_t> published;
                for (const std::string& act : shop.acts("customers", grain)) {
                    const std::size_t blank = act.find(' ');
                    const std::string value =
                        act.substr(blank + 1, act.find(' ', blank + 1) - blank - 1);
                    if (value != "-" && value != "nothing")
                        published[act.substr(0, blank)] = std::stoul(value);
                }
                ASSERT_EQ(published, counted(lines, grain)) << name_of(grain);
            }
        }
        EXPECT_TRUE(shop.verifies());
    }
}

}  // namespace
}  // namespace meshline
