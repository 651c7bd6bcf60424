// Goal: a metric is what its parts come to by their signs, day by day, and a day on which it is not
// is a finding. Method: a statement's turnover, credits and debits, of which the debits are shown
// as positive numbers.
#include "checks/checked_shop.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

std::string metric_of(const char* name, const char* rest) {
    return fmt::format("metric: {}\nowner: ana\nbook: bank\ndate_basis: bank_day\n{}", name, rest);
}

/// Findings where the turnover is said to be these parts.
std::vector<Finding> findings_of(const char* parts) {
    CheckedShop shop({});
    shop.define("metrics/turnover.yaml", metric_of("turnover", "sum: [bank_credit, bank_debit]\n"));
    shop.define("metrics/credits.yaml", metric_of("credits", "sum: [bank_credit]\n"));
    shop.define("metrics/debits.yaml", metric_of("debits", "sum: [bank_debit]\nnegate: true\n"));
    shop.define("checks/adds_up.yaml",
                fmt::format("check: adds_up\nowner: ana\nseverity: note\n"
                            "invariant: {{metric: turnover, equals: [{}]}}\n",
                            parts));
    shop.capture("bank", "statement", "id,day,amount\na,2026-03-01,10\nb,2026-03-01,-4\n");
    return shop.validate();
}

TEST(Invariant, parts_count_by_their_signs) {
    EXPECT_THAT(findings_of("+credits, -debits"), IsEmpty());
    const auto findings = findings_of("+credits, +debits");
    ASSERT_THAT(findings, SizeIs(1));
    EXPECT_EQ(findings.front().at_risk->text(), "8.00 EUR");
}

}  // namespace
}  // namespace meshline
