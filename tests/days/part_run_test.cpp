// Goal: a run over a part of the days calls nothing verified that is not what the log says: what
// moved outside of the part waits for a whole run as provisional, and says so.
// Method: small shops with a run of all days, then something that moves days inside and outside of
// a part, and runs of that part and of all; then random histories against a plain model.
#include "days/days_shop.hpp"

#include <algorithm>
#include <cmath>
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
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

using Lines = std::vector<std::string>;

constexpr const char* moved = "moved: awaits a run without --from and --to";
constexpr const char* waits = "not published yet: awaits a run without --from and --to";

/// Ten euros on each of the first days of March and a record of the 9th, all published.
class PartRun : public testing::Test {
  protected:
    PartRun() {
        shop_.sell("2026-03-10", {"a,2026-03-01,10.00,c1", "b,2026-03-02,10.00,c2",
                                  "c,2026-03-03,10.00,c3", "d,2026-03-09,10.00,c4"});
        shop_.run();
    }

    DaysShop shop_;
};

TEST_F(PartRun, a_late_record_outside_makes_its_day_provisional_until_a_whole_run) {
    shop_.sell("2026-03-11", {"late,2026-03-02,5.00,c5", "also,2026-03-03,7.00,c5"});
    shop_.run_part("2026-03-03", "2026-03-04");
    EXPECT_EQ(shop_.on("2026-03-02"), fmt::format("10.00 provisional 1: {}", moved));
    EXPECT_EQ(shop_.on("2026-03-03"), "17.00 restated 2");
    EXPECT_EQ(shop_.on("2026-03-01"), "10.00 verified 1");
    shop_.run();
    EXPECT_EQ(shop_.on("2026-03-02"), "15.00 restated 2");
    EXPECT_EQ(shop_.on("2026-03-03"), "17.00 restated 2");
    EXPECT_TRUE(shop_.verifies());
}

TEST_F(PartRun, an_order_that_leaves_or_enters_the_part_is_called_verified_once) {
    shop_.sell("2026-03-11", {"b,2026-03-03,10.00,c2", "c,2026-03-02,10.50,c3"});
    shop_.run_part("2026-03-03", "2026-03-03");
    EXPECT_EQ(shop_.on("2026-03-02"), fmt::format("10.00 provisional 1: {}", moved));
    shop_.run();
    EXPECT_EQ(shop_.on("2026-03-02"), "10.50 restated 2");
    EXPECT_EQ(shop_.on("2026-03-03"), "10.00 verified 1");
}

TEST_F(PartRun, a_zero_outside_that_a_late_record_filled_is_doubted) {
    ASSERT_EQ(shop_.on("2026-03-05"), "- verified 1");
    shop_.sell("2026-03-11", {"late,2026-03-05,5.00,c5"});
    shop_.run_part("2026-03-01", "2026-03-02");
    EXPECT_EQ(shop_.on("2026-03-05"), fmt::format("- provisional 1: {}", moved));
    EXPECT_EQ(shop_.on("2026-03-04"), "- verified 1");
    shop_.run();
    EXPECT_EQ(shop_.on("2026-03-05"), "5.00 restated 2");
}

TEST_F(PartRun, an_open_day_outside_gets_no_figure) {
    ASSERT_THAT(shop_.on("2026-03-10"), StartsWith("nothing provisional 0: open"));
    // The 10th is filled, the 11th is passed, the 14th is open as before.
    shop_.sell("2026-03-14", {"e,2026-03-10,5.00,c5", "f,2026-03-12,6.00,c5"});
    shop_.run_part("2026-03-01", "2026-03-02");
    EXPECT_EQ(shop_.on("2026-03-10"), fmt::format("nothing provisional 0: {}", waits));
    EXPECT_EQ(shop_.on("2026-03-11"), fmt::format("nothing provisional 0: {}", waits));
    EXPECT_EQ(shop_.on("2026-03-12"), fmt::format("nothing provisional 0: {}", waits));
    EXPECT_THAT(shop_.on("2026-03-14"), StartsWith("nothing provisional 0: open"));
    shop_.run();
    EXPECT_EQ(shop_.on("2026-03-10"), "5.00 verified 1");
    EXPECT_EQ(shop_.on("2026-03-11"), "- verified 1");
    EXPECT_EQ(shop_.on("2026-03-12"), "6.00 verified 1");
}

