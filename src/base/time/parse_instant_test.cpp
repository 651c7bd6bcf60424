// Goal: the forms that sources write are read, and nothing is guessed.
// Method: tables of texts, with and without a zone, across clock changes.
#include "base/time/zone.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <string>

namespace meshline {
namespace {

const std::optional<Zone> no_zone;

std::string read(std::string_view text, const std::optional<Zone>& zone = no_zone) {
    const Result<Instant> instant = parse_instant(text, zone);
    return instant.ok() ? instant->text() : instant.error().code;
}

TEST(ParseInstant, reads_texts_with_an_offset) {
    const std::pair<const char*, const char*> cases[] = {
        {"2026-03-01T09:30:00Z", "2026-03-01T09:30:00Z"},
        {"2026-03-01t09:30:00z", "2026-03-01T09:30:00Z"},
        {"2026-03-01T09:30:00.5Z", "2026-03-01T09:30:00.500000Z"},
        {"2026-03-01T09:30:00.123456789Z", "2026-03-01T09:30:00.123456Z"},
        {"2026-03-01T09:30:00.9999999Z", "2026-03-01T09:30:00.999999Z"},
        {"2026-03-01T09:30:00,25Z", "2026-03-01T09:30:00.250000Z"},
        {"2026-03-01T09:30:00+02:00", "2026-03-01T07:30:00Z"},
        {"2026-03-01T09:30:00-05:00", "2026-03-01T14:30:00Z"},
        {"2026-03-01T09:30:00-00:00", "2026-03-01T09:30:00Z"},
        {"2026-03-01T09:30:00.000+0000", "2026-03-01T09:30:00Z"},
        {"2026-03-01 09:30:00 -0330", "2026-03-01T13:00:00Z"},
        {"2026-03-01 09:30:00+02", "2026-03-01T07:30:00Z"},
        {"2026-03-01 09:30:00.123456 UTC", "2026-03-01T09:30:00.123456Z"},
        {"2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z"},
        {"2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z"},
        {"1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500000Z"},
        {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"}};
    for (const auto& [text, instant] : cases)
        EXPECT_EQ(read(text), instant) << text;
}

TEST(ParseInstant, reads_local_times_in_the_zone) {
    const std::optional<Zone> berlin = Zone::open("Europe/Berlin").value();
    EXPECT_EQ(read("2021-09-15 5:00:00", berlin), "2021-09-15T03:00:00Z");
    EXPECT_EQ(read("2010-12-01T08:26", berlin), "2010-12-01T07:26:00Z");
    EXPECT_EQ(read("2026-03-01", berlin), "2026-02-28T23:00:00Z");
    EXPECT_EQ(read("2026-07-01 00:00:00.25", berlin), "2026-06-30T22:00:00.250000Z");
    EXPECT_EQ(read("2026-03-01", Zone::utc()), "2026-03-01T00:00:00Z");
    EXPECT_EQ(read("2026-03-01 09:30:00+00:00", berlin), "2026-03-01T09:30:00Z");
}

TEST(ParseInstant, refuses_local_times_without_a_zone) {
    for (const char* text : {"2026-03-01", "2026-03-01 09:30", "2026-03-01T09:30:00.5"}) {
        EXPECT_EQ(read(text), "time.no_zone") << text;
    }
}

TEST(ParseInstant, a_time_that_clocks_skip_is_the_end_of_the_gap) {
    const std::optional<Zone> berlin = Zone::open("Europe/Berlin").value();
    EXPECT_EQ(read("2026-03-29 01:59:59", berlin), "2026-03-29T00:59:59Z");
    EXPECT_EQ(read("2026-03-29 02:00:00", berlin), "2026-03-29T01:00:00Z");
    EXPECT_EQ(read("2026-03-29 02:30:00.5", berlin), "2026-03-29T01:00:00Z");
    EXPECT_EQ(read("2026-03-29 03:00:00", berlin), "2026-03-29T01:00:00Z");
    EXPECT_EQ(read("2026-03-29 03:00:01", berlin), "2026-03-29T01:00:01Z");
}

TEST(ParseInstant, a_time_that_happens_twice_is_the_earlier) {
    const std::optional<Zone> berlin = Zone::open("Europe/Berlin").value();
    EXPECT_EQ(read("2026-10-25 02:30:00", berlin), "2026-10-25T00:30:00Z");
    EXPECT_EQ(read("2026-10-25 03:00:00", berlin), "2026-10-25T02:00:00Z");
}

TEST(ParseInstant, refuses_what_is_no_point_in_time) {
    for (const char* text : {"",
                             "now",
                             "2026-02-30T10:00:00Z",
                             "2025-02-29T10:00:00Z",
                             "2026-03-01T24:00:00Z",
                             "2026-03-01T23:59:60Z",
                             "2026-03-01T23:60:00Z",
                             "2026-03-01T9Z",
                             "2026-03-01T09Z",
                             "2026-03-01T",
                             "2026-03-01Z",
                             "2026-03-01T09:30:00.Z",
                             "2026-03-01T09:30:Z",
                             "2026-03-01T09:3:00Z",
                             "2026-03-01T009:30:00Z",
                             "2026-03-01T09:30:00+24:00",
                             "2026-03-01T09:30:00+02:60",
                             "2026-03-01T09:30:00+2",
                             "2026-03-01T09:30:00+02:0",
                             "2026-03-01T09:30:00+",
                             "2026-03-01T09:30:00 ",
                             "2026-03-01T09:30:00  Z",
                             "2026-03-01T09:30:00ZZ",
                             "2026-03-01T09:30:00 CET",
                             "2026-03-01  09:30",
                             "26-03-01 09:30",
                             "01/03/2026 09:30",
                             "2026-3-1 09:30",
                             "0000-01-01T00:00:00Z",
                             "0001-01-01T00:00:00+00:01",
                             "9999-12-31T23:59:59-00:01",
                             "10000-01-01T00:00:00Z",
                             "1772357400"}) {
        EXPECT_EQ(read(text, Zone::utc()), "time.bad_instant") << text;
    }
}

TEST(ParseInstant, takes_no_local_time_that_utc_counts_to_another_year_than_1_to_9999) {
    const Zone tokyo = Zone::open("Asia/Tokyo").value();
    EXPECT_EQ(read("0001-01-01", tokyo), "time.bad_instant");
    EXPECT_EQ(read("0001-01-02", tokyo), "0001-01-01T14:41:01Z");
    EXPECT_EQ(read("9999-12-31", tokyo), "9999-12-30T15:00:00Z");
    const Zone honolulu = Zone::open("Pacific/Honolulu").value();
    EXPECT_EQ(read("9999-12-31 13:59:59.999999", honolulu), "9999-12-31T23:59:59.999999Z");
    EXPECT_EQ(read("9999-12-31 14:00:00", honolulu), "time.bad_instant");
}

TEST(ParseInstant, text_of_an_instant_reads_back) {
    EXPECT_TRUE(rc::check([] {
        // The years 0001 to 9999.
        const std::int64_t micros =
            *rc::gen::inRange<std::int64_t>(-62'135'596'800'000'000, 253'402'300'800'000'000);
        RC_ASSERT(parse_instant(Instant{micros}.text(), no_zone).value().micros == micros);
    }));
}

}  // namespace
}  // namespace meshline
