// Goal: a transform that cannot be run, or could reach beyond its events, is refused with a code, a
// place in its file and, where there is one, the name that was meant.
// Method: one bad transform per case; the place is found by the mark "<here>" in its SQL.
#include "drivers/duckdb/transform_fixture.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace meshline {
namespace {

using testing::HasSubstr;

class TransformCheckTest : public TransformFixture {
  protected:
    std::vector<Error> problems_of(const std::string& sql, const std::string& into = "entries") {
        return engine_.check(orders(sql, into));
    }

    /// Checks that the SQL (whose "<here>" is taken out) has exactly one problem, there.
    void expect_refused(std::string sql, const std::string& code, const std::string& message,
                        const std::string& hint = "") {
        const std::size_t mark = sql.find("<here>");
        if (mark != std::string::npos) sql.erase(mark, std::string_view("<here>").size());
        const auto problems = problems_of(sql);
        ASSERT_EQ(problems.size(), 1U) << sql << (problems.empty() ? "" : render(problems[1]));
        const Error& problem = problems[0];
        EXPECT_EQ(problem.code, code) << render(problem) << "\n" << sql;
        EXPECT_EQ(problem.kind, ErrorKind::invalid);
        EXPECT_THAT(problem.message, HasSubstr(message)) << sql;
        EXPECT_THAT(problem.message, HasSubstr("\"orders\"")) << sql;
        EXPECT_THAT(problem.hint, HasSubstr(hint)) << sql;
        EXPECT_EQ(problem.where.file, "orders.sql");
        if (mark == std::string::npos) return;
        const SqlSource source(text_of_transform("orders", sql));
        EXPECT_EQ(problem.where, source.place_at(mark)) << problem.where.text() << " in\n" << sql;
    }
    std::string select(const std::string& expression) {
        return fmt::format("select {}, {} as order_ref from input", good_row, expression);
    }
};

TEST_F(TransformCheckTest, accepts_a_select_with_comments_and_a_semicolon) {
    EXPECT_TRUE(
        problems_of(fmt::format("-- Grain: a row; per event\nwith a as (select * from input)"
                                "\nselect {} from a; /* done; */ -- end",
                                good_row))
            .empty());
}

TEST_F(TransformCheckTest, refuses_bad_syntax_where_it_is) {
    expect_refused("select position\nfrom input\nwhere <here>from", "transform.syntax", "\"from\"");
    expect_refused("select 'ünï',\n  1 frm <here>x y from input", "transform.syntax", "");
    expect_refused("select $1 from input", "transform.syntax", "parameter");
    expect_refused("select 1 <here>\xff", "transform.syntax", "UTF-8");
    expect_refused(std::string("select 1\0", 9), "transform.syntax", "UTF-8");
}

TEST_F(TransformCheckTest, refuses_anything_but_one_select) {
    for (const char* sql : {"",
                            "-- nothing",
                            "select 1; select 2",
                            "drop table input",
                            "insert into input select 1",
                            "create table x as select 1",
                            "copy input to '/tmp/meshline_escape.csv'",
                            "copy (select 1) to '/tmp/meshline_escape.csv'",
                            "attach '/tmp/meshline_escape.db'",
                            "install httpfs",
                            "load httpfs",
                            "pragma version",
                            "pragma database_list",
                            "set threads = 4",
                            "reset threads",
                            "set lock_configuration = false",
                            "call pragma_version()",
                            "explain select 1",
                            "export database '/tmp/meshline_escape'",
                            "begin",
                            "checkpoint",
                            "vacuum",
                            "use memory",
                            "prepare x as select 1",
                            "select 1; drop view input",
                            "describe input",
                            "show tables",
                            "summarize input",
                            "pivot input on position",
                            "with recursive a as (select 1 union all select 1 from a) "
                            "select * from a",
                            "select * from (pivot input on position in (1, 2) using count(*))"}) {
        const auto problems = problems_of(sql);
        ASSERT_FALSE(problems.empty()) << sql;
        EXPECT_EQ(problems[0].code, "transform.not_a_select") << sql << "\n" << render(problems[0]);
    }
}

TEST_F(TransformCheckTest, refuses_unknown_columns_with_the_nearest_name) {
    expect_refused(select("<here>objet_id"), "transform.unknown_column", "\"objet_id\"",
                   "object_id");
    expect_refused(select("payload.<here>totall"), "transform.unknown_column", "\"totall\"",
                   "The contract has \"total\".");
    expect_refused(select("payload.customer.address.\n<here>contry"), "transform.unknown_column",
                   "\"contry\"", "The contract has \"country\".");
    expect_refused(select("payload.lines[1].<here>skuu"), "transform.unknown_column", "\"skuu\"",
                   "The contract has \"sku\".");
    expect_refused(select("payload['<here>crrency']"), "transform.unknown_column", "\"crrency\"",
                   "The contract has \"currency\".");
    expect_refused(select("<here>ordered_on"), "transform.unknown_column", "\"ordered_on\"",
                   "reach it by its path from payload");
    expect_refused(fmt::format("with line as (select position, unnest(payload.lines) as line "
                               "from input) select {}, line.<here>pric as order_ref from line",
                               good_row),
                   "transform.unknown_column", "\"pric\"", "The contract has \"price\".");
    expect_refused(fmt::format("select {}, <here>i.zzz as order_ref from input i", good_row),
                   "transform.unknown_column", "\"zzz\"");
}

TEST_F(TransformCheckTest, refuses_other_tables) {
    expect_refused(fmt::format("select {} from <here>inputs", good_row), "transform.unknown_table",
                   "\"inputs\"", "Did you mean \"input\"?");
    for (const char* table :
         {"duckdb_settings", "sqlite_master", "information_schema.tables", "main.input",
          "memory.main.input", "'/etc/passwd'", "\"/etc/hosts\"", "'https://example.test/a.csv'",
          "pg_catalog.pg_tables", "duckdb_secrets"}) {
        expect_refused(fmt::format("select {} from input, <here>{} x", good_row, table),
                       "transform.unknown_table", "unknown table");
    }
    // A CTE does not lend its name to a table of the catalogue that it reads itself.
    expect_refused(fmt::format("with duckdb_settings as (select * from <here>duckdb_settings) "
                               "select {} from input, duckdb_settings",
                               good_row),
                   "transform.unknown_table", "\"duckdb_settings\"");
    // Nor to one outside the statement that it belongs to.
    expect_refused(
        fmt::format("select {} from input where position in (with duckdb_tables as (select 1 as a) "
                    "select a from duckdb_tables) and exists (select 1 from <here>duckdb_tables)",
                    good_row),
        "transform.unknown_table", "\"duckdb_tables\"");
}

TEST_F(TransformCheckTest, refuses_table_functions_that_read_something) {
    for (const char* function :
         {"read_csv('/etc/passwd')", "read_text('/etc/passwd')", "read_blob('/etc/passwd')",
          "read_json('/tmp/x')", "read_parquet('/tmp/x')", "parquet_metadata('/tmp/x')",
          "glob('/*')", "sniff_csv('/etc/passwd')", "query('select 1')", "query_table('input')",
          "duckdb_settings()", "duckdb_functions()", "pragma_version()", "meshline_input()",
          "json_execute_serialized_sql('{}')", "test_all_types()", "repeat(1, 2)"}) {
        expect_refused(fmt::format("select {} from input, <here>{} x", good_row, function),
                       "transform.forbidden_function", "table function");
    }
    EXPECT_TRUE(problems_of(fmt::format("select {} from input, range(1) r(i), "
                                        "unnest(payload.tags) t(tag)",
                                        good_row))
                    .empty());
}

TEST_F(TransformCheckTest, refuses_functions_whose_result_the_events_do_not_decide) {
    for (const char* expression : {"random()",
                                   "now()",
                                   "today()",
                                   "current_timestamp",
                                   "current_date",
                                   "current_time",
                                   "localtimestamp",
                                   "get_current_timestamp()",
                                   "transaction_timestamp()",
                                   "age(timestamp '2020-01-01')",
                                   "ago(interval 1 day)",
                                   "uuid()",
                                   "gen_random_uuid()",
                                   "uuidv7()",
                                   "getvariable('x')",
                                   "current_setting('threads')",
                                   "version()",
                                   "current_user",
                                   "current_database()",
                                   "current_schema()",
                                   "txid_current()",
                                   "current_query()",
                                   "setseed(0.5)",
                                   "nextval('x')",
                                   "hash(1)",
                                   "json_serialize_sql('select 1')",
                                   "write_log('x')",
                                   "sleep_ms(1)",
                                   "pg_postmaster_start_time()",
                                   "meshline_event_object_id(1)",
                                   "meshline_business_on(occurred_at)",
                                   "current_localtimestamp()",
                                   "stats(1)",
                                   "in_search_path('a', 'b')",
                                   "reservoir_quantile(1, 0.5)"}) {
        expect_refused(select(fmt::format("<here>{}", expression)), "transform.forbidden_function",
                       "forbidden function");
    }
    // Wherever it stands.
    for (const char* sql :
         {"select {} from input where random() < 1", "select {} from input order by random()",
          "with a as (select uuid() as u from input) select {} from input",
          "select {} from input qualify row_number() over (order by now()) = 1",
          "select {} from input where [x for x in [1] if now() is not null] = []",
          "select {} from input where occurred_at < now() - interval (1) day"}) {
        const auto problems = problems_of(fmt::format(fmt::runtime(sql), good_row));
        ASSERT_FALSE(problems.empty()) << sql;
        EXPECT_EQ(problems[0].code, "transform.forbidden_function") << sql;
    }
    EXPECT_FALSE(problems_of(select("(select 1 from input tablesample 10%)")).empty());
    expect_refused(select("<here>getenv('HOME')"), "transform.forbidden_function", "");
    expect_refused(select("<here>no_such_function(1)"), "transform.unknown_function",
                   "\"no_such_function\"");
    expect_refused(select("<here>from_minor_unit(1, 'EUR')"), "transform.unknown_function", "",
                   "from_minor_units");
}

TEST_F(TransformCheckTest, refuses_binary_floats_on_the_way_to_money) {
    for (const char* expression :
         {"payload.total <here>/ 100", "<here>sqrt(payload.total)", "<here>avg(payload.total)",
          "<here>cast(payload.total as double)", "payload.total<here>::float", "<here>1e3",
          "payload.total <here>** 2", "<here>list_avg([1])", "<here>list_aggregate([1], 'avg')"}) {
        expect_refused(select(expression), "transform.binary_float", "binary float");
    }
    // An interval is no float, though the parser writes one on the way.
    for (const std::string interval :
         {"1 day", "2 hours", "1 second", "20 milliseconds", "7 microseconds"}) {
        const std::string sum = "occurred_at + interval " + interval + " < occurred_at";
        EXPECT_TRUE(problems_of(select(sum)).empty()) << interval;
    }
    EXPECT_TRUE(problems_of(select("(payload.total * 0.25)::varchar")).empty());
}

TEST_F(TransformCheckTest, refuses_rows_that_depend_on_other_events) {
    const std::string totals =
        "with totals as (select position, total from (select position, "
        "payload.total as total from input)) ";
    for (const char* sql :
         {"select {0} from (select <here>sum(payload.total), any_value(position) as position from "
          "input)",
          "select {0} from (select <here>max(position) as position from input group by payload.id)",
          "select {0}, <here>row_number() over (order by position) as quantity from input",
          "select {0}, <here>sum(1) over (partition by payload.id) as quantity from input",
          "select {0} from (select * from input order by position limit <here>5)",
          "select {0} from input union all select {0} from input limit <here>1",
          "select {0} from (select distinct payload.id from input), (select 1 as position)",
          "select {0} from input a, <here>input b",
          "select {0} from input a join <here>input b on a.object_id = b.object_id",
          "select {0} from input join <here>totals using (total)",
          "select {0} from input a, totals b, <here>totals c where a.position = b.position",
          "select {0} from input a left join <here>input b on a.position = b.position or true",
          "select {0} from input where payload.id <here>in (select payload.id from input)",
          "select {0}, <here>(select count(*) from totals) as quantity from input",
          "select {0} from (select position from input group by rollup (position))"}) {
        const std::string text = totals + sql;
        expect_refused(fmt::format(fmt::runtime(text), good_row), "transform.mixes_events", "event",
                       "by position");
    }
}

TEST_F(TransformCheckTest, accepts_rows_that_stay_with_their_event) {
    const std::string totals =
        "with totals as (select position, sum(t.amount) as total from (select "
        "position, unnest(payload.lines[1].taxes) as t from input) "
        "group by position) ";
    for (const char* from :
         {"(select position, count(*) from input group by 1)",
          "(select position, payload.id, count(*) from input group by all)",
          "(select distinct position, payload.id from input)",
          "(select distinct on (position) * from input)", "input join totals using (position)",
          "(select i.position from input i left join totals t on t.position = i.position)",
          "(select a.position from input a, totals b, totals c where a.position = b.position and "
          "b.position = c.position)",
          "(select position from input where (select count(*) from unnest(payload.lines)) > 0)",
          "(select position from input i where exists (select 1 from totals t "
          "where t.position = i.position))",
          "(select i.position from input i, lateral (select sum(l.price) as total from "
          "unnest(i.payload.lines) u(l) limit 1) t)",
          "(select position from input qualify row_number() over (partition by position) = 1)",
          "(select position from input cross join (select count(*) from range(3)))"}) {
        const auto problems =
            problems_of(totals + fmt::format("select {} from {}", good_row, from));
        EXPECT_TRUE(problems.empty()) << from << (problems.empty() ? "" : render(problems[0]));
    }
}

TEST_F(TransformCheckTest, says_which_attributes_are_written) {
    const auto written = [&](const std::string& attributes) {
        const auto by_book = engine_.attributes(
            orders(fmt::format("select {}{} from input", good_row, attributes), "entries"));
        EXPECT_TRUE(by_book.ok() && by_book->size() == 1);
        return by_book.ok() ? by_book->begin()->second : WrittenAttributes();
    };
    EXPECT_EQ(written(", {'country': 'DE', 'sku': event_id} as attributes").names,
              (std::set<std::string>{"country", "sku"}));
    EXPECT_TRUE(written("").names.empty());
    EXPECT_FALSE(written("").is_open);
    EXPECT_TRUE(written(", map {event_id: 'x'} as attributes").is_open);
    EXPECT_TRUE(written(", nobody as attributes").is_open);
    EXPECT_TRUE(engine_.attributes(orders("select position from input", "records"))->empty());
}

TEST_F(TransformCheckTest, tells_so_many_problems_and_no_more) {
    std::string unknown = "select ";
    for (int index = 0; index < 10'000; ++index)
        unknown += fmt::format("nobody{}(1), ", index);
    EXPECT_EQ(problems_of(unknown + "position from input").size(), 50U);
}

TEST_F(TransformCheckTest, refuses_other_columns_than_those_of_the_relation) {
    expect_refused(fmt::format("select {}, 1 as <here>quantty from input", good_row),
                   "transform.unknown_output", "\"quantty\"", "Did you mean \"quantity\"?");
    for (const char* column :
         {"client_id", "sign", "book", "source", "stream", "transform_digest"}) {
        expect_refused(fmt::format("select {}, 'x' as <here>{} from input", good_row, column),
                       "transform.unknown_output", column);
    }
    expect_refused(fmt::format("select {}, position from input", good_row),
                   "transform.unknown_output", "position");
}

TEST_F(TransformCheckTest, names_every_missing_column) {
    const auto problems = problems_of("select position, 1 as line_no from input");
    ASSERT_EQ(problems.size(), 4U);
    EXPECT_THAT(problems[0].message, HasSubstr("\"entry_type\""));
    EXPECT_THAT(problems[1].message, HasSubstr("\"amount\""));
    EXPECT_THAT(problems[2].message, HasSubstr("\"currency\""));
    EXPECT_THAT(problems[3].message, HasSubstr("neither \"occurred_at\" nor \"business_on\""));
    for (const Error& problem : problems)
        EXPECT_EQ(problem.code, "transform.missing_output");

    EXPECT_EQ(problems_of("select position, 1 as line_no from input", "touchpoints").size(), 1U);
    EXPECT_EQ(problems_of("select position, 1 as line_no from input", "records").size(), 1U);
    EXPECT_EQ(problems_of("select 1 as one from input", "ledger")[0].code,
              "transform.unknown_relation");
}

TEST_F(TransformCheckTest, refuses_types_that_a_column_cannot_hold_exactly) {
    struct Case {
        const char* expression;
        const char* column;
    };
    for (const Case& each :
         {Case{"'12.5'", "quantity"}, Case{"payload.id", "quantity"}, Case{"ordered", "quantity"},
          Case{"[1]", "order_ref"}, Case{"occurred_at", "order_ref"}, Case{"'a'", "attributes"},
          Case{"[1]", "attributes"}}) {
        expect_refused(fmt::format("select {}, {} as <here>{} from (select *, true as ordered "
                                   "from input)",
                                   good_row, each.expression, each.column),
                       "transform.wrong_type", each.column);
    }
    expect_refused(
        "select position, 'charge' as entry_type, 1 as line_no, 1 as amount, 'EUR' as "
        "currency, date '2026-03-01' as <here>occurred_at from input",
        "transform.wrong_type", "occurred_at", "business_on");
    expect_refused(
        "select position, 'charge' as entry_type, 1 as line_no, 1 as amount, 'EUR' as "
        "currency, occurred_at as <here>business_on from input",
        "transform.wrong_type", "business_on", "client's calendar");
}

TEST_F(TransformCheckTest, reports_the_problems_of_every_transform) {
    StreamTransforms stream = orders("select now() from input");
    stream.transforms.push_back(text_of_transform("customers", "select uuid() from input"));
    const auto problems = engine_.check(stream);
    ASSERT_EQ(problems.size(), 2U);
    EXPECT_EQ(problems[0].where.file, "orders.sql");
    EXPECT_EQ(problems[1].where.file, "customers.sql");
    EXPECT_EQ(engine_.compile(stream).error().where.file, "orders.sql");
}

}  // namespace
}  // namespace meshline