TEST_F(PartRun, what_moved_and_moved_back_is_verified_as_before) {
    shop_.sell("2026-03-11", {"b,2026-03-02,12.00,c2"});
    shop_.run_part("2026-03-01", "2026-03-01");
    ASSERT_THAT(shop_.on("2026-03-02"), StartsWith("10.00 provisional 1"));
    // Other bytes: the very first ones would be a duplicate.
    shop_.sell("2026-03-11", {"b,2026-03-02,10.0,c2"});
    shop_.run_part("2026-03-01", "2026-03-01");
    EXPECT_EQ(shop_.on("2026-03-02"), "10.00 verified 1");
}

TEST_F(PartRun, twice_is_once_and_parts_after_parts_forget_nothing) {
    shop_.sell("2026-03-11", {"late,2026-03-02,5.00,c5", "also,2026-03-05,7.00,c5"});
    shop_.run_part("2026-03-03", "2026-03-03");
    const std::size_t count = shop_.publication_count();
    shop_.run_part("2026-03-03", "2026-03-03");
    EXPECT_EQ(shop_.publication_count(), count);
    shop_.run_part("2026-03-05", "2026-03-05");
    EXPECT_EQ(shop_.on("2026-03-05"), "7.00 restated 2");
    EXPECT_THAT(shop_.on("2026-03-02"), StartsWith("10.00 provisional 1: moved"));
    // A later part finds what an earlier one brought as it is.
    shop_.run_part("2026-03-02", "2026-03-02");
    EXPECT_EQ(shop_.on("2026-03-02"), "15.00 restated 2");
    EXPECT_EQ(shop_.on("2026-03-05"), "7.00 restated 2");
    shop_.run();
    EXPECT_EQ(shop_.on("2026-03-02"), "15.00 restated 2");
    EXPECT_TRUE(shop_.verifies());
    const std::size_t after = shop_.publication_count();
    shop_.run();
    EXPECT_EQ(shop_.publication_count(), after);
}

TEST_F(PartRun, days_that_other_definitions_move_wait_and_those_of_the_part_go_back_with_them) {
    constexpr const char* metric =
        "metric: net_sales\nowner: ana\nbook: commerce\ndate_basis: order_day\nsum: [{}]\n";
    shop_.write("metrics/net_sales.yaml", fmt::format(fmt::runtime(metric), "discount, return"));
    shop_.run_part("2026-03-03", "2026-03-04");
    EXPECT_EQ(shop_.on("2026-03-02"), fmt::format("10.00 provisional 1: {}", moved));
    EXPECT_EQ(shop_.on("2026-03-03"), "- restated 2");
    EXPECT_EQ(shop_.on("2026-03-04"), "- verified 1");
    // The sums are there now; another part has to find what moved all the same.
    shop_.run_part("2026-03-01", "2026-03-01");
    EXPECT_EQ(shop_.on("2026-03-02"), fmt::format("10.00 provisional 1: {}", moved));
    shop_.write("metrics/net_sales.yaml",
                fmt::format(fmt::runtime(metric), "gross_sale, discount, return"));
    shop_.run();
    EXPECT_EQ(shop_.on("2026-03-01"), "10.00 restated 3");
    EXPECT_EQ(shop_.on("2026-03-02"), "10.00 verified 1");
    EXPECT_EQ(shop_.on("2026-03-03"), "10.00 restated 3");
    EXPECT_TRUE(shop_.verifies());
}

TEST_F(PartRun, what_a_check_keeps_out_outside_of_the_part_waits) {
    shop_.sell("2026-03-11", {"large,2026-03-02,900.00,c5", "wide,2026-03-03,901.00,c5"});
    shop_.run();
    shop_.write("checks/large.yaml",
                "check: large\nowner: ana\nseverity: quarantine\nexception_severity: low\n"
                "row: {book: commerce, entries: [gross_sale], column: amount, at_most: 500}\n");
    shop_.run_part("2026-03-03", "2026-03-03");
    EXPECT_THAT(shop_.on("2026-03-02"), StartsWith("910.00 provisional 2: moved"));
    EXPECT_EQ(shop_.on("2026-03-03"), "10.00 restated 3");
    shop_.run();
    EXPECT_EQ(shop_.on("2026-03-02"), "10.00 restated 3");
    EXPECT_THAT(shop_.acts("customers", Grain::month), ElementsAre("2026-03 4 provisional 3"));
    EXPECT_TRUE(shop_.verifies());
}

