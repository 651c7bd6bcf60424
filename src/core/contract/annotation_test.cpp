// Goal: an annotation holds values against its type as sources write them, beside the keywords of
// JSON Schema, which the official suite covers.
// Method: a table of schema, payload and the errors expected, as "location keyword" lines.
#include "base/json/json.hpp"
#include "core/contract/contract.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace meshline {
namespace {

std::string judged(const std::string& schema, const std::string& payload) {
    const auto contract = Contract::compile(schema, "f");
    EXPECT_TRUE(contract.ok()) << render(contract.error());
    JsonDocument document;
    const auto value = document.parse(payload);
    EXPECT_TRUE(value.ok()) << payload;
    if (!contract.ok() || !value.ok()) return "broken test";
    std::string found;
    for (const SchemaError& violation : contract->judge(*value, ReadOptions{})) {
        found +=
            (found.empty() ? "" : "; ") + violation.instance_location + " " + violation.keyword;
        EXPECT_FALSE(violation.message.empty());
    }
    return found;
}

struct Case {
    const char* schema;
    const char* payload;
    const char* expected;
};

void expect_all(const std::vector<Case>& rows) {
    for (const Case& row : rows) {
        EXPECT_EQ(judged(row.schema, row.payload), row.expected)
            << row.schema << " " << row.payload;
    }
}

/// A member's schema is judged the same written out, behind one reference and behind two.
TEST(Annotations, members_behind_references) {
    const Case cases[] = {
        {R"({"type":["string","null"]})", "null", ""},
        {R"({"type":["string","null"]})", "\"\"", ""},
        {R"({"type":["string","null"]})", "1", "/m type"},
        {R"({"type":"string","minLength":1})", "\"\"", "/m minLength"},
        {R"({"type":"number","minimum":2})", "1", "/m minimum"},
        {R"({"type":"boolean","const":true})", "false", "/m const"},
        {R"({"type":["null","integer"],"enum":[1]})", "null", "/m enum"},
        {R"({"type":"null","not":{}})", "null", "/m not"},
        {R"({"type":["boolean","string"],"x-meshline":"boolean"})", "true", ""},
        {R"({"type":["boolean","string"],"x-meshline":"boolean"})", "\"maybe\"", "/m x-meshline"},
        {R"({"type":["boolean","string"],"x-meshline":"money"})", "true", "/m x-meshline"},
        {R"({"type":["number","null"],"x-meshline":"money"})", "1e20", "/m x-meshline"},
        {R"({"x-meshline":"money"})", "null", ""},
        {"false", "null", "/m false"},
        {"{}", "{}", ""},
        {R"({"items":{"$ref":"#/$defs/two"}})", R"([[[]]])", ""},
    };
    for (const Case& row : cases) {
        const std::string defs =
            std::string(R"("$defs":{"one":)") + row.schema + R"(,"two":{"$ref":"#/$defs/one"}}})";
        const std::string payload = std::string("{\"m\":") + row.payload + "}";
        for (const std::string& member :
             {std::string(row.schema), std::string(R"({"$ref":"#/$defs/one"})"),
              std::string(R"({"$ref":"#/$defs/two","title":"t"})")}) {
            const std::string schema = "{\"properties\":{\"m\":" + member + "}," + defs;
            expect_all({{schema.c_str(), payload.c_str(), row.expected}});
        }
    }
}

TEST(Annotations, annotations) {
    expect_all({
        {R"({"x-meshline":"money"})", "\"1,234.50\"", ""},
        {R"({"x-meshline":"money"})", "\"abc\"", " x-meshline"},
        {R"({"x-meshline":"money"})", "0.1234567", " x-meshline"},
        {R"({"x-meshline":"integer"})", "9223372036854775807", ""},
        {R"({"x-meshline":"integer"})", "9223372036854775808", " x-meshline"},
        {R"({"x-meshline":"boolean"})", "\"TRUE\"", ""},
        {R"({"x-meshline":"boolean"})", "\"yes\"", " x-meshline"},
        {R"({"x-meshline":"instant"})", "\"2026-03-01T09:30:00Z\"", ""},
        {R"({"x-meshline":"instant"})", "\"2026-03-01T09:30:00\"", " x-meshline"},
        {R"({"x-meshline":"unix_seconds"})", "1767225600", ""},
        {R"({"x-meshline":"unix_seconds"})", "1767225600123", " x-meshline"},
        {R"({"x-meshline":"unix_millis"})", "1767225600123", ""},
        {R"({"x-meshline":"unix_millis"})", "1.5", " x-meshline"},
        {R"({"x-meshline":"date"})", "\"2024-02-29\"", ""},
        {R"({"x-meshline":"date"})", "\"2026-02-29\"", " x-meshline"},
        {R"({"x-meshline":"currency"})", "\"usd\"", ""},
        {R"({"x-meshline":"currency"})", "\"US\"", " x-meshline"},
        {R"({"x-meshline":"currency"})", "840", " x-meshline"},
    });
}

TEST(Annotations, null_and_empty_text_are_one_in_annotated_fields) {
    expect_all({
        {R"({"x-meshline":"money"})", "null", ""},
        {R"({"x-meshline":"money"})", "\"\"", ""},
        {R"({"x-meshline":"money","type":["number","null"]})", "null", ""},
        {R"({"x-meshline":"money","type":["number","null"]})", "\" \"", ""},
        {R"({"x-meshline":"money","type":["number","null"]})", "\"1\"", " type"},
        {R"({"x-meshline":"money","type":"string"})", "null", " type"},
        {R"({"x-meshline":"money","type":"string"})", "\"\"", " x-meshline"},
        {R"({"x-meshline":"currency","type":"string"})", "\"\"", " x-meshline"},
        {R"({"x-meshline":"currency"})", "\"\"", ""},
        {R"({"type":["string","null"],"minLength":1})", "\"\"", " minLength"},
    });
}

TEST(Annotations, messages_say_what_was_expected_and_found) {
    const auto contract = Contract::compile(
        R"({"type":"object","required":["id"],"properties":{
            "id":{"type":["string","integer"]},"total":{"x-meshline":"money"}}})",
        "f");
    JsonDocument document;
    const auto payload = document.parse(R"({"id":[],"total":"12,5"})");
    const auto violations = contract->judge(*payload, ReadOptions{});
    ASSERT_EQ(violations.size(), 2u);
    EXPECT_EQ(violations[0].message, "expected string or integer, found array");
    EXPECT_EQ(violations[1].message, "\"99,9\" is not an amount");
}

}  // namespace
}  // namespace meshline
