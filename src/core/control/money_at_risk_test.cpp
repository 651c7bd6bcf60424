// Goal: a client's money at risk counts each thing once, and says where it cannot know. Method:
// exceptions with their claims, and what they come to.
#include "core/control/money_at_risk.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

struct Part {
    ClaimKind kind = ClaimKind::entry;
    const char* subject = "";
    const char* amount = "";
    const char* day = "2026-03-01";
    const char* book = "commerce";
};

struct Exception {
    const char* by;
    const char* at_risk;
    std::vector<Part> claims = {};
    const char* client = "shop";
    const char* currency = "USD";
    ExceptionStatus status = ExceptionStatus::open;
};

WideDecimal decimal(const char* text) {
    return *WideDecimal::parse(text, Rounding::exact);
}

std::vector<std::string> totals(const std::vector<Exception>& exceptions) {
    std::vector<ExceptionItem> items;
    for (const Exception& one : exceptions) {
        ExceptionItem& item = items.emplace_back();
        item.client = ClientId(one.client);
        item.status = one.status;
        if (*one.at_risk) {
            item.finding.at_risk =
                WideMoney(decimal(one.at_risk), *Currency::from_code(one.currency));
        }
        item.finding.claims.by = one.by;
        for (const Part& part : one.claims) {
            item.finding.claims.list.push_back({part.kind, part.book,
                                                *BusinessDate::parse(part.day), part.subject,
                                                decimal(part.amount)});
        }
    }
    std::vector<std::string> texts;
    for (const MoneyAtRisk& risk : money_at_risk(items)) {
        texts.push_back(fmt::format("{}: {}{}, estimated {}", risk.client.text(),
                                    risk.is_at_least ? "at least " : "", risk.counted.text(),
                                    risk.estimated.text()));
    }
    return texts;
}

constexpr auto entry = ClaimKind::entry;
constexpr auto rest = ClaimKind::rest;
constexpr auto estimate = ClaimKind::estimate;
using Texts = std::vector<std::string>;

TEST(MoneyAtRiskTest, an_entry_counts_once_at_the_largest_claim) {
    EXPECT_EQ(totals({{"orders_to_payments", "120", {{entry, "1 gross_sale 1", "120"}}},
                      {"deals_to_orders", "120", {{entry, "1 gross_sale 1", "120"}}},
                      {"amounts_sane", "5", {{entry, "1 gross_sale 1", "5"}}},
                      {"orders_to_payments", "30", {{entry, "2 gross_sale 1", "30"}}}}),
              (Texts{"shop: 150.00 USD, estimated 0.00 USD"}));
}

TEST(MoneyAtRiskTest, what_nobody_else_claims_counts_in_full) {
    EXPECT_EQ(totals({{"", "7"}, {"", "8"}, {"", ""}}),
              (Texts{"shop: 15.00 USD, estimated 0.00 USD"}));
}

TEST(MoneyAtRiskTest, an_estimate_counts_once_for_stream_and_day_and_apart) {
    EXPECT_EQ(totals({{"gross", "900", {{estimate, "shop/orders", "900"}}},
                      {"net", "800", {{estimate, "shop/orders", "800"}}},
                      {"net", "100", {{estimate, "shop/orders", "100", "2026-03-02"}}},
                      {"fees", "1", {{estimate, "stripe/charges", "1"}}}}),
              (Texts{"shop: 0.00 USD, estimated 1001.00 USD"}));
}

TEST(MoneyAtRiskTest, a_rest_beside_its_own_claimants_entries_is_exact) {
    EXPECT_EQ(totals({{"payments", "100", {{entry, "1 gross_sale 1", "100"}}},
                      {"payments", "500", {{rest, "", "500"}}},
                      {"payments", "40", {{rest, "", "40", "2026-03-02"}}}}),
              (Texts{"shop: 640.00 USD, estimated 0.00 USD"}));
}

TEST(MoneyAtRiskTest, rests_of_two_claimants_may_be_the_same) {
    EXPECT_EQ(totals({{"payments", "600", {{entry, "1 gross_sale 1", "100"}, {rest, "", "500"}}},
                      {"deals", "550", {{rest, "", "550"}}}}),
              (Texts{"shop: at least 600.00 USD, estimated 0.00 USD"}));
}

TEST(MoneyAtRiskTest, a_rest_and_anothers_entry_may_be_the_same) {
    EXPECT_EQ(totals({{"payments", "500", {{rest, "", "500"}}},
                      {"sane", "9", {{entry, "7 gross_sale 1", "9"}}}}),
              (Texts{"shop: at least 500.00 USD, estimated 0.00 USD"}));
    // Not on another day, and not in another book.
    EXPECT_EQ(totals({{"payments", "500", {{rest, "", "500"}}},
                      {"sane", "9", {{entry, "7 gross_sale 1", "9", "2026-03-02"}}},
                      {"sane", "2", {{entry, "8 charge 1", "2", "2026-03-01", "payments"}}}}),
              (Texts{"shop: 511.00 USD, estimated 0.00 USD"}));
}

TEST(MoneyAtRiskTest, clients_and_currencies_are_never_added_and_closed_ones_do_not_count) {
    EXPECT_EQ(totals({{"a", "1", {{entry, "1 charge 1", "1"}}},
                      {"a", "2", {{entry, "1 charge 1", "2"}}, "tokyo", "JPY"},
                      {"a", "3", {{entry, "1 charge 1", "3"}}, "shop", "EUR"},
                      {"a", "4", {}, "shop", "USD", ExceptionStatus::closed}}),
              (Texts{"shop: 3.00 EUR, estimated 0.00 EUR", "shop: 1.00 USD, estimated 0.00 USD",
                     "tokyo: 2 JPY, estimated 0 JPY"}));
}

TEST(ClaimsUpTo, names_no_more_than_the_amount_and_all_of_it) {
    const BusinessDate day = *BusinessDate::parse("2026-03-01");
    const std::vector<Claim> claims = {{entry, "commerce", day, "1 gross_sale 1", decimal("130")},
                                       {entry, "commerce", day, "1 discount 1", decimal("10")}};
    const auto of = [&](const char* amount) {
        std::string text;
        for (const Claim& claim : claims_up_to(claims, decimal(amount)))
            text += fmt::format("{} {}; ", name_of(claim.kind), claim.amount.text());
        return text;
    };
    EXPECT_EQ(of("5"), "entry 5; ");
    EXPECT_EQ(of("130"), "entry 130; ");
    EXPECT_EQ(of("135"), "entry 130; entry 5; ");
    EXPECT_EQ(of("150"), "entry 130; entry 10; rest 10; ");
    EXPECT_TRUE(claims_up_to({}, decimal("150")).empty());
}

}  // namespace
}  // namespace meshline
