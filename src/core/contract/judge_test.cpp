// Goal: every keyword holds, refuses and has its edge where JSON Schema says.
// Method: a table of schema, payload and the violations expected, as "path keyword" lines.
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
    for (const Violation& violation : contract->judge(*value, ReadOptions{})) {
        found += (found.empty() ? "" : "; ") + violation.instance_path + " " + violation.keyword;
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

TEST(JudgeContract, type) {
    expect_all({
        {R"({"type":"object"})", "{}", ""},
        {R"({"type":"object"})", "[]", " type"},
        {R"({"type":"integer"})", "1", ""},
        {R"({"type":"integer"})", "1.0", ""},
        {R"({"type":"integer"})", "1e2", ""},
        {R"({"type":"integer"})", "1e400", ""},
        {R"({"type":"integer"})", "1.5", " type"},
        {R"({"type":"integer"})", "\"1\"", " type"},
        {R"({"type":"number"})", "1", ""},
        {R"({"type":"number"})", "true", " type"},
        {R"({"type":["string","null"]})", "null", ""},
        {R"({"type":["string","null"]})", "0", " type"},
        {R"({"type":"boolean"})", "false", ""},
        {R"({"type":"null"})", "false", " type"},
        {"{}", "1e400", ""},
        {"true", "{}", ""},
        {"false", "{}", " false"},
    });
}

TEST(JudgeContract, objects) {
    expect_all({
        {R"({"properties":{"a":{"type":"string"}}})", R"({"a":"x"})", ""},
        {R"({"properties":{"a":{"type":"string"}}})", R"({"a":1})", "/a type"},
        {R"({"properties":{"a":{"type":"string"}}})", R"({"b":1})", ""},
        {R"({"properties":{"a":{"type":"string"}}})", "[1]", ""},
        {R"({"properties":{"a/~":{"properties":{"b":false}}}})", R"({"a/~":{"b":1}})",
         "/a~1~0/b false"},
        {R"({"required":["a","b"]})", R"({"b":null,"a":1})", ""},
        {R"({"required":["a","b"]})", R"({"b":1})", " required"},
        {R"({"required":["a","b"]})", "{}", " required;  required"},
        {R"({"required":["a"]})", "\"text\"", ""},
        {R"({"required":["a"],"properties":{"b":{"type":"string"}}})", R"({"b":1})",
         " required; /b type"},
        {R"({"properties":{"a":{}},"additionalProperties":false})", R"({"a":1})", ""},
        {R"({"properties":{"a":{}},"additionalProperties":false})", R"({"a":1,"b":2})",
         "/b additionalProperties"},
        {R"({"required":["b"],"additionalProperties":false})", R"({"b":2})",
         "/b additionalProperties"},
        {R"({"additionalProperties":{"type":"integer"}})", R"({"b":"x"})", "/b type"},
        {R"({"additionalProperties":{"type":"integer"}})", R"({"b":3})", ""},
    });
}

TEST(JudgeContract, arrays) {
    expect_all({
        {R"({"items":{"type":"integer"}})", "[1,2]", ""},
        {R"({"items":{"type":"integer"}})", R"([1,"x",2,null])", "/1 type; /3 type"},
        {R"({"items":{"type":"integer"}})", "[]", ""},
        {R"({"items":{"type":"integer"}})", "{\"a\":\"x\"}", ""},
        {R"({"minItems":1,"maxItems":2})", "[1]", ""},
        {R"({"minItems":1,"maxItems":2})", "[1,2]", ""},
        {R"({"minItems":1,"maxItems":2})", "[]", " minItems"},
        {R"({"minItems":1,"maxItems":2})", "[1,2,3]", " maxItems"},
    });
}

TEST(JudgeContract, values) {
    expect_all({
        {R"({"enum":["a",1,null,[1,{"x":2}]]})", "\"a\"", ""},
        {R"({"enum":["a",1,null,[1,{"x":2}]]})", "1.0", ""},
        {R"({"enum":["a",1,null,[1,{"x":2}]]})", "[1e0,{\"x\":2.00}]", ""},
        {R"({"enum":["a",1,null,[1,{"x":2}]]})", "[1,{\"y\":2}]", " enum"},
        {R"({"enum":["a"]})", "\"A\"", " enum"},
        {R"({"enum":[1]})", "true", " enum"},
        {R"({"enum":["\u0061"]})", "\"a\"", ""},
        {R"({"const":{"a":1,"b":2}})", R"({"b":2,"a":1})", ""},
        {R"({"const":{"a":1,"b":2}})", R"({"b":2})", " const"},
        {R"({"const":[1,2]})", "[2,1]", " const"},
        {R"({"const":0})", "-0.0", ""},
        {R"({"const":"1"})", "1", " const"},
    });
}

TEST(JudgeContract, numbers) {
    expect_all({
        {R"({"minimum":1.5})", "1.5", ""},
        {R"({"minimum":1.5})", "1.4999999999999999999999999", " minimum"},
        {R"({"minimum":1.5})", "\"0\"", ""},
        {R"({"maximum":10})", "10.0", ""},
        {R"({"maximum":10})", "1e400", " maximum"},
        {R"({"maximum":9007199254740992})", "9007199254740993", " maximum"},
        {R"({"exclusiveMinimum":0})", "1e-400", ""},
        {R"({"exclusiveMinimum":0})", "0", " exclusiveMinimum"},
        {R"({"exclusiveMaximum":0})", "-0.1", ""},
        {R"({"exclusiveMaximum":0})", "0.0", " exclusiveMaximum"},
        {R"({"multipleOf":0.01})", "4.35", ""},
        {R"({"multipleOf":0.01})", "4.355", " multipleOf"},
    });
}

TEST(JudgeContract, texts) {
    expect_all({
        {R"({"minLength":2,"maxLength":3})", "\"ab\"", ""},
        {R"({"minLength":2,"maxLength":3})", "\"a\"", " minLength"},
        {R"({"minLength":2,"maxLength":3})", "\"abcd\"", " maxLength"},
        {R"({"maxLength":1})", "\"\xF0\x9F\x98\x80\"", ""},
        {R"({"maxLength":1})", "\"\\uD83D\\uDE00\"", ""},
        {R"({"minLength":2})", "1", ""},
        {R"({"pattern":"^[A-Z]{2}$"})", "\"GB\"", ""},
        {R"({"pattern":"^[A-Z]{2}$"})", "\"GBR\"", " pattern"},
        {R"({"pattern":"b"})", "\"abc\"", ""},
        {R"({"pattern":"^.$"})", "\"\xE2\x82\xAC\"", ""},
        {R"({"pattern":"b"})", "5", ""},
    });
}

TEST(JudgeContract, combinations) {
    expect_all({
        {R"({"allOf":[{"required":["a"]},{"required":["b"]}]})", R"({"a":1,"b":1})", ""},
        {R"({"allOf":[{"required":["a"]},{"required":["b"]}]})", R"({"a":1})", " required"},
        {R"({"anyOf":[{"type":"string"},{"minimum":5}]})", "7", ""},
        {R"({"anyOf":[{"type":"string"},{"minimum":5}]})", "3", " anyOf"},
        {R"({"oneOf":[{"type":"integer"},{"minimum":5}]})", "3", ""},
        {R"({"oneOf":[{"type":"integer"},{"minimum":5}]})", "7", " oneOf"},
        {R"({"oneOf":[{"type":"integer"},{"minimum":5}]})", "3.5", " oneOf"},
        {R"({"not":{"required":["a"]}})", "{}", ""},
        {R"({"not":{"required":["a"]}})", R"({"a":1})", " not"},
        {R"({"not":{"not":{"type":"string"}}})", "\"x\"", ""},
        {R"({"$ref":"#/$defs/a","minimum":3,"$defs":{"a":{"maximum":5}}})", "4", ""},
        {R"({"$ref":"#/$defs/a","minimum":3,"$defs":{"a":{"maximum":5}}})", "6", " maximum"},
        {R"({"$ref":"#/$defs/a","minimum":3,"$defs":{"a":{"maximum":5}}})", "2", " minimum"},
        {R"({"$ref":"#/$defs/t","$defs":{"t":{"properties":{
             "n":{"type":"string"},"c":{"items":{"$ref":"#/$defs/t"}}}}}})",
         R"({"n":"a","c":[{"n":"b"},{"c":[{"n":1}]}]})", "/c/1/c/0/n type"},
    });
}

