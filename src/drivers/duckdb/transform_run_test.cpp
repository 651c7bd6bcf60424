// Goal: transforms make complete, exact rows; an event that breaks a transform costs that event
// only. Method: small streams run through the program, their rows read back from a warehouse.
#include "drivers/duckdb/transform_fixture.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace meshline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class TransformRunTest : public TransformFixture {
  protected:
    static Zone zone(const char* name) { return Zone::open(name).value(); }

    /// The failures' positions and codes.
    static std::vector<std::string> failures_of(const TransformOutput& output) {
        std::vector<std::string> lines;
        for (const TransformFailure& failure : output.failures) {
            lines.push_back(fmt::format("{} {}", failure.position, failure.error.code));
        }
        return lines;
    }
    /// How one row, given by its columns, fails on a single event.
    Error failure_of(const std::string& columns, const std::string& payload = "{}",
                     const std::string& into = "entries") {
        const auto program = compile(orders("select " + columns + " from input", into));
        if (!program) return {};
        add(*program, {payload});
        const TransformOutput output = run(*program);
        EXPECT_THAT(rows_of(output, "position", into), IsEmpty());
        if (output.failures.size() != 1) {
            ADD_FAILURE() << output.failures.size() << " failures of " << columns;
            return {};
        }
        return output.failures[0].error;
    }
    std::string amount_of(const std::string& expression, const std::string& payload = "{}") {
        const auto rows = transformed(
            fmt::format("select position, 'charge' as entry_type, 1 as line_no, {} as amount, "
                        "'EUR' as currency, occurred_at from input",
                        expression),
            "amount", {payload});
        return rows.size() == 1 ? rows[0] : "no row";
    }
};

TEST_F(TransformRunTest, completes_what_the_sql_leaves_out) {
    EXPECT_THAT(
        transformed("select position, 'fee' as entry_type, 3 as line_no, -1 as amount, "
                    "'eur' as currency, occurred_at from input",
                    "*", {"{}"}),
        ElementsAre("shop_one|1|3|1|commerce|shop|orders|fee|2026-03-01 12:00:00|2026-03-01|"
                    "-1.000000|EUR|null|object 1|null|null|null|null|null|null|null|null|"
                    "null|" +
                    std::string(64, 'a')));
}

TEST_F(TransformRunTest, an_id_that_is_none_is_null) {
    StreamTransforms stream = orders(
        std::string("select payload.id as order_ref, payload.note as object_id, '0' as channel, ") +
        std::string(good_row) + " from input");
    const auto ids = [&](const std::string& order, const std::string& object) {
        const auto program = compile(stream);
        add(*program, {fmt::format(R"({{"id": "{}", "note": "{}"}})", order, object)});
        return rows_of(run(*program), "order_ref, object_id, channel").front();
    };
    EXPECT_EQ(ids("7", "8"), "7|8|0");
    EXPECT_EQ(ids("", ""), "null|object 1|0");
    EXPECT_EQ(ids("0", "0"), "0|0|0");
    stream.transforms.front().empty_ids = {"0", "it's"};
    EXPECT_EQ(ids("0", "0"), "null|object 1|0");
    EXPECT_EQ(ids("it's", "00"), "null|00|0");
}

TEST_F(TransformRunTest, fills_touchpoints_and_records_from_their_event) {
    StreamTransforms stream =
        orders("select position, 1 as line_no, occurred_at, payload.id as utm_source from input",
               "touchpoints");
    stream.transforms.push_back(text_of_transform(
        "people",
        "select position, 1 as line_no, 'customer' as record_type, null as amount, "
        "null as currency from input",
        "records"));
    const auto program = compile(stream);
    ASSERT_TRUE(program);
    add(*program, {R"({"id": "google"})"});
    TransformOutput output = run(*program);
    ASSERT_EQ(output.batches.size(), 2U);
    EXPECT_EQ(output.batches[0]->relation(), "touchpoints");
    EXPECT_EQ(output.batches[1]->relation(), "records");
    EXPECT_THAT(
        rows_of(output, "position, occurred_at, business_on, object_id, utm_source", "touchpoints"),
        ElementsAre("1|2026-03-01 12:00:00|2026-03-01|object 1|google"));
    EXPECT_THAT(
        rows_of(output, "position, record_type, occurred_at, business_on, object_id, amount",
                "records"),
        ElementsAre("1|customer|2026-03-01 12:00:00|2026-03-01|object 1|null"));
}

