// Goal: what the writer writes is the JSON that was meant, and unbalanced calls stop the program.
// Method: exact texts, and reading back every string of random bytes that is UTF-8.
#include "base/json/json.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <string>

namespace meshline {
namespace {

TEST(JsonWriter, writes_members_items_and_commas) {
    JsonWriter writer;
    writer.begin_object().member("name", "net \"sales\"").member("count", 3).member("ok", true);
    writer.key("list").begin_array().integer(-1).null().raw("1.50").begin_object().end_object();
    writer.end_array().key("none").begin_array().end_array().end_object();
    EXPECT_EQ(writer.take(),
              R"({"name":"net \"sales\"","count":3,"ok":true,"list":[-1,null,1.50,{}],"none":[]})");
}

TEST(JsonWriter, indents_by_two_when_pretty) {
    JsonWriter writer(true);
    writer.begin_object().member("a", 1).key("b").begin_array().string("x").end_array();
    writer.key("c").begin_object().end_object().end_object();
    EXPECT_EQ(writer.take(), "{\n  \"a\": 1,\n  \"b\": [\n    \"x\"\n  ],\n  \"c\": {}\n}");
}

TEST(JsonWriter, is_ready_for_the_next_text_after_take) {
    JsonWriter writer;
    EXPECT_EQ(writer.string("a").take(), "\"a\"");
    EXPECT_EQ(writer.integer(2).take(), "2");
}

TEST(JsonWriterDeathTest, unbalanced_calls_break_a_promise) {
    EXPECT_DEATH(JsonWriter().begin_object().end_array(), "broken promise");
    EXPECT_DEATH(JsonWriter().begin_object().string("no key"), "broken promise");
    EXPECT_DEATH(JsonWriter().begin_array().key("no object"), "broken promise");
    EXPECT_DEATH(JsonWriter().begin_array().take(), "broken promise");
    EXPECT_DEATH(JsonWriter().integer(1).integer(2), "broken promise");
}

TEST(AppendJsonString, uses_the_shortest_escapes) {
    std::string out;
    append_json_string(out, std::string_view("\"\\/\b\f\n\r\t\x01\x1f\0\x7f\xE2\x82\xAC", 15));
    EXPECT_EQ(out, "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\\u0000\x7f\xE2\x82\xAC\"");
}

TEST(AppendJsonString, every_ascii_text_reads_back) {
    rc::check([] {
        const auto text = *rc::gen::container<std::string>(rc::gen::map(
            rc::gen::inRange(0, 128), [](int byte) { return static_cast<char>(byte); }));
        std::string json;
        append_json_string(json, text);
        JsonDocument document;
        const auto value = document.parse(json);
        RC_ASSERT(value.ok());
        RC_ASSERT(value->text() == text);
    });
}

}  // namespace
}  // namespace meshline