TEST_F(PartRun, a_held_day_is_looked_at_by_every_run) {
    constexpr const char* check =
        "check: known\nowner: ana\nseverity: hold\nexception_severity: low\n"
        "row: {{book: commerce, entries: [gross_sale], column: amount, at_most: {}}}\n";
    shop_.write("checks/known.yaml", fmt::format(fmt::runtime(check), 500));
    shop_.sell("2026-03-14", {"large,2026-03-10,900.00,c5", "e,2026-03-12,1.00,c1"});
    shop_.run();
    ASSERT_THAT(shop_.on("2026-03-10"), StartsWith("nothing held 0"));
    shop_.write("checks/known.yaml", fmt::format(fmt::runtime(check), 1000));
    shop_.run_part("2026-03-01", "2026-03-01");
    EXPECT_EQ(shop_.on("2026-03-10"), "900.00 verified 1");
    EXPECT_THAT(shop_.acts("net_sales"), testing::Each(testing::Not(HasSubstr(" held "))));
}

TEST_F(PartRun, a_day_that_is_held_outside_of_the_part_says_so) {
    shop_.write("checks/known.yaml",
                "check: known\nowner: ana\nseverity: hold\nexception_severity: low\n"
                "row: {book: commerce, entries: [gross_sale], column: amount, at_most: 500}\n");
    shop_.sell("2026-03-14", {"large,2026-03-02,900.00,c5"});
    shop_.run_part("2026-03-01", "2026-03-01");
    EXPECT_THAT(shop_.on("2026-03-02"), StartsWith("10.00 held 1"));
}

TEST_F(PartRun, longer_periods_wait_for_a_whole_run) {
    shop_.sell("2026-04-10", {"e,2026-04-09,10.00,c1"});
    shop_.run();
    ASSERT_THAT(shop_.acts("customers", Grain::month), Contains("2026-03 4 verified 1"));
    shop_.sell("2026-04-11", {"late,2026-03-03,5.00,c5"});
    shop_.run_part("2026-03-03", "2026-03-03");
    EXPECT_EQ(shop_.on("2026-03-03", "customers"), "2 restated 2");
    EXPECT_THAT(shop_.acts("customers", Grain::month), Contains("2026-03 4 provisional 1"));
    EXPECT_THAT(shop_.reasons("customers", Grain::month), Contains(moved));
    shop_.run_part("2026-03-03", "2026-03-03");
    EXPECT_THAT(shop_.acts("customers", Grain::month), Contains("2026-03 4 provisional 1"));
    shop_.run();
    EXPECT_THAT(shop_.acts("customers", Grain::month), Contains("2026-03 5 restated 2"));
    EXPECT_TRUE(shop_.verifies());
}

TEST_F(PartRun, a_period_whose_days_are_doubtful_is_so_too_though_it_did_not_move) {
    shop_.sell("2026-04-10", {"e,2026-04-09,10.00,c1"});
    shop_.run();
    // c1 is one customer of March already.
    shop_.sell("2026-04-11", {"late,2026-03-03,5.00,c1"});
    shop_.run_part("2026-03-01", "2026-03-01");
    EXPECT_THAT(shop_.acts("customers", Grain::month), Contains("2026-03 4 provisional 1"));
    shop_.run_part("2026-03-03", "2026-03-03");
    EXPECT_THAT(shop_.acts("customers", Grain::month), Contains("2026-03 4 verified 1"));
}

TEST(PartRunFirst, of_a_client_never_published_leaves_all_other_days_without_a_figure) {
    DaysShop shop;
    shop.sell("2026-03-07", {"a,2026-03-01,10.00,c1", "b,2026-03-02,10.00,c1",
                             "c,2026-03-04,10.00,c1", "d,2026-03-05,10.00,c1"});
    shop.run_part("2026-03-02", "2026-03-03");
    const Lines after_part = {"2026-03-01 nothing provisional 0", "2026-03-02 10.00 verified 1",
                              "2026-03-03 - verified 1",
                              "2026-03-04..2026-03-05 nothing provisional 0",
                              "2026-03-06..2026-03-07 nothing provisional 0"};
    EXPECT_EQ(shop.acts("net_sales"), after_part);
    EXPECT_EQ(shop.on("2026-03-04"), fmt::format("nothing provisional 0: {}", waits));
    EXPECT_THAT(shop.acts("customers", Grain::month), ElementsAre("2026-03 nothing provisional 0"));
    shop.run_part("2026-03-02", "2026-03-03");
    EXPECT_EQ(shop.acts("net_sales"), after_part);
    shop.run();
    EXPECT_THAT(shop.acts("net_sales"), Contains("2026-03-04 10.00 verified 1"));
    EXPECT_THAT(shop.acts("customers", Grain::month), ElementsAre("2026-03 1 provisional 1"));
    EXPECT_TRUE(shop.verifies());
}

struct SoldLine {
    BusinessDate day;
    int cents = 0;
    std::string customer;
};
std::string text_of(const std::string& id, const SoldLine& line) {
    return fmt::format("{},{},{}.{:02},{}", id, line.day.text(), line.cents / 100, line.cents % 100,
                       line.customer);
}