TEST_F(TransformRunTest, dates_by_the_clients_zone_and_cutoff) {
    struct Case {
        const char* zone;
        int cutoff_hour;
        const char* columns;
        const char* occurred_at;
        const char* business_on;
    };
    const Case cases[] = {
        {"UTC", 0, "timestamp '2026-03-01 23:59:59' as occurred_at", "2026-03-01 23:59:59",
         "2026-03-01"},
        {"America/New_York", 0, "timestamp '2026-03-01 04:59:59' as occurred_at",
         "2026-03-01 04:59:59", "2026-02-28"},
        {"America/New_York", 0, "timestamp '2026-03-01 05:00:00' as occurred_at",
         "2026-03-01 05:00:00", "2026-03-01"},
        {"America/New_York", 4, "timestamp '2026-03-01 08:59:59' as occurred_at",
         "2026-03-01 08:59:59", "2026-02-28"},
        {"America/New_York", 4, "timestamp '2026-03-01 09:00:00' as occurred_at",
         "2026-03-01 09:00:00", "2026-03-01"},
        {"Asia/Kolkata", 0, "date '2026-03-01' as business_on", "2026-02-28 18:30:00",
         "2026-03-01"},
        {"Asia/Kolkata", 6, "date '2026-03-01' as business_on", "2026-03-01 00:30:00",
         "2026-03-01"},
        // What the transform says of both stands, and each stands in for the other where null.
        {"UTC", 0,
         "timestamp '2026-03-01 12:00:00' as occurred_at, date '2026-01-01' as business_on",
         "2026-03-01 12:00:00", "2026-01-01"},
        {"UTC", 0, "timestamp '2026-03-01 12:00:00' as occurred_at, null::date as business_on",
         "2026-03-01 12:00:00", "2026-03-01"},
        {"UTC", 0, "null::timestamp as occurred_at, date '2026-01-01' as business_on",
         "2026-01-01 00:00:00", "2026-01-01"},
    };
    for (const Case& each : cases) {
        StreamTransforms stream = orders(
            fmt::format("select position, 'charge' as entry_type, 1 as line_no, 1 as amount, "
                        "'EUR' as currency, {} from input",
                        each.columns));
        stream.calendar = BusinessCalendar(zone(each.zone), each.cutoff_hour);
        const auto program = compile(stream);
        ASSERT_TRUE(program);
        add(*program, {"{}"});
        EXPECT_THAT(rows_of(run(*program), "occurred_at, business_on"),
                    ElementsAre(fmt::format("{}|{}", each.occurred_at, each.business_on)))
            << each.zone << " " << each.cutoff_hour << " " << each.columns;
    }
}

