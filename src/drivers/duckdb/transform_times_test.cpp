// Goal: a transform moves times by the rules that the client keeps, and by no others: DuckDB's own
// zone rules, and its casts of texts that drop an offset, are refused before the first event.
// Method: statements with the place of the fault marked "<here>"; local_time() and instant_of()
// against Zone, which is held against cctz in base/time.
#include "drivers/duckdb/transform_fixture.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace meshline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class TransformTimesTest : public TransformFixture {
  protected:
    static StreamTransforms with_zones(const std::string& sql) {
        StreamTransforms stream = orders(sql);
        for (const char* name : {"America/Vancouver", "Europe/Berlin", "UTC"})
            stream.zones.emplace(name, Zone::open(name).value());
        return stream;
    }
    static std::string select(const std::string& occurred_at) {
        return fmt::format(
            "select position, 'gross_sale' as entry_type, 1 as line_no, 1 as amount, 'EUR' as "
            "currency, {} as occurred_at from input",
            occurred_at);
    }

    void expect_refused(std::string sql, const std::string& code, const std::string& message,
                        const std::string& hint) {
        const std::size_t mark = sql.find("<here>");
        ASSERT_NE(mark, std::string::npos);
        sql.erase(mark, std::string_view("<here>").size());
        const auto problems = engine_.check(with_zones(sql));
        ASSERT_EQ(problems.size(), 1U) << sql;
        const Error& problem = problems[0];
        EXPECT_EQ(problem.code, code) << render(problem) << "\n" << sql;
        EXPECT_THAT(problem.message, HasSubstr(message)) << sql;
        EXPECT_THAT(problem.hint, HasSubstr(hint)) << sql;
        const SqlSource source(text_of_transform("orders", sql));
        EXPECT_EQ(problem.where, source.place_at(mark)) << problem.where.text() << " in\n" << sql;
    }
    void expect_good(const std::string& sql) {
        for (const Error& problem : engine_.check(with_zones(sql)))
            ADD_FAILURE() << render(problem) << "\n" << sql;
    }
};

TEST_F(TransformTimesTest, refuses_duckdbs_own_zone_rules) {
    for (const char* occurred_at :
         {"<here>timezone('America/Vancouver', payload.created_at)",
          "payload.created_at <here>at time zone 'America/Vancouver'",
          "<here>cast(payload.created_at as timestamp with time zone)",
          "<here>cast(payload.created_at as timestamptz)", "payload.created_at<here>::timestamptz",
          "<here>try_cast(payload.created_at as timestamptz)",
          "timestamptz <here>'2026-03-01 00:00:00-05'",
          "<here>cast('2026-03-01 00:00:00-05' as timestamptz)",
          "<here>to_timestamp(payload.total_minor)",
          "<here>strptime('2026-03-01 00:00 +0500', '%Y-%m-%d %H:%M %z')",
          "<here>make_timestamptz(2026, 3, 1, 0, 0, 0)"}) {
        expect_refused(select(occurred_at), "transform.other_zone_rules", "with time zone",
                       "local_time(");
    }
    // Wherever it stands, and whatever becomes of it.
    expect_refused(
        select("cast(<here>date_trunc('day', cast(payload.created_at as timestamptz)) as "
               "timestamp)"),
        "transform.other_zone_rules", "with time zone", "instant_of(");
    expect_refused(
        "with local as (select *, payload.created_at <here>at time zone 'America/Vancouver' as "
        "there "
        "from input) select position, 'gross_sale' as entry_type, 1 as line_no, 1 as amount, "
        "'EUR' as currency, payload.created_at as occurred_at from local "
        "where extract('hour' from there) < 12",
        "transform.other_zone_rules", "with time zone", "instant_of(");
}

TEST_F(TransformTimesTest, refuses_text_that_becomes_a_time) {
    for (const char* occurred_at :
         {"<here>cast(payload.note as timestamp)", "<here>try_cast(payload.note as timestamp)",
          "payload.note<here>::timestamp", "<here>cast(payload.currency as timestamp)",
          "<here>cast(payload.note as timestamp_s)", "<here>cast(payload.id as timestamp)",
          "<here>strptime(payload.currency, '%Y-%m-%d')",
          "<here>try_strptime(payload.currency, ['%Y-%m-%d', '%d.%m.%Y'])",
          "list_extract(<here>cast(payload.tags as timestamp[]), 1)",
          "struct_extract(<here>from_json(payload.note, '{\"at\": \"TIMESTAMP\"}'), 'at')",
          "cast(<here>cast(payload.currency as date) as timestamp)",
          "payload.ordered_on + <here>cast(payload.currency as time)",
          "<here>cast('2026-03-02T20:00:00+09:00' as timestamp)",
          "timestamp <here>'2026-03-02T20:00:00Z'"}) {
        expect_refused(select(occurred_at), "transform.text_as_time", "text", "instant");
    }
}

