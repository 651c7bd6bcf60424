// Goal: what a transform computes of money is exact below the largest amount, rounds only by name,
// and what could round or overflow without a word is refused with its place.
// Method: one expression per case over one event; its amount, its failure, or its refusal at the
// mark "<here>".
#include "drivers/duckdb/transform_fixture.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace meshline {
namespace {

using testing::HasSubstr;

class TransformDecimalTest : public TransformFixture {
  protected:
    static StreamTransforms stream(const std::string& sql) {
        return stream_of(R"({"type": "object", "properties": {
                            "a": {"type": ["string", "null"], "x-meshline": "money"},
                            "b": {"type": ["string", "null"], "x-meshline": "money"},
                            "c": {"type": ["string", "null"], "x-meshline": "money"},
                            "n": {"type": ["integer", "null"], "x-meshline": "integer"},
                            "t": {"type": ["string", "null"]},
                            "parts": {"type": "array", "items": {"type": "object", "properties": {
                              "price": {"type": "string", "x-meshline": "money"}}}}}})",
                         sql);
    }
    static std::string select(const std::string& expression) {
        return fmt::format(
            "select position, 'gross_sale' as entry_type, 1 as line_no, {} as amount,"
            " 'EUR' as currency, timestamp '2026-03-01 12:00:00' as occurred_at from input",
            expression);
    }

    /// The amount of the one entry that the expression makes, or why its event fails.
    std::string amount_of(const std::string& expression, const std::string& payload) {
        const auto program = compile(stream(select(expression)));
        if (!program) return "";
        add(*program, {payload});
        const TransformOutput output = run(*program);
        if (!output.failures.empty()) return output.failures.front().error.message;
        return rows_of(output, "amount").front();
    }

    void expect_refused(const std::string& expression, const std::string& code,
                        const std::string& message, const std::string& hint) {
        expect_statement_refused(select(expression), code, message, hint);
    }
    void expect_statement_refused(std::string sql, const std::string& code,
                                  const std::string& message, const std::string& hint) {
        const std::size_t mark = sql.find("<here>");
        if (mark != std::string::npos) sql.erase(mark, std::string_view("<here>").size());
        const auto problems = engine_.check(stream(sql));
        ASSERT_EQ(problems.size(), 1U)
            << sql << (problems.empty() ? "" : render(problems[0]) + render(problems.back()));
        EXPECT_EQ(problems[0].code, code) << render(problems[0]) << sql;
        EXPECT_THAT(problems[0].message, HasSubstr(message)) << sql;
        EXPECT_THAT(problems[0].hint, HasSubstr(hint)) << sql;
        EXPECT_EQ(problems[0].where.file, "orders.sql");
        if (mark == std::string::npos) return;
        const SqlSource source(text_of_transform("orders", sql));
        EXPECT_EQ(problems[0].where, source.place_at(mark)) << problems[0].where.text() << " in\n"
                                                            << sql;
    }
};