TEST_F(TransformRunTest, brings_minor_units_and_micros_to_amounts) {
    EXPECT_EQ(amount_of("from_minor_units(1999, 'USD')"), "19.990000");
    EXPECT_EQ(amount_of("from_minor_units(1999, 'usd')"), "19.990000");
    EXPECT_EQ(amount_of("from_minor_units(-1999, 'JPY')"), "-1999.000000");
    EXPECT_EQ(amount_of("from_minor_units(1999, 'KWD')"), "1.999000");
    EXPECT_EQ(amount_of("from_minor_units(payload.total_minor, 'EUR')", R"({"total_minor": 5})"),
              "0.050000");
    EXPECT_EQ(amount_of("from_minor_units((select sum(i) from range(3) r(i)), 'EUR')"), "0.030000");
    EXPECT_EQ(amount_of("coalesce(from_minor_units(payload.total_minor, 'EUR'), 7)"), "7.000000");
    EXPECT_EQ(amount_of("coalesce(from_minor_units(1, payload.currency), 7)"), "7.000000");
    EXPECT_EQ(amount_of("from_micros(1234567)"), "1.234567");
    EXPECT_EQ(amount_of("from_minor_units(99999999999999, 'USD')"), "999999999999.990000");
    EXPECT_EQ(amount_of("payload.total", R"({"total": "999999999999.999999"})"),
              "999999999999.999999");
    EXPECT_EQ(amount_of("payload.total * 3", R"({"total": "0.333333"})"), "0.999999");
    EXPECT_EQ(amount_of("round_to(payload.total * 0.333, 2, half_even)", R"({"total": "10"})"),
              "3.330000");
}

TEST_F(TransformRunTest, minor_units_are_those_of_the_platform) {
    StreamTransforms stream = orders(
        "select position, 'charge' as entry_type, 1 as line_no, currency, "
        "timestamp '2026-03-01 12:00:00' as occurred_at, from_minor_units(4500, currency) as "
        "amount "
        "from (select position, payload.currency as currency from input)");
    stream.minor_digits = {{"ISK", 2}, {"MGA", 0}};
    const auto program = compile(stream);
    ASSERT_TRUE(program);
    add(*program, {R"({"currency": "ISK"})", R"({"currency": "MGA"})", R"({"currency": "JPY"})",
                   R"({"currency": "EUR"})"});
    EXPECT_THAT(
        rows_of(run(*program), "currency, amount"),
        ElementsAre("EUR|45.000000", "ISK|45.000000", "JPY|4500.000000", "MGA|4500.000000"));
}

TEST_F(TransformRunTest, names_a_currency_that_no_table_knows) {
    const char* const amounts[] = {"1", "from_minor_units(1, payload.currency)"};
    for (const char* amount : amounts) {
        StreamTransforms stream = orders(
            fmt::format("select position, 'charge' as entry_type, 1 as line_no, {} as amount, "
                        "payload.currency as currency, timestamp '2026-03-01 12:00:00' as "
                        "occurred_at from input",
                        amount));
        const auto said = [&](const char* payload) {
            const auto program = compile(stream);
            add(*program, {R"({"currency": "EUR"})", payload});
            const TransformOutput output = run(*program);
            return output.failures.size() == 1 ? output.failures.front().unknown_currency
                                               : fmt::format("{}", output.failures.size());
        };
        EXPECT_EQ(said(R"({"currency": "USDC"})"), "USDC") << amount;
        EXPECT_EQ(said(R"({"currency": "USX"})"), "USX") << amount;
        // Nobody's data is named.
        EXPECT_EQ(said(R"({"currency": "a b"})"), "") << amount;
        stream.read.currencies = CurrencyTable::standard().with({{"USDC", 6}});
        EXPECT_EQ(said(R"({"currency": "USDC"})"), "0") << amount;
        stream.read.currencies = {};
    }
}

TEST_F(TransformRunTest, refuses_amounts_that_would_have_to_be_rounded_or_cut) {
    const auto message_of = [&](const std::string& expression) {
        return failure_of(
                   fmt::format("position, 'charge' as entry_type, 1 as line_no, {} as amount, "
                               "'EUR' as currency, occurred_at",
                               expression),
                   R"({"total": "0.1", "currency": "XXQ", "total_minor": 1})")
            .message;
    };
    EXPECT_THAT(message_of("from_minor_units(1, payload.currency)"), HasSubstr("currency \"AAA\""));
    EXPECT_THAT(message_of("payload.total * 0.000001"), HasSubstr("more than six digits"));
    EXPECT_THAT(message_of("payload.total_minor * 1000000000000"),
                HasSubstr("fails on this event"));
    EXPECT_THAT(message_of("from_micros(payload.total_minor * 1000000000000000000)"),
                HasSubstr("fails on this event"));
    EXPECT_THAT(message_of("from_minor_units(payload.total_minor * 9223372036854775807, 'JPY')"),
                HasSubstr("fails on this event"));
    EXPECT_THAT(message_of("cast(error('no ' || payload.currency) as integer)"),
                HasSubstr("no XXQ"));
}

