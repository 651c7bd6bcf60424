// Goal: what streams state in one unknown code is one finding, and no two currencies are summed.
// Method: add findings of streams as normalize makes them, and look at what comes out.
#include "stages/normalize/unknown_currencies.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

using testing::ElementsAre;

UnknownCurrency of_stream(const std::string& stream, std::int64_t events, const char* owner,
                          std::optional<Money> at_risk) {
    Finding finding;
    finding.type = "unknown_currency";
    finding.owner = owner;
    finding.from = finding.to = BusinessDate{static_cast<std::int32_t>(20'000 + events)};
    add_doubt(finding, Book::commerce, *finding.from, *finding.to);
    finding.evidence = {{"events", "?"}, {"objects", stream}};
    if (at_risk) finding.at_risk = *at_risk;
    return {"USDC", stream, events, std::move(finding)};
}

Money money(std::int64_t whole, const char* code) {
    return {*Decimal::from_micros(static_cast<__int128>(whole) * Decimal::scale),
            *Currency::stored(code)};
}

std::vector<std::string> told(const std::vector<UnknownCurrency>& streams) {
    UnknownCurrencies currencies;
    for (const UnknownCurrency& one : streams)
        EXPECT_TRUE(currencies.add(one).ok());
    ClientDefinition client{.currency = *Currency::from_code("GBP")};
    client.head.owner = "finance";
    std::vector<std::string> told;
    for (const Finding& finding : currencies.take(client)) {
        told.push_back(finding.key + ", " + finding.owner + ", " +
                       (finding.at_risk ? finding.at_risk->text() : "nothing") + ": " +
                       finding.title);
        EXPECT_LE(*finding.from, *finding.to);
        EXPECT_EQ(finding.from, finding.doubts.front().from);
        EXPECT_EQ(finding.to, finding.doubts.back().to);
    }
    EXPECT_TRUE(currencies.take(client).empty());
    return told;
}

TEST(UnknownCurrencies, are_one_finding_over_all_streams) {
    EXPECT_THAT(told({of_stream("till/sales", 1, "shop", money(5, "USDC"))}),
                ElementsAre("USDC, shop, 5.00 USDC: 1 event of till/sales states the currency "
                            "\"USDC\", which is not known"));
    // One without an amount, and one of another owner: then it is the client's.
    EXPECT_THAT(told({of_stream("till/sales", 1, "shop", std::nullopt),
                      of_stream("till/tips", 2, "shop", money(5, "USDC")),
                      of_stream("web/orders", 1000, "online", money(7, "USDC"))}),
                ElementsAre("USDC, finance, 12.00 USDC: 1,003 events of till/sales, till/tips, "
                            "web/orders state the currency \"USDC\", which is not known"));
}

TEST(UnknownCurrencies, are_never_summed_with_another) {
    EXPECT_THAT(told({of_stream("till/sales", 1, "shop", money(5, "USDC")),
                      of_stream("till/sales", 2, "shop", money(9, "EUR"))}),
                ElementsAre("USDC, shop, 5.00 USDC: 1 event of till/sales states the currency "
                            "\"USDC\", which is not known",
                            "USDC EUR, shop, 9.00 EUR: 2 events of till/sales state the currency "
                            "\"USDC\", which is not known"));
}

}  // namespace
}  // namespace meshline