TEST_F(TransformDecimalTest, sums_and_products_of_two_are_exact) {
    const struct {
        const char* expression;
        const char* a;
        const char* b;
        const char* amount;
    } cases[] = {
        {"payload.a * payload.b", "1", "1000000", "1000000.000000"},
        {"payload.a * payload.b", "20", "55000", "1100000.000000"},
        {"payload.a * payload.b", "999999.5", "999999", "999998500000.500000"},
        {"payload.a * payload.b", "0.001", "0.001", "0.000001"},
        {"payload.a * payload.b", "-999999999999.999999", "1", "-999999999999.999999"},
        {"payload.a * 100 - payload.a * 99", "999999999999.999999", "0", "999999999999.999999"},
        {"payload.a + payload.b - payload.b", "999999999999.999999", "999999999999.999999",
         "999999999999.999999"},
        {"payload.a - payload.b + payload.b", "-999999999999.999999", "999999999999.999999",
         "-999999999999.999999"},
        {"payload.a * payload.n", "333333333333.333333", "0", "999999999999.999999"},
        {"payload.n * payload.a", "333333333333.333333", "0", "999999999999.999999"},
        {"payload.a * 0.5", "999999999999.999998", "0", "499999999999.999999"},
        {"multiply(payload.a, payload.b)", "1", "1000000", "1000000.000000"},
        {"payload.a * payload.b + payload.a", "1000000", "2", "3000000.000000"},
        {"(payload.a + payload.a) * payload.b", "1000000", "2", "4000000.000000"},
        {"cast(payload.a as decimal(18, 6)) * cast(payload.b as numeric ( 18,6 ))", "1", "1000000",
         "1000000.000000"},
        {"payload.a::DECIMAL(18,6) * payload.b", "1", "1000000", "1000000.000000"},
        {"list_sum([payload.a, payload.b]) - payload.b", "999999999999", "999999999999",
         "999999999999.000000"},
        {"list_sum([payload.a * x for x in [payload.b]])", "1", "1000000", "1000000.000000"},
        {"sum(payload.a * payload.b) over (partition by position)", "1", "1000000",
         "1000000.000000"},
        {"from_minor_units(payload.n, 'JPY') * payload.b", "0", "1000000", "3000000.000000"},
        {"from_micros(payload.n * 1000000) * payload.b", "0", "1000000", "3000000.000000"},
        {"coalesce(payload.a * payload.b, 0)", "1", "1000000", "1000000.000000"},
        {"coalesce(round_to(payload.a, 6, floor), payload.a * payload.b)", "1", "1000000",
         "1.000000"},
        {"case when payload.a > 0 then payload.a * payload.b else payload.a end", "2", "1000000",
         "2000000.000000"},
        {"payload.a % 7", "999999999999.5", "0", "0.500000"},
    };
    for (const auto& each : cases) {
        EXPECT_EQ(amount_of(each.expression,
                            fmt::format(R"({{"a": "{}", "b": "{}", "n": 3}})", each.a, each.b)),
                  each.amount)
            << each.expression << " of " << each.a << " and " << each.b;
    }
}

TEST_F(TransformDecimalTest, what_does_not_fit_an_amount_fails_its_event) {
    const char* largest =
        R"({"a": "999999999999.999999", "b": "1000000", "n": 9223372036854775807})";
    EXPECT_THAT(amount_of("payload.a + payload.a", largest),
                HasSubstr("twelve digits before the point"));
    EXPECT_THAT(amount_of("payload.a * payload.b", largest),
                HasSubstr("twelve digits before the point"));
    EXPECT_THAT(amount_of("payload.n * payload.n", largest), HasSubstr("verflow"));
    EXPECT_THAT(amount_of("payload.a * 0.1", largest),
                HasSubstr("more than six digits after the point"));
}

TEST_F(TransformDecimalTest, the_events_beside_one_that_overflows_count) {
    const std::string sql = select("payload.a * payload.b");
    const auto program = compile(stream(sql));
    ASSERT_TRUE(program);
    add(*program, {R"({"a": "2", "b": "3"})", R"({"a": "999999999999", "b": "999999999999"})",
                   R"({"a": "4", "b": "5"})"});
    const TransformOutput output = run(*program);
    ASSERT_EQ(output.failures.size(), 1U);
    EXPECT_EQ(output.failures[0].position, 2U);
    const SqlSource source(text_of_transform("orders", sql));
    EXPECT_EQ(output.failures[0].error.where, source.place_at(sql.find("amount")));
    EXPECT_EQ(rows_of(output, "position, amount"),
              (std::vector<std::string>{"1|6.000000", "3|20.000000"}));
}

TEST_F(TransformDecimalTest, an_operator_that_overflows_is_the_place_of_the_failure) {
    const std::string sql = select("from_micros(payload.n * payload.n) + payload.a");
    const auto program = compile(stream(sql));
    ASSERT_TRUE(program);
    add(*program, {R"({"a": "2", "n": 9223372036854775807})"});
    const TransformOutput output = run(*program);
    ASSERT_EQ(output.failures.size(), 1U);
    const SqlSource source(text_of_transform("orders", sql));
    EXPECT_EQ(output.failures[0].error.where, source.place_at(sql.find('*')));
}