using SoldLines = std::map<std::string, SoldLine>;

/// What a shop sold, and the amount above which a check keeps lines out of every figure.
struct Sold {
    SoldLines lines;
    int limit = 0;
};

/// What each day or month comes to, the slow way, in hundredths; what is not there comes to
/// nothing.
std::map<std::string, int> model(const Sold& sold, const std::string& metric, Grain grain) {
    std::map<std::string, std::set<std::string>> customers;
    std::map<std::string, int> values;
    for (const auto& [id, line] : sold.lines) {
        if (line.cents > 100 * sold.limit) continue;
        const std::string period = period_text(grain, period_start(grain, line.day));
        const bool is_new = customers[period].insert(line.customer).second;
        values[period] += metric == "customers" ? (is_new ? 100 : 0) : line.cents;
    }
    return values;
}

/// Each live act of the grain that claims to be final has the figure of the model. Returns how many
/// there are, ranges as one.
int count_true_claims(DaysShop& shop, const Sold& sold, const std::string& metric, Grain grain) {
    int claims = 0;
    const auto expected = model(sold, metric, grain);
    for (const std::string& act : shop.acts(metric, grain)) {
        const bool is_final = act.find(" verified ") != std::string::npos ||
                              act.find(" restated ") != std::string::npos;
        if (!is_final) continue;
        ++claims;
        const std::size_t blank = act.find(' ');
        const std::string period = act.substr(0, blank);
        const std::string value = act.substr(blank + 1, act.find(' ', blank + 1) - blank - 1);
        const long hundredths = value == "-" ? 0 : std::lround(std::stod(value) * 100);
        const std::string first = period.substr(0, period.find(".."));
        const std::string last =
            period.find("..") == std::string::npos ? first : period.substr(period.find("..") + 2);
        for (auto found = expected.lower_bound(first);
             found != expected.end() && found->first <= last; ++found)
            EXPECT_EQ(hundredths, found->second) << act;
        if (!expected.contains(first)) EXPECT_EQ(hundredths, 0) << act;
    }
    return claims;
}

void limit_amounts(DaysShop& shop, int limit) {
    shop.write("checks/large.yaml",
               fmt::format("check: large\nowner: ana\nseverity: quarantine\n"
                           "exception_severity: low\nrow: {{book: commerce, entries: [gross_sale],"
                           " column: amount, at_most: {}}}\n",
                           limit));
}

TEST(PartRunRandom, nothing_that_is_called_final_is_wrong_after_any_run) {
    for (unsigned seed = 1; seed <= 3; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        DaysShop shop;
        Sold sold;
        int line_count = 0;
        int claims = 0;
        const BusinessDate first = *BusinessDate::parse("2026-02-20");
        const auto any_day = [&] {
            return BusinessDate{first.days + static_cast<int>(random() % 16)};
        };
        for (int round = 0; round < 6; ++round) {
            sold.limit = 2 + static_cast<int>(random() % 2);
            limit_amounts(shop, sold.limit);
            Lines texts;
            for (int line = 0; line < 6; ++line) {
                const std::string id = fmt::format("l{}", random() % 25);
                SoldLine& one = sold.lines[id];
                // Other bytes each time: those that came before would be a duplicate.
                one = {any_day(), 100 * static_cast<int>(random() % 5) + ++line_count,
                       fmt::format("c{}", random() % 4)};
                texts.push_back(text_of(id, one));
            }
            shop.sell(fmt::format("2026-03-{:02}", 10 + round), texts);
            if (random() % 3 == 0) {
                shop.run();
            } else {
                const auto [from, to] = std::minmax({any_day(), any_day()});
                shop.run_part(from.text(), to.text());
            }
            for (const char* metric : {"net_sales", "customers"})
                claims += count_true_claims(shop, sold, metric, Grain::day);
            claims += count_true_claims(shop, sold, "customers", Grain::month);
        }
        EXPECT_GT(claims, 20);
        shop.run();
        EXPECT_TRUE(shop.verifies());
        DaysShop fresh;
        limit_amounts(fresh, sold.limit);
        Lines texts;
        for (const auto& [id, line] : sold.lines)
            texts.push_back(text_of(id, line));
        fresh.sell("2026-03-15", texts);
        fresh.run();
        for (const Grain grain : {Grain::day, Grain::week, Grain::month, Grain::all})
            EXPECT_EQ(shop.values("customers", grain), fresh.values("customers", grain));
        EXPECT_EQ(shop.values("net_sales"), fresh.values("net_sales"));
    }
}

}  // namespace
}  // namespace meshline