TEST_F(TransformRunTest, holds_rows_against_their_relation) {
    const std::vector<std::pair<std::string, std::string>> good = {
        {"position", "position"}, {"entry_type", "'charge'"}, {"line_no", "1"},
        {"amount", "1.5"},        {"currency", "'EUR'"},      {"occurred_at", "occurred_at"},
    };
    for (const auto& [column, expression, fault] :
         std::vector<std::tuple<std::string, std::string, std::string>>{
             {"position", "null::ubigint", "without position"},
             {"position", "position + 1", "position 2"},
             {"position", "7", "position 7"},
             {"entry_type", "'sale'", "unknown entry_type \"sale\""},
             {"entry_type", "null", "without entry_type"},
             {"line_no", "null::integer", "without line_no"},
             {"amount", "null::decimal(18, 6)", "without amount"},
             {"currency", "null", "without currency"},
             {"currency", "'euro'", "currency \"AAAA\""},
             {"currency", "'E1R'", "currency \"A9A\""},
             {"occurred_at", "null::timestamp", "neither occurred_at nor business_on"},
         }) {
        std::string columns;
        for (const auto& [name, value] : good) {
            columns += fmt::format("{}{} as {}", columns.empty() ? "" : ", ",
                                   name == column ? expression : value, name);
        }
        const Error error = failure_of(columns);
        EXPECT_EQ(error.code, "transform.bad_row") << columns;
        EXPECT_THAT(error.message, HasSubstr(fault)) << columns;
        EXPECT_EQ(error.where.file, "orders.sql");
    }
    EXPECT_THAT(
        failure_of("position, 1 as line_no, 'lead' as record_type", "{}", "records").message,
        HasSubstr("unknown record_type \"lead\""));
    EXPECT_THAT(
        failure_of("position, 1 as line_no, 'deal' as record_type, 5 as amount", "{}", "records")
            .message,
        HasSubstr("without currency"));
    EXPECT_THAT(
        failure_of("position, 1 as line_no, null::timestamp as occurred_at", "{}", "touchpoints")
            .message,
        HasSubstr("without occurred_at"));
    EXPECT_THAT(failure_of(fmt::format("{}, unnest([1, 2]) as quantity", good_row)).message,
                HasSubstr("gross_sale line_no 1 twice"));
}

TEST_F(TransformRunTest, times_stay_within_the_years_1_to_9999) {
    const auto row = [](const std::string& times) {
        return "position, 'charge' as entry_type, 1 as line_no, 1 as amount, 'EUR' as currency, " +
               times;
    };
    const std::string late = "timestamp '9999-12-31 23:00:00' + interval 2 hour as occurred_at";
    const std::string early = "timestamp '0001-01-01 01:00:00' - interval 2 hour as occurred_at";
    for (const std::string& times :
         {late, early, late + ", date '2026-03-01' as business_on",
          early + ", date '2026-03-01' as business_on",
          std::string("occurred_at, date '9999-12-31' + 1 as business_on"),
          std::string("occurred_at, date '0001-01-01' - 1 as business_on"),
          std::string("date '9999-12-31' + 1 as business_on")}) {
        const Error error = failure_of(row(times));
        EXPECT_THAT(error.message, HasSubstr("beyond the years")) << times;
        EXPECT_EQ(error.where.file, "orders.sql");
    }
    EXPECT_THAT(failure_of("position, 1 as line_no, 'deal' as record_type,"
                           " date '9999-12-31' + 1 as close_on",
                           "{}", "records")
                    .message,
                HasSubstr("close_on is beyond the years 1 to 9999"));
    // The last day of the calendar ends in the client's zone before it does in UTC.
    StreamTransforms stream =
        orders("select " + row("timestamp '9999-12-31 20:00:00' as occurred_at") + " from input");
    stream.calendar = BusinessCalendar(Zone::open("Asia/Tokyo").value(), 0);
    const auto program = compile(stream);
    ASSERT_TRUE(program);
    add(*program, {"{}"});
    EXPECT_THAT(failures_of(run(*program)), ElementsAre("1 transform.failed"));
}

