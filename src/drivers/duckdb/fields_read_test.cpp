// Goal: a field is left out only where no row of a transform can show what it holds.
// Method: a table of statements with the fields they read; what takes the payload as a whole reads
// all. And a stream whose unread field could not be read does not fail.
#include "drivers/duckdb/fields_read.hpp"

#include "base/text/text.hpp"
#include "drivers/duckdb/transform_fixture.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace meshline {
namespace {

using testing::ElementsAre;

/// "id, lines"; "all".
std::string read_by(const std::string& sql) {
    auto opened = Engine::open("", {{"threads", "1"}});
    const Engine engine = std::move(std::get<Engine>(opened));
    const SqlSource source(TransformText{.name = "t", .file = "t.sql", .sql = sql});
    const auto tree = SqlTree::parse(engine, source);
    EXPECT_TRUE(tree.ok()) << sql;
    const auto fields = fields_read(*tree);
    if (!fields) return "all";
    std::string text;
    for (const std::string& field : *fields)
        text += (text.empty() ? "" : ", ") + field;
    return text;
}

TEST(FieldsRead, are_those_that_are_named) {
    const std::pair<const char*, const char*> cases[] = {
        {"select position from input", ""},
        {"select payload.ID, i.payload.lines[1].sku from input i", "id, lines"},
        {"with t as (select position, payload from input where payload.a) select payload.b from t",
         "a, b"},
        {"select p.payload.a from (select payload from input) p", "a"},
        {"select payload.a from input union all select payload.b from input", "a, b"},
        {"select l.price from input, unnest(payload.lines) as u(l)", "all"},
        {"select list_transform(payload.lines, lambda l: l.price) from input", "lines"},
        {"select (select max(payload.a) from input) from input", "a"},
        {"select a.payload.x from input a join input b using (position)", "x"},
    };
    for (const auto& [sql, expected] : cases)
        EXPECT_EQ(read_by(sql), expected) << sql;
}

TEST(FieldsRead, are_all_where_the_payload_is_taken_as_a_whole) {
    const char* cases[] = {
        "select * from input",
        "select input.* from input",
        "select columns('pay.*') from input",
        "select payload as p from input",
        "select payload::varchar from input",
        "select to_json(payload) from input",
        "select payload['a'] from input",
        "select position from input where payload is not null",
        "select position from input order by payload",
        "select payload.a from input group by payload",
        "select distinct payload from input",
        "select payload, count(*) from input group by all",
        "select payload from input union select payload from input",
        "select payload from input except select payload from input",
        "with t(a, b) as (select position, payload from input) select b.x from t",
        "select u.d.x from (select position, payload from input) as u(c, d)",
        "select i from input i",
        "select to_json(input) from input",
        "select to_json((select payload from input limit 1)) from input",
        "select position from input natural join (select payload from input) t",
        "select position from input join (select payload from input) t using (payload)",
        "select payload.payload from input payload",
        "select #1 from (select payload from input) t",
    };
    for (const char* sql : cases)
        EXPECT_EQ(read_by(sql), "all") << sql;
}

class UnreadFieldsTest : public TransformFixture {};

TEST_F(UnreadFieldsTest, are_not_shredded) {
    const std::string reading =
        fmt::format("select {}, payload.id as order_ref from input", good_row);
    const std::string record = R"({"id": "a", "total": "no money"})";
    const auto program = compile(orders(reading));
    ASSERT_TRUE(program);
    add(*program, {record});
    EXPECT_THAT(rows_of(run(*program), "order_ref"), ElementsAre("a"));
    StreamTransforms needing = orders(reading);
    needing.fields_needed = {"Total"};
    const auto needed = compile(needing);
    ASSERT_TRUE(needed);
    add(*needed, {record});
    EXPECT_EQ(run(*needed).failures.size(), 1U);
    const auto whole = compile(orders(reading + " where payload is not null"));
    ASSERT_TRUE(whole);
    add(*whole, {record});
    EXPECT_EQ(run(*whole).failures.size(), 1U);
}

TEST_F(UnreadFieldsTest, the_engine_tells_them_by_transform) {
    StreamTransforms stream = orders("select position, payload.Total from input");
    stream.transforms.push_back(text_of_transform("whole", "select * from input"));
    stream.transforms.push_back(text_of_transform("broken", "select from where"));
    const auto read = engine_.fields_read(stream);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->at(stream.transforms.front().name), std::set<std::string>{"total"});
    EXPECT_EQ(read->at("whole"), std::nullopt);
    EXPECT_EQ(read->at("broken"), std::nullopt);
}

}  // namespace
}  // namespace meshline