TEST_F(TransformDecimalTest, round_to_rounds_as_it_is_told) {
    const struct {
        const char* call;
        const char* a;
        const char* amount;
    } cases[] = {
        {"round_to(payload.a * payload.b, 6, half_even)", "0.000005", "0.000000"},
        {"round_to(payload.a * payload.b, 6, half_even)", "0.000015", "0.000002"},
        {"round_to(payload.a * payload.b, 6, half_away_from_zero)", "0.000005", "0.000001"},
        {"round_to(payload.a * payload.b, 6, half_away_from_zero)", "-0.000005", "-0.000001"},
        {"round_to(payload.a * payload.b, 6, toward_zero)", "-0.000019", "-0.000001"},
        {"round_to(payload.a * payload.b, 6, floor)", "-0.000011", "-0.000002"},
        {"ROUND_TO(payload.a, 2, Half_Even)", "12.345", "12.340000"},
        {"round_to(payload.a, 2 , half_away_from_zero )", "12.345", "12.350000"},
        {"round_to(payload.a, 0, floor)", "-0.5", "-1.000000"},
        {"round_to(payload.a, 2, half_even)", "12.3", "12.300000"},
        {"round_to(payload.n, 2, half_even)", "0", "3.000000"},
        {"round_to(payload.t, 2, half_even)", "0", "12.340000"},
        {"cast(round_to(payload.a, 2, half_even) as decimal(18, 2))", "0.125", "0.120000"},
        {"cast(round_to(payload.a, 0, half_even) as bigint)", "2.5", "2.000000"},
        {"round_to(payload.a * payload.b, 6, half_even) * payload.a", "999999",
         "99999800000.100000"},
        {"list_sum([round_to(p.price * payload.b, 6, half_even) for p in payload.parts])", "0",
         "0.100000"},
    };
    for (const auto& each : cases) {
        EXPECT_EQ(
            amount_of(each.call, fmt::format(R"({{"a": "{}", "b": "0.1", "n": 3, "t": " 12.345 ",)"
                                             R"( "parts": [{{"price": "1"}}]}})",
                                             each.a)),
            each.amount)
            << each.call << " of " << each.a;
    }
}

TEST_F(TransformDecimalTest, divide_rounds_as_it_is_told) {
    const struct {
        const char* call;
        const char* amount;
    } cases[] = {
        {"divide(payload.a, 3, half_even)", "333333333333.333333"},
        {"divide(payload.a * 2, 3, half_away_from_zero)", "666666666666.666666"},
        {"divide(2, 3, half_even)", "0.666667"},
        {"divide(2, 3, toward_zero)", "0.666666"},
        {"divide(-2, 3, floor)", "-0.666667"},
        {"divide(1, 2000000, half_even)", "0.000000"},
        {"divide(3, 2000000, half_even)", "0.000002"},
        {"divide(1, 2000000, half_away_from_zero)", "0.000001"},
        {"divide(payload.a * payload.a, payload.a, half_even)", "999999999999.999999"},
        {"divide(payload.a * payload.a, payload.a * payload.a, half_even)", "1.000000"},
        {"divide(payload.b, payload.a * payload.a, half_even)", "0.000000"},
        {"divide(payload.n, payload.b, half_even)", "3.000000"},
        {"coalesce(divide(payload.a, nullif(payload.c, 0), half_even), 7)", "7.000000"},
    };
    for (const auto& each : cases) {
        EXPECT_EQ(amount_of(each.call, R"({"a": "999999999999.999999", "b": "1", "n": 3})"),
                  each.amount)
            << each.call;
    }
    EXPECT_THAT(amount_of("divide(payload.a, payload.c, half_even)", R"({"a": "1", "c": "0"})"),
                HasSubstr("divide by zero"));
}

TEST_F(TransformDecimalTest, refuses_a_rounding_that_it_does_not_know) {
    expect_refused("round_to(payload.a, 2, <here>half_evn)", "transform.unknown_rounding",
                   "half_evn", "half_even");
    expect_refused("round_to(payload.a, 2, <here>'half_even')", "transform.unknown_rounding",
                   "without the name", "half_even");
    expect_refused("round_to(payload.a, 2, <here>0)", "transform.unknown_rounding", "", "");
    expect_refused("round_to(payload.a, <here>7, half_even)", "transform.unknown_rounding",
                   "0 to 6 digits", "");
    expect_refused("round_to(payload.a, <here>payload.n, half_even)", "transform.unknown_rounding",
                   "0 to 6 digits", "");
    expect_refused("<here>round_to(payload.a, 2)", "transform.unknown_rounding", "three arguments",
                   "");
    expect_refused("<here>divide(payload.a, payload.b)", "transform.unknown_rounding",
                   "three arguments", "divide(a, b, half_even)");
}