TEST_F(TransformRunTest, a_key_is_used_once_by_all_transforms_of_a_book) {
    StreamTransforms stream = orders(fmt::format("select {} from input", good_row));
    stream.transforms.push_back(
        text_of_transform("again", fmt::format("select {} from input", good_row)));
    {
        const auto program = compile(stream);
        ASSERT_TRUE(program);
        add(*program, {"{}"});
        const TransformOutput output = run(*program);
        EXPECT_THAT(failures_of(output), ElementsAre("1 transform.bad_row"));
        EXPECT_EQ(output.failures[0].error.where.file, "again.sql");
        EXPECT_THAT(rows_of(output, "position"), IsEmpty());
    }
    stream.transforms[1].book = Book::payments;
    const auto program = compile(stream);
    ASSERT_TRUE(program);
    add(*program, {"{}"});
    EXPECT_THAT(rows_of(run(*program), "book"), ElementsAre("commerce", "payments"));
}

TEST_F(TransformRunTest, only_the_events_that_break_a_transform_are_lost) {
    const auto program = compile(orders(
        fmt::format("select {}, cast(payload.id as integer) as quantity from input", good_row)));
    ASSERT_TRUE(program);
    std::vector<std::string> payloads;
    for (int i = 1; i <= 5000; ++i)
        payloads.push_back(fmt::format("{{\"id\": \"{}\"}}", i));
    // The first and last event, both sides of a vector's edge, and two neighbours.
    for (const int culprit : {1, 2048, 2049, 3000, 3001, 5000}) {
        payloads[static_cast<std::size_t>(culprit - 1)] = R"({"id": "no number"})";
    }
    add(*program, payloads);
    const TransformOutput output = run(*program);
    EXPECT_THAT(failures_of(output), ElementsAre("1 transform.failed", "2048 transform.failed",
                                                 "2049 transform.failed", "3000 transform.failed",
                                                 "3001 transform.failed", "5000 transform.failed"));
    EXPECT_THAT(output.failures[0].error.message,
                HasSubstr("could not convert string 'aa aaaaaa' to INT32"));
    EXPECT_EQ(output.failures[0].error.where.file, "orders.sql");
    EXPECT_EQ(output.batches[0]->row_count(), 4994);
    EXPECT_THAT(rows_of(output,
                        "count(*), count(*) filter (where quantity = position), "
                        "count(distinct position), min(object_id), max(length(object_id))"),
                ElementsAre("4994|4994|4994|object 10|11"));
}

TEST_F(TransformRunTest, a_guarded_cast_fails_only_where_it_is_reached) {
    const auto program = compile(orders(fmt::format(
        "select {}, case when payload.currency = 'EUR' then cast(payload.id as integer) else 0 end "
        "as quantity from input",
        good_row)));
    ASSERT_TRUE(program);
    add(*program, {R"({"id": "7", "currency": "EUR"})", R"({"id": "none", "currency": "USD"})",
                   R"({"id": "none", "currency": "EUR"})"});
    const TransformOutput output = run(*program);
    EXPECT_THAT(failures_of(output), ElementsAre("3 transform.failed"));
    EXPECT_THAT(rows_of(output, "position, quantity"), ElementsAre("1|7.000000", "2|0.000000"));
}

