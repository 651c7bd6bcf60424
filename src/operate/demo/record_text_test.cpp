// Goal: the small rules that every record stands on: drawing, dividing, writing times and amounts.
// Method: values worked out by hand, at the edges (changes of the clocks, currencies without
// cents).
#include "operate/demo/records.hpp"
#include "operate/demo/seeded_random.hpp"
#include "operate/demo/trade.hpp"

#include <array>
#include <gtest/gtest.h>

namespace meshline {
namespace {

Trade trade_of(std::size_t shop) {
    const auto from = BusinessDate::from_civil(2026, 1, 1).value();
    return open_trade(demo_shops()[shop], from, 1).value();
}

TEST(seeded_random, purposes_are_apart_and_repeatable) {
    SeededRandom first(7, "orders");
    SeededRandom again(7, "orders");
    SeededRandom other(7, "payments");
    const std::uint64_t drawn = first.next();
    EXPECT_EQ(drawn, again.next());
    EXPECT_NE(drawn, other.next());
}

TEST(seeded_random, draws_stay_within_their_bounds) {
    SeededRandom random(1, "bounds");
    const std::array weights = {0, 3, 0, 1};
    std::array<int, 4> picked{};
    for (int draw = 0; draw < 4000; ++draw) {
        const std::int64_t number = random.between(-2, 2);
        ASSERT_GE(number, -2);
        ASSERT_LE(number, 2);
        ++picked[random.pick(weights)];
    }
    EXPECT_EQ(picked[0] + picked[2], 0);
    EXPECT_GT(picked[1], picked[3] * 2);
    EXPECT_EQ(random.letters(24).size(), 24U);
    EXPECT_FALSE(SeededRandom(1, "never").happens(0));
    EXPECT_TRUE(SeededRandom(1, "always").happens(1000));
}

TEST(share, ties_go_away_from_zero) {
    EXPECT_EQ(share(1450, 8875, 100'000), 129);
    EXPECT_EQ(share(5, 1, 2), 3);
    EXPECT_EQ(share(4, 1, 2), 2);
    // 19 % inside 119.00.
    EXPECT_EQ(share(11'900, 19'000, 119'000), 1900);
    EXPECT_EQ(share(0, 1, 2), 0);
}

TEST(shop_time, follows_the_clocks_of_the_shop) {
    const Trade harbor = trade_of(0);
    // The last evening of winter time and the morning after the clocks went forward on 8 March.
    EXPECT_EQ(shop_time_text(harbor, harbor.at(65, 22 * 3600)), "2026-03-07T22:00:00-05:00");
    EXPECT_EQ(shop_time_text(harbor, harbor.at(66, 9 * 3600 + 61)), "2026-03-08T10:01:01-04:00");
    const Trade sakura = trade_of(2);
    EXPECT_EQ(shop_time_text(sakura, sakura.at(0, 7 * 3600)), "2026-01-01T07:00:00+09:00");
}

TEST(amount_text, has_the_digits_of_the_currency) {
    EXPECT_EQ(amount_text(trade_of(0), 1450), "14.50");
    EXPECT_EQ(amount_text(trade_of(0), -5), "-0.05");
    EXPECT_EQ(amount_text(trade_of(2), 1480), "1480");
}

TEST(bank_statement, is_written_as_the_country_writes) {
    Trade kiosk = trade_of(1);
    kiosk.payouts.push_back({.id = "po_1", .arrival_on = {kiosk.from.days + 4}, .amount = 123456});
    const ExportWindow first_days{.after = {}, .until = kiosk.at(5, 0)};
    EXPECT_EQ(write_bank_statement(kiosk, first_days),
              "Buchungstag;Verwendungszweck;Kundenreferenz;Betrag;Währung\r\n"
              "01.01.2026;Großhandel Nord;;-782,00;EUR\r\n"
              "01.01.2026;Miete Lager;;-1.530,00;EUR\r\n"
              "05.01.2026;STRIPE AUSZAHLUNG;po_1;1.234,56;EUR\r\n");
    Trade sakura = trade_of(2);
    sakura.payouts.push_back({.id = "po_2", .arrival_on = sakura.from, .amount = 1234567});
    const ExportWindow first_day{.after = {}, .until = sakura.at(1, 0)};
    EXPECT_EQ(write_bank_statement(sakura, first_day),
              "取引日,摘要,照会番号,金額,通貨\r\n"
              "2026-01-01,ストライプ 入金,po_2,\"1,234,567\",JPY\r\n"
              "2026-01-01,仕入先,,\"-136,160\",JPY\r\n"
              "2026-01-01,倉庫賃料,,\"-266,400\",JPY\r\n");
}

TEST(export_window, holds_changes_after_its_start_up_to_its_end) {
    const ExportWindow window{.after = {10}, .until = {20}};
    EXPECT_FALSE(window.holds({10}));
    EXPECT_TRUE(window.holds({11}));
    EXPECT_TRUE(window.holds({20}));
    EXPECT_FALSE(window.holds({21}));
}

}  // namespace
}  // namespace meshline