TEST_F(TransformTimesTest, accepts_times_that_the_contract_read) {
    for (const char* occurred_at :
         {"payload.created_at", "cast(payload.created_at as timestamp)", "payload.paid_at",
          "make_timestamp(2026, 3, 1, 0, 0, 0)", "timestamp '2026-03-01 12:00:00'",
          "cast('2026-03-01' as timestamp)", "null::timestamp",
          "cast(payload.ordered_on as timestamp)", "date_trunc('day', payload.created_at)",
          "payload.created_at + interval 1 day", "coalesce(payload.created_at, occurred_at)",
          "greatest(occurred_at, payload.created_at)",
          "case when payload.created_at = timestamp '1970-01-01' then null else "
          "payload.created_at end",
          "cast(cast(payload.created_at as date) as timestamp)", "epoch_ms(payload.total_minor)",
          "strptime('2026-03-01', '%Y-%m-%d')", "local_time(payload.created_at, 'Europe/Berlin')",
          "instant_of(local_time(occurred_at, 'UTC'), 'America/Vancouver')",
          "instant_of(payload.ordered_on, 'America/Vancouver')"}) {
        expect_good(select(occurred_at));
    }
    expect_good(
        "select position, 'gross_sale' as entry_type, 1 as line_no, 1 as amount, 'EUR' as "
        "currency, date '2026-03-01' as business_on, strftime(payload.created_at, '%H') as "
        "channel from input where payload.ordered_on >= date '2026-01-01'");
}

TEST_F(TransformTimesTest, a_zone_is_a_plain_text_and_known) {
    expect_refused(select("local_time(occurred_at, <here>payload.currency)"),
                   "transform.unclear_zone", "local_time()", "as text");
    expect_refused(select("instant_of(occurred_at, 'Europe/' <here>|| 'Berlin')"),
                   "transform.unclear_zone", "instant_of()", "as text");
    expect_refused(select("local_time(occurred_at, <here>null)"), "transform.unclear_zone",
                   "local_time()", "as text");
    expect_refused(select("LOCAL_TIME(occurred_at, <here>'Europe/Berlinn')"),
                   "transform.unknown_zone", "\"Europe/Berlinn\"", "IANA");
    expect_refused(select("local_time(occurred_at, <here>'europe/berlin')"),
                   "transform.unknown_zone", "\"europe/berlin\"", "IANA");
}

TEST_F(TransformTimesTest, converts_by_the_rules_that_were_handed_in) {
    StreamTransforms stream = orders(
        "select position, 'gross_sale' as entry_type, 1 as line_no, 1 as amount, 'EUR' as "
        "currency, instant_of(payload.created_at, 'Far/Away') as occurred_at, "
        "cast(local_time(payload.created_at, 'Far/Away') as date) as business_on from input");
    // A zone that no machine knows: 3 hours ahead, 4 from July on.
    stream.zones.emplace(
        "Far/Away",
        Zone("Far/Away", ZoneRules::parse("start 10800\n2026-07-01T00:00:00Z 14400\n").value()));
    const auto program = compile(stream);
    ASSERT_TRUE(program);
    add(*program,
        {R"({"created_at": "2026-06-30T20:30:00Z"})", R"({"created_at": "2026-07-01T03:00:00.5Z"})",
         R"({"created_at": "2026-07-31T20:30:00.25Z"})", R"({"created_at": null})"});
    const TransformOutput output = run(*program);
    // The hour from three to four does not exist.
    EXPECT_THAT(rows_of(output, "position, occurred_at, business_on"),
                ElementsAre("1|2026-06-30 17:30:00|2026-06-30", "2|2026-07-01 00:00:00|2026-07-01",
                            "3|2026-07-31 16:30:00.250000|2026-08-01"));
    ASSERT_EQ(output.failures.size(), 1U);
    EXPECT_EQ(output.failures[0].error.code, "transform.bad_row");
}

}  // namespace
}  // namespace meshline