TEST_F(TransformRunTest, an_event_that_fails_one_transform_gives_rows_to_none) {
    StreamTransforms stream = orders(fmt::format("select {} from input", good_row));
    stream.transforms.push_back(text_of_transform(
        "people",
        "select position, 1 as line_no, if(payload.id = 'bad', 'nobody', 'customer') as "
        "record_type from input where payload.id <> 'none'",
        "records"));
    stream.transforms.push_back(text_of_transform(
        "clicks",
        "select position, 1 as line_no, if(payload.id = 'worse', cast(error('no time') "
        "as timestamp), occurred_at) as occurred_at from input",
        "touchpoints"));
    const auto program = compile(stream);
    ASSERT_TRUE(program);
    add(*program, {R"({"id": "good"})", R"({"id": "bad"})", R"({"id": "none"})",
                   R"({"id": "worse"})", R"({"id": "fine"})"});
    const TransformOutput output = run(*program);
    EXPECT_THAT(failures_of(output), ElementsAre("2 transform.bad_row", "4 transform.failed"));
    EXPECT_THAT(rows_of(output, "position"), ElementsAre("1", "3", "5"));
    EXPECT_THAT(rows_of(output, "position", "records"), ElementsAre("1", "5"));
    EXPECT_THAT(rows_of(output, "position", "touchpoints"), ElementsAre("1", "3", "5"));
}

TEST_F(TransformRunTest, a_batch_may_be_empty_or_fail_as_a_whole) {
    const auto program = compile(orders(
        fmt::format("select {}, cast(payload.id as integer) as quantity from input", good_row)));
    ASSERT_TRUE(program);
    EXPECT_EQ(run(*program).batches.at(0)->row_count(), 0);
    add(*program, {R"({"id": "a"})", R"({"id": "b"})", R"({"id": "c"})"});
    const TransformOutput output = run(*program);
    EXPECT_EQ(output.failures.size(), 3U);
    EXPECT_EQ(output.batches.at(0)->row_count(), 0);
    add(*program, {R"({"id": "5"})"});
    EXPECT_EQ(run(*program).batches.at(0)->row_count(), 1);
}

TEST_F(TransformRunTest, rows_do_not_depend_on_the_batch) {
    const std::string sql =
        "with orders as (select position, payload.id as order_ref, payload.lines as lines, "
        "payload.total as total, occurred_at from input), "
        "lines as (select *, unnest(lines) as line, generate_subscripts(lines, 1) as line_no "
        "from orders), "
        "sums as (select position, sum(line.price) as amount from lines group by position) "
        "select position, 'gross_sale' as entry_type, line_no, line.price as amount, "
        "'EUR' as currency, occurred_at, order_ref, {'sku': line.sku} as attributes from lines "
        "union all select o.position, 'discount', 1, s.amount - o.total, 'EUR', o.occurred_at, "
        "o.order_ref, null from orders o join sums s on s.position = o.position";
    std::vector<std::string> payloads;
    for (int i = 0; i < 3000; ++i) {
        payloads.push_back(fmt::format(
            R"({{"id": "an order with number {0}", "total": "{1}.10",
                "lines": [{{"sku": "a", "price": "{0}.05"}}, {{"price": {1}}}]}})",
            i, i % 17));
    }
    const auto program = compile(orders(sql));
    ASSERT_TRUE(program);
    const auto rows_in_batches = [&](std::size_t batch_size) {
        auto warehouse = DuckdbWarehouse::open("", {.memory_limit_mb = 256}).value();
        for (std::size_t begin = 0; begin < payloads.size(); begin += batch_size) {
            const std::size_t end = std::min(begin + batch_size, payloads.size());
            add(*program,
                {payloads.begin() + static_cast<std::ptrdiff_t>(begin),
                 payloads.begin() + static_cast<std::ptrdiff_t>(end)},
                begin + 1);
            for (const auto& batch : run(*program).batches) {
                EXPECT_TRUE(warehouse->load(*batch).ok());
            }
        }
        return warehouse->query("select * exclude (object_id) from entries order by all")->rows;
    };
    const auto whole = rows_in_batches(payloads.size());
    EXPECT_EQ(whole.size(), 9000U);
    EXPECT_EQ(rows_in_batches(payloads.size()), whole);
    EXPECT_EQ(rows_in_batches(701), whole);
}

