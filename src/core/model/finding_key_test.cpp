// Goal: what findings are about tells their keys apart, keys that were fine stay as they were, and
// two of one key lose nothing that keeps a figure from being called verified.
// Method: table cases, and random hostile parts of which no two lists may give one key.
#include "core/model/finding_key.hpp"

#include <gtest/gtest.h>
#include <map>
#include <rapidcheck.h>

namespace meshline {
namespace {

TEST(FindingKey, plain_parts_stand_as_they_are) {
    EXPECT_EQ(finding_key({"orders_to_payments", "missing_right", "left", "1001", "EUR"}),
              "orders_to_payments missing_right left 1001 EUR");
    EXPECT_EQ(finding_key({"check", "", "EUR"}), "check  EUR");
    EXPECT_EQ(finding_key({"check", "2026-03-01", ""}), "check 2026-03-01 ");
    EXPECT_EQ(finding_key({"shop/orders"}), "shop/orders");
    EXPECT_EQ(finding_key({"Spring Sale"}), "Spring Sale");
}

TEST(FindingKey, a_separator_in_a_part_is_no_separator) {
    EXPECT_EQ(finding_key({"a b", "c"}), "a\\_b c");
    EXPECT_EQ(finding_key({"a", "b c"}), "a b\\_c");
    EXPECT_EQ(finding_key({"a\\_b", "c"}), "a\\\\_b c");
    EXPECT_NE(finding_key({"x", "id"}), finding_key({"x", "id "}));
    EXPECT_NE(finding_key({"x", "Id"}), finding_key({"x", "id"}));
    EXPECT_EQ(finding_key_behind({"a b"}, finding_key({"c", "d e"})),
              finding_key({"a b", "c", "d e"}));
}

TEST(FindingKey, different_parts_give_different_keys) {
    rc::check([] {
        const auto part = [] {
            return rc::gen::container<std::string>(rc::gen::element('a', ' ', '\\', '_', 'E'));
        };
        const std::string one = *part();
        const std::string two = *part();
        const std::string three = *part();
        const std::string four = *part();
        RC_ASSERT((finding_key({one, two}) == finding_key({three, four})) ==
                  (one == three && two == four));
        RC_ASSERT(finding_key({one, two, three}) != finding_key({one, four}));
    });
}

TEST(FindingKey, findings_of_one_key_become_one_that_doubts_what_they_all_doubt) {
    Finding first;
    first.type = "check_failed";
    first.key = "a";
    first.severity = Severity::low;
    add_doubt(first, Book::commerce, {10}, {11});
    Finding second = first;
    second.severity = Severity::high;
    second.at_risk = Money{Decimal::from_micros(5).value(), Currency::from_code("EUR").value()};
    second.doubts.clear();
    add_doubt(second, Book::bank, {20}, {20});
    Finding other = first;
    other.key = "A";
    const auto merged = merge_same_keys({first, other, second});
    ASSERT_EQ(merged.size(), 2u);
    EXPECT_EQ(merged[0].severity, Severity::high);
    ASSERT_EQ(merged[0].doubts.size(), 2u);
    EXPECT_EQ(merged[0].doubts[1].book, "bank");
    EXPECT_TRUE(merged[0].at_risk.has_value());
    EXPECT_EQ(merged[0].evidence.back().second, "2 findings of this stage have this key");
    EXPECT_EQ(merged[1].key, "A");
}

}  // namespace
}  // namespace meshline
