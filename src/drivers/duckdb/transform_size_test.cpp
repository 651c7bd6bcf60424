// Goal: what the engine would parse, plan or make without end is refused before it begins, with a
// code and a hint; what an author writes in earnest is not.
// Method: each way to make much of a short text, at a size that would take minutes or gigabytes,
// and the same at a size that somebody may need.
#include "drivers/duckdb/transform_fixture.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace meshline {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class TransformSizeTest : public TransformFixture {
  protected:
    std::vector<std::string> codes_of(const std::string& sql) {
        std::vector<std::string> codes;
        for (const Error& problem : engine_.check(orders(sql))) {
            codes.push_back(problem.code);
            EXPECT_FALSE(problem.hint.empty()) << problem.message;
            EXPECT_EQ(problem.where.file, "orders.sql");
        }
        return codes;
    }
    void expect_too_large(const std::string& sql) {
        EXPECT_THAT(codes_of(sql), testing::ElementsAre("transform.too_large"))
            << sql.substr(0, 300);
    }
    void expect_fine(const std::string& sql) {
        EXPECT_THAT(codes_of(sql), IsEmpty()) << sql.substr(0, 300);
    }

    static std::string select(const std::string& order_ref, const std::string& from = "input") {
        return fmt::format("select {}, {} as order_ref from {}", good_row, order_ref, from);
    }
    /// `text` with "@" replaced by itself, `levels` deep; innermost is `inside`.
    static std::string nested(const std::string& text, int levels,
                              std::string inside = "payload.currency") {
        const std::size_t at = text.find('@');
        for (int level = 0; level < levels; ++level)
            inside = text.substr(0, at) + inside + text.substr(at + 1);
        return inside;
    }
    /// `text` with "@" replaced by the numbers below `count`, joined.
    static std::string listed(const std::string& text, int count, const std::string& separator) {
        std::string list;
        const std::size_t at = text.find('@');
        for (int number = 0; number < count; ++number)
            list += (number == 0 ? "" : separator) + text.substr(0, at) + std::to_string(number) +
                    text.substr(at + 1);
        return list;
    }
    /// Sub-selects in each other, each with a column made of the one before: of "@" for it.
    static std::string stacked(std::string made, int levels) {
        std::string text = "(select *, payload.currency as a0, payload as s0 from input)";
        for (int level = 1; level <= levels; ++level) {
            std::string column;
            for (const char byte : made)
                column += byte == '@' ? std::to_string(level - 1) : std::string(1, byte);
            text = fmt::format("(select *, {} as {}{} from {})", column,
                               made.front() == '{' ? 's' : 'a', level, text);
        }
        return text;
    }
};

