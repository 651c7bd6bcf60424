// Goal: a stream is stale when its last record is more whole hours older than the client's latest
// than the check allows, and not before. Method: counts of events put into the warehouse, the last
// of the till at some distance from the last of the bank.
#include "checks/checked_shop.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

std::string received_sql(const char* source, const char* stream, const char* at) {
    return fmt::format(
        "insert into event_counts values ('shop', 1, '{}', '{}', date '2026-03-09', 1, 1,"
        " timestamp '{}', 0)",
        source, stream, at);
}

/// Whether the till is stale by 24 hours where the bank's last record came then.
bool is_stale_at(const char* at) {
    CheckedShop shop({{"fresh",
                       "check: fresh\nowner: ana\nseverity: note\n"
                       "freshness: {source: till, stream: orders, within_hours: 24}\n"}});
    shop.rows(received_sql("till", "orders", "2026-03-08 12:00:00"));
    shop.rows(received_sql("bank", "statement", at));
    return !shop.validate().empty();
}

TEST(Freshness, ends_with_the_hours_that_are_allowed) {
    EXPECT_FALSE(is_stale_at("2026-03-09 12:00:00"));
    EXPECT_FALSE(is_stale_at("2026-03-09 12:59:59"));
    EXPECT_TRUE(is_stale_at("2026-03-09 13:00:00"));
}

}  // namespace
}  // namespace meshline