TEST_F(TransformRunTest, attributes_leave_out_what_is_null) {
    const std::string sql = fmt::format(
        "select {}, {{'sku': payload.id, 'n': 7, 'is_new': payload.id is null, 'none': null}} as"
        " attributes from input",
        good_row);
    EXPECT_THAT(
        transformed(sql, "attributes", {R"({"id": "a\tb"})", "{}"}),
        UnorderedElementsAre(R"({"sku":"a\tb","n":7,"is_new":false})", R"({"n":7,"is_new":true})"));
}

TEST_F(TransformRunTest, attributes_keep_every_digit) {
    EXPECT_THAT(transformed(fmt::format("select {}, {{'fee': payload.total, 'n': 9007199254740993, "
                                        "'is_new': true, 'on': date '2026-03-01', 'none': null, "
                                        "'list': [{{'a': 1.50}}]}} as attributes from input",
                                        good_row),
                            "attributes", {R"({"total": "999999999999.999999"})"}),
                ElementsAre(R"({"fee":"999999999999.999999","n":9007199254740993,"is_new":true,)"
                            R"("on":"2026-03-01","none":null,"list":[{"a":"1.50"}]})"));
    EXPECT_THAT(
        transformed(fmt::format("select {}, map {{'b': 'x', 'a': payload.id}} as attributes "
                                "from input",
                                good_row),
                    "attributes", {R"({"id": "\"quoted\""})"}),
        ElementsAre(R"({"b":"x","a":"\"quoted\""})"));
    EXPECT_THAT(transformed(fmt::format("select {}, case when payload.id = 'x' then {{'a': 1}} end "
                                        "as attributes from input",
                                        good_row),
                            "attributes", {R"({"id": "x"})", "{}"}),
                ElementsAre(R"({"a":1})", "null"));
}

TEST_F(TransformRunTest, a_batch_has_a_limit_and_takes_an_event_once) {
    const auto program = compile(orders(fmt::format("select {} from input", good_row)));
    ASSERT_TRUE(program);
    add(*program, {"{}"}, 5);
    EXPECT_DEATH(add(*program, {"{}"}, 5), "broken promise");
}

TEST_F(TransformRunTest, loads_wait_for_the_end_of_their_transaction) {
    const auto program = compile(orders(fmt::format("select {} from input", good_row)));
    ASSERT_TRUE(program);
    add(*program, {"{}", "{}"});
    const TransformOutput output = run(*program);
    auto warehouse = DuckdbWarehouse::open("", {.memory_limit_mb = 256}).value();

    const auto failed = warehouse->transact([&]() -> Result<void> {
        MESHLINE_TRY(warehouse->load(*output.batches[0]));
        return Error{.code = "test.stopped", .message = "stopped"};
    });
    EXPECT_EQ(failed.error().code, "test.stopped");
    EXPECT_EQ(warehouse->query("select count(*) from entries")->integer(0, 0), 0);

    std::int64_t within = 0;
    ASSERT_TRUE(warehouse
                    ->transact([&]() -> Result<void> {
                        MESHLINE_TRY(warehouse->load(*output.batches[0]));
                        within = warehouse->query("select count(*) from entries")->integer(0, 0);
                        return warehouse->load(*output.batches[0]);
                    })
                    .ok());
    EXPECT_EQ(within, 2);
    EXPECT_EQ(warehouse->query("select count(*) from entries")->integer(0, 0), 4);
    ASSERT_TRUE(warehouse->load(*output.batches[0]).ok());
    EXPECT_EQ(warehouse->query("select count(*) from entries")->integer(0, 0), 6);
}

}  // namespace
}  // namespace meshline