TEST_F(TransformDecimalTest, refuses_quotients_that_are_no_decimals) {
    expect_refused("payload.a <here>/ payload.b", "transform.binary_float", "\"/\"",
                   "divide(a, b, half_even)");
    expect_refused("<here>payload.a // 2", "transform.binary_float", "", "divide(");
    expect_refused("<here>round(payload.a, 2)", "transform.unnamed_rounding", "\"round\"",
                   "round_to(x, 2, half_away_from_zero)");
    expect_refused("<here>avg(payload.a) over (partition by position)", "transform.binary_float",
                   "avg", "");
    expect_refused("<here>median(payload.a) over (partition by position)",
                   "transform.unnamed_rounding", "median", "");
    expect_refused("<here>list_median([payload.a, payload.b])", "transform.unnamed_rounding", "",
                   "");
}

TEST_F(TransformDecimalTest, refuses_products_of_three) {
    expect_refused("payload.a * payload.b <here>* payload.c", "transform.three_factors",
                   "three factors", "round_to(a * b, 6, half_even) * c");
    expect_refused("payload.a <here>* (payload.b * payload.c)", "transform.three_factors", "", "");
    expect_refused("(payload.a * payload.b + payload.c) <here>* payload.c",
                   "transform.three_factors", "", "");
    expect_refused("payload.a * 0.19 <here>* 0.5", "transform.three_factors", "", "");
    expect_refused("sum(payload.a * payload.b) over (partition by position) <here>* payload.c",
                   "transform.three_factors", "", "");
}

TEST_F(TransformDecimalTest, refuses_what_narrows_a_decimal) {
    for (const char* expression : {
             "coalesce(<here>payload.a, cast(0 as decimal(38, 2)))",
             "case when true then cast(0 as decimal(38, 2)) else <here>payload.a end",
             "if(true, <here>payload.a, cast(0 as decimal(38, 2)))",
             "greatest(<here>payload.a, cast(0 as decimal(38, 2)))",
             "list_max([<here>payload.a, cast(0 as decimal(38, 2))])",
             "<here>cast(payload.a as decimal(18, 2))",
             "payload.a<here>::decimal(18, 2)",
             "<here>cast(payload.a as decimal)",
             "<here>try_cast(payload.a as decimal(18, 2))",
             "<here>cast(payload.a as bigint)",
             "<here>cast(payload.a * payload.b as decimal(18, 6))",
             "struct_extract(<here>cast(struct_pack(x := payload.a) as struct(x decimal(9, 2))), "
             "'x')",
             "list_sum(<here>cast([payload.a] as decimal(9, 2)[]))",
         }) {
        expect_refused(expression, "transform.narrows_decimal", "", "round_to(");
    }
    expect_refused("list_reduce([payload.a, payload.b], lambda x, y: x * y)",
                   "transform.narrows_decimal", "", "round_to(");
}

TEST_F(TransformDecimalTest, refuses_a_union_that_narrows) {
    expect_statement_refused(
        "with amounts as (select position, payload.a as amount from input"
        " union all select position, cast(0 as decimal(38, 2)) from input)"
        " select position, 'gross_sale' as entry_type, 1 as line_no, amount, 'EUR' as currency,"
        " timestamp '2026-03-01 12:00:00' as occurred_at from amounts",
        "transform.narrows_decimal", "decimal(19, 6) becomes decimal(38, 2)", "round_to(x, 2");
}

TEST_F(TransformDecimalTest, refuses_text_that_would_be_rounded) {
    expect_refused("<here>cast(payload.t as decimal(18, 6))", "transform.text_amount", "",
                   "round_to(text, 6, half_even)");
    EXPECT_EQ(amount_of("cast('12.5' as decimal(18, 6))", "{}"), "12.500000");
}

TEST_F(TransformDecimalTest, refuses_arithmetic_that_stays_in_eighteen_digits) {
    expect_refused("cast(payload.n as decimal(12, 0)) <here>* cast(payload.n as decimal(12, 0))",
                   "transform.narrow_arithmetic", "overflows decimal(18, 0)", "decimal(38, 6)");
}

}  // namespace
}  // namespace meshline
