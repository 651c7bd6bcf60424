// Goal: a record's days are all that its contract declares, wherever they stand, and a day that
// nobody can read is told. Method: one contract over hand-written records, in New York.
#include "core/records/named_days.hpp"

#include "base/json/json.hpp"
#include "core/contract/contract.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

/// The days as text, with "?" where one could not be read.
std::string days_of(const std::string& record, const ReadOptions& options = {}) {
    static const auto contract = Contract::compile(
        R"({"type": "object", "properties": {
             "sold": {"type": "string", "x-meshline": "instant"},
             "booked": {"type": ["string", "null"], "x-meshline": "date"},
             "seen": {"type": "integer", "x-meshline": "unix_seconds"},
             "note": {"type": "string"},
             "refunds": {"type": "array", "items": {"type": "object", "properties": {
               "at": {"type": "string", "x-meshline": "instant"},
               "parts": {"type": "array", "items": {
                 "type": "string", "x-meshline": "date"}}}}},
             "lines": {"type": "array", "items": {"type": "object", "properties": {
               "price": {"type": "string", "x-meshline": "money"}}}}}})",
        "test.schema.json");
    static const BusinessCalendar calendar{*Zone::open("America/New_York"), 0};
    JsonDocument document;
    const NamedDays named =
        named_days(*document.parse(record), contract->payload_type(), options, calendar);
    return named.text() + (named.has_unread ? "?" : "");
}

TEST(NamedDays, stand_at_any_depth_in_the_client_zone) {
    EXPECT_EQ(days_of(R"({"sold": "2026-03-02T03:00:00Z", "booked": "2026-03-02",
                          "refunds": [{"at": "2026-03-09T12:00:00Z"},
                                      {"parts": ["2026-03-07", "2026-03-08"]}]})"),
              "2026-03-01 2026-03-02,2026-03-07 2026-03-09");
    EXPECT_EQ(days_of(R"({"seen": 1772600400})"), "2026-03-04 2026-03-04");
}

TEST(NamedDays, are_not_what_has_no_such_type) {
    EXPECT_EQ(days_of(R"({"note": "2026-03-02", "more": "2026-03-03", "lines": 7})"), "");
    EXPECT_EQ(days_of(R"({"booked": null, "sold": "", "refunds": []})"), "");
}

TEST(NamedDays, tell_of_what_nobody_can_read) {
    EXPECT_EQ(days_of(R"({"sold": "soon", "booked": "2026-03-02"})"), "2026-03-02 2026-03-02?");
    EXPECT_EQ(days_of(R"({"refunds": {"0": {"at": "2026-03-09T12:00:00Z"}}})"), "?");
    EXPECT_EQ(days_of(R"({"refunds": ["2026-03-09"]})"), "?");
    EXPECT_EQ(days_of("[]"), "?");
}

TEST(NamedDays, are_read_under_the_names_of_the_source) {
    ReadOptions options;
    options.columns.insert_or_assign("booked", "Day");
    EXPECT_EQ(days_of(R"({"Day": "2026-03-02", "booked": "2026-03-05"})", options),
              "2026-03-02 2026-03-02");
}

TEST(NamedDays, are_those_of_every_name_that_a_field_has_had) {
    ReadOptions options;
    options.columns.insert_or_assign("booked", std::vector<std::string>{"Day", "Date"});
    EXPECT_EQ(days_of(R"({"Date": "2026-03-02", "Day": ""})", options), "2026-03-02 2026-03-02");
    // Names that contradict each other: nobody knows which day it is.
    EXPECT_EQ(days_of(R"({"Date": "2026-03-02", "Day": "2026-03-07"})", options),
              "2026-03-02 2026-03-02,2026-03-07 2026-03-07");
}

TEST(NamedDays, of_too_many_runs_are_one) {
    const auto every_other_day = [](std::size_t count) {
        NamedDays named;
        const BusinessDate first = *BusinessDate::parse("2026-01-01");
        for (std::size_t run = 0; run < count; ++run)
            named.days.insert(BusinessDate{first.days + 2 * static_cast<std::int32_t>(run)});
        return named.text();
    };
    EXPECT_EQ(every_other_day(2), "2026-01-01 2026-01-01,2026-01-03 2026-01-03");
    EXPECT_EQ(every_other_day(NamedDays::runs_max).size(), NamedDays::runs_max * 22 - 1);
    EXPECT_EQ(every_other_day(NamedDays::runs_max + 1), "2026-01-01 2026-05-09");
}

}  // namespace
}  // namespace meshline