/// A member's schema is judged the same written out, behind one reference and behind two.
TEST(JudgeContract, members_behind_references) {
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

TEST(JudgeContract, annotations) {
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

TEST(JudgeContract, null_and_empty_text_are_one_in_annotated_fields) {
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

TEST(JudgeContract, messages_say_what_was_expected_and_found) {
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

TEST(JudgeContract, violations_end_at_their_limit) {
    std::string payload = "[0";
    for (int index = 1; index < 100; ++index)
        payload += "," + std::to_string(index);
    const auto contract = Contract::compile(R"({"items":{"type":"string"}})", "f");
    JsonDocument document;
    const auto violations = contract->judge(*document.parse(payload + "]"), ReadOptions{});
    ASSERT_EQ(violations.size(), Contract::violations_max);
    EXPECT_EQ(violations.back().instance_path, "/19");
}

TEST(JudgeContract, alternatives_that_multiply_end_in_a_violation) {
    // Each level tries its child twice, so the work doubles with every level of the payload.
    const auto contract = Contract::compile(
        R"({"$ref":"#/$defs/n","$defs":{"n":{"items":{
            "oneOf":[{"$ref":"#/$defs/n"},{"$ref":"#/$defs/n"}]}}}})",
        "f");
    ASSERT_TRUE(contract.ok());
    JsonDocument document;
    const std::string payload = std::string(100, '[') + std::string(100, ']');
    const auto violations = contract->judge(*document.parse(payload), ReadOptions{});
    ASSERT_EQ(violations.size(), 1u);
    EXPECT_EQ(violations[0].message, "the payload takes too many steps to judge");
}

TEST(JudgeContract, deepest_payload_and_longest_chain_fit_the_call_stack) {
    std::string schema = R"({"$ref":"#/$defs/d0","$defs":{)";
    for (int index = 0; index < 29; ++index) {
        schema += "\"d" + std::to_string(index) + "\":{\"$ref\":\"#/$defs/d" +
                  std::to_string(index + 1) + "\"},";
    }
    schema += R"("d29":{"items":{"$ref":"#/$defs/d0"}}}})";
    const std::string levels(static_cast<std::size_t>(JsonDocument::depth_max), '[');
    const std::string ends(static_cast<std::size_t>(JsonDocument::depth_max), ']');
    EXPECT_EQ(judged(schema, levels + ends), "");
}

}  // namespace
}  // namespace meshline