TEST_F(TransformSizeTest, long_lists_are_planned) {
    expect_fine(select("payload.currency",
                       "input where payload.currency in (" + listed("'@'", 20'000, ",") + ")"));
    expect_fine(
        select("case " + listed("when payload.currency = '@' then 'x'", 3'000, " ") + " end"));
    expect_too_large(
        select("payload.currency", "input where " + listed("payload.id='@'", 10'000, " or ")));
    expect_too_large("select 1" + std::string(256 * 1024, ' ') + "from input");
}

TEST_F(TransformSizeTest, a_cte_counts_as_often_as_it_is_read) {
    std::string doubled = "with c0 as (select * from input)";
    for (int level = 1; level <= 13; ++level)
        doubled += fmt::format(", c{0} as (from c{1} union all from c{1})", level, level - 1);
    expect_fine(doubled + select("'x'", "c3"));
    expect_too_large(doubled + select("'x'", "c13"));
}

TEST_F(TransformSizeTest, what_the_engine_doubles_is_counted_twice) {
    for (const std::string text : {"nullif(@, '')", "case when @ between 'a' and 'b' then 'x' end",
                                   "case @ when 'a' then 'b' when 'c' then 'd' end"}) {
        expect_fine(select(nested(text, 4)));
        expect_too_large(select(nested(text, 20)));
    }
    const std::string arrows = nested("(@ -> 'a')", 30, "cast(payload.note as json)");
    expect_fine(select(nested("(@ -> 'a')", 6, "cast(payload.note as json)") + " ->> 'a'"));
    expect_too_large(select(arrows + " ->> 'a'"));
}

TEST_F(TransformSizeTest, a_name_counts_as_what_it_stands_for) {
    std::string aliases = "payload.currency as a0";
    for (int level = 1; level <= 20; ++level)
        aliases += fmt::format(", a{1} || a{1} as a{0}", level, level - 1);
    expect_too_large(fmt::format("select position, a20 from (select *, {} from input)", aliases));
    expect_fine(
        fmt::format("{} where a4 <> 'x'",
                    select("a4",
                           "(select *, payload.currency as a0, upper(a0) as a1, a1 || a0 as a2,"
                           " coalesce(a2, a1) as a3, a3 || a2 as a4 from input)")));
}

TEST_F(TransformSizeTest, conditions_and_structs_hold_what_they_read_whole) {
    const std::string doubled = stacked("a@ || a@", 20);
    expect_fine(select("a20", doubled));
    expect_too_large(select("'x'", doubled + " where a20 <> 'x'"));
    expect_fine(select("'x'", stacked("a@ || a@", 5) + " where a5 <> 'x'"));
    expect_too_large(select("'x'", stacked("{'x': s@, 'y': s@}", 20)));
    expect_fine(select("'x'", stacked("{'x': s@, 'y': s@}", 4)));
}

TEST_F(TransformSizeTest, a_star_counts_as_the_columns_it_stands_for) {
    const std::string wide =
        "(select position, payload, " + listed("'a' as x@", 500, ", ") + " from input)";
    expect_fine(select("x1", wide));
    expect_too_large(select(
        "'x'",
        "(select *, " + listed("least(*columns('x.*')) as h@", 300, ", ") + " from " + wide + ")"));
    expect_too_large(select("'x'", "(select position from (select *, " +
                                       listed("columns('x@.*')", 300, ", ") + " from " + wide +
                                       "))"));
}

TEST_F(TransformSizeTest, depth_is_refused_as_such) {
    expect_too_large(select(nested("upper(@)", 1'000)));
    expect_too_large(select(nested("upper(@)", 200)));
    expect_too_large(select(listed("payload.currency", 3'000, " || ")));
    expect_fine(select(nested("upper(@)", 20)));
}

TEST_F(TransformSizeTest, nothing_long_is_made_that_no_event_asks_for) {
    for (const char* made :
         {"repeat('x', 500000000)", "lpad('x', 2000000000, 'y')", "rpad('x', 10001, 'y')",
          "range(50000000)[1]", "generate_series(1, 10001)[1]", "list_resize([1], 99999999)[1]",
          "repeat('x', 1000 * 1000 * 1000)", "format('{:>999999999}', 'x')",
          "printf('%999999999d', 1)", "printf('%*d', 999999999, 1)", "bitstring('1', 99999999)",
          "len(generate_series(timestamp '1900-01-01', timestamp '2100-01-01', interval 1 "
          "hour))"}) {
        const auto problems = engine_.check(orders(select(made)));
        ASSERT_THAT(problems, SizeIs(1)) << made;
        EXPECT_EQ(problems[0].code, "transform.too_large") << render(problems[0]);
        EXPECT_GT(problems[0].where.line, 0) << made;
    }
    for (const char* made :
         {"repeat('x', 10000)", "lpad(payload.currency, 12, chr(48))", "range(10000)[1]",
          "lpad(payload.currency, cast(payload.total_minor as integer), '0')",
          "format('{:>8} of 20260101 * {}', 'x', 'y')", "printf('REF20260101-%05d *', 1)",
          "len(generate_series(payload.created_at, occurred_at, interval 1 month))"}) {
        expect_fine(select(fmt::format("cast({} as varchar)", made)));
    }
    // One row after the other: nothing waits in memory.
    expect_fine(select("cast(r.n as varchar)", "input, range(1000000000) as r(n)"));
}

TEST_F(TransformSizeTest, so_many_problems_are_told) {
    EXPECT_THAT(engine_.check(orders(fmt::format("select {}, {} from input", good_row,
                                                 listed("1 as out@", 8'000, ", ")))),
                SizeIs(50));
    EXPECT_THAT(engine_.check(orders(
                    select("concat(" + listed("lag(event_id, @) over ()", 200, ", ") + ")"))),
                SizeIs(50));
}

}  // namespace
}  // namespace meshline
