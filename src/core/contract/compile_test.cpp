// Goal: a contract that cannot be kept to the letter is refused when it is compiled, at its place.
// Method: a table of schemas with the code, line and column expected.
#include "core/contract/contract.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace meshline {
namespace {

struct Refusal {
    const char* name;
    std::string schema;
    const char* code;
    int line;
    int column;
};

std::string chain_of(int length) {
    std::string schema = R"({"$ref": "#/$defs/d0", "$defs": {)";
    for (int index = 0; index < length; ++index) {
        schema += "\"d" + std::to_string(index) + "\": {\"$ref\": \"#/$defs/d" +
                  std::to_string(index + 1) + "\"}, ";
    }
    return schema + "\"d" + std::to_string(length) + "\": {}}}";
}

/// Each definition has two fields of the next one's type: the type doubles at every step.
std::string doubling(int steps) {
    std::string schema = R"({"properties": {"x": {"$ref": "#/$defs/d0"}}, "$defs": {)";
    for (int index = 0; index < steps; ++index) {
        const std::string next = "{\"$ref\": \"#/$defs/d" + std::to_string(index + 1) + "\"}";
        schema += "\"d" + std::to_string(index) + "\": {\"properties\": {\"a\": " + next +
                  ", \"b\": " + next + "}}, ";
    }
    return schema + "\"d" + std::to_string(steps) + "\": {}}}";
}

TEST(CompileContract, what_is_not_understood_is_refused_at_its_place) {
    const std::vector<Refusal> rows = {
        {"not JSON", "{\n  \"type\": string}", "contract.not_json", 2, 11},
        {"duplicate member", "{\"type\": \"object\",\n \"type\": \"array\"}", "contract.not_json",
         2, 2},
        {"not a schema", "[]", "contract.bad_value", 1, 1},
        {"property is not a schema", "{\"properties\": {\"a\": 1}}", "contract.bad_value", 1, 22},
        {"unknown keyword", "{\n  \"requird\": []}", "contract.unknown_keyword", 2, 3},
        {"keyword of the full standard", "{\"properties\": {\"a\": {\"format\": \"date\"}}}",
         "contract.unknown_keyword", 1, 23},
        {"unknown type", "{\"type\": [\"string\", \"int\"]}", "contract.bad_value", 1, 21},
        {"no type", "{\"type\": []}", "contract.bad_value", 1, 10},
        {"type is a number", "{\"type\": 1}", "contract.bad_value", 1, 10},
        {"unknown annotation", "{\"x-meshline\": \"mony\"}", "contract.unknown_annotation", 1, 16},
        {"list form of items", "{\"items\": [{}]}", "contract.bad_value", 1, 11},
        {"required is a boolean", "{\"required\": true}", "contract.bad_value", 1, 14},
        {"required name is a number", "{\"required\": [1]}", "contract.bad_value", 1, 15},
        {"properties is a list", "{\"properties\": []}", "contract.bad_value", 1, 16},
        {"empty enum", "{\"enum\": []}", "contract.bad_value", 1, 10},
        {"empty anyOf", "{\"anyOf\": []}", "contract.bad_value", 1, 11},
        {"negative length", "{\"minLength\": -1}", "contract.bad_value", 1, 15},
        {"broken length", "{\"maxItems\": 1.5}", "contract.bad_value", 1, 14},
        {"minimum is a text", "{\"minimum\": \"1\"}", "contract.bad_value", 1, 13},
        {"draft 4 exclusive minimum", "{\"exclusiveMinimum\": true}", "contract.bad_value", 1, 22},
        {"step of zero", "{\"multipleOf\": 0}", "contract.bad_value", 1, 16},
        {"look-ahead", "{\"pattern\": \"(?=a)b\"}", "contract.bad_pattern", 1, 13},
        {"open group", "{\"pattern\": \"(\"}", "contract.bad_pattern", 1, 13},
        {"unknown reference", "{\"$ref\": \"#/$defs/a\", \"$defs\": {\"b\": {}}}",
         "contract.unknown_reference", 1, 10},
        {"reference to a file", "{\"$ref\": \"other.json\"}", "contract.unknown_reference", 1, 10},
        {"definitions inside", "{\"items\": {\"$defs\": {}}}", "contract.misplaced_keyword", 1, 12},
        {"endless reference", "{\"$defs\": {\"a\": {\"$ref\": \"#/$defs/a\"}}}",
         "contract.endless_reference", 1, 17},
        {"endless through allOf",
         "{\"$defs\": {\"a\": {\"allOf\": [{\"not\": {\"$ref\": \"#/$defs/a\"}}]}}}",
         "contract.endless_reference", 1, 17},
        {"chain too long", chain_of(31), "contract.too_deep", 1, 1},
        {"names differ in case only", "{\"properties\": {\"id\": {}, \"ID\": {}}}",
         "contract.ambiguous_field", 1, 33},
        {"empty name", "{\"properties\": {\"\": {}}}", "contract.bad_field_name", 1, 21},
        {"control byte in a name", "{\"properties\": {\"a\\u0000\": {}}}",
         "contract.bad_field_name", 1, 28},
        {"type that explodes", doubling(30), "contract.too_large", 1, 0},
        {"long text", std::string(1024 * 1024, ' ') + "{}", "contract.too_large", 1, 1},
    };
    for (const Refusal& row : rows) {
        const auto compiled = Contract::compile(row.schema, "orders.schema.json");
        ASSERT_FALSE(compiled.ok()) << row.name;
        EXPECT_EQ(compiled.error().code, row.code) << row.name;
        EXPECT_EQ(compiled.error().where.file, "orders.schema.json") << row.name;
        EXPECT_EQ(compiled.error().where.line, row.line) << row.name;
        if (row.column > 0) {
            EXPECT_EQ(compiled.error().where.column, row.column) << row.name;
        }
    }
}

TEST(CompileContract, slip_of_the_pen_gets_a_hint) {
    const auto keyword = Contract::compile("{\"requird\": []}", "f");
    ASSERT_FALSE(keyword.ok());
    EXPECT_EQ(keyword.error().hint, "Did you mean \"required\"?");
    const auto annotation = Contract::compile("{\"x-meshline\": \"mony\"}", "f");
    ASSERT_FALSE(annotation.ok());
    EXPECT_EQ(annotation.error().hint, "Did you mean \"money\"?");
}

TEST(CompileContract, everything_listed_compiles) {
    const auto compiled = Contract::compile(R"({
        "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "x", "$comment": "c",
        "title": "t", "description": "d", "examples": [1], "default": {},
        "type": "object", "required": ["a", "z"], "additionalProperties": true,
        "$defs": {"any": true, "no~/ne": false},
        "properties": {"a": {"$ref": "#/$defs/any"}, "b": {"not": {"$ref": "#/$defs/no~0~1ne"}}},
        "allOf": [{}], "anyOf": [true], "oneOf": [{}]})",
                                            "f");
    ASSERT_TRUE(compiled.ok()) << render(compiled.error());
    EXPECT_TRUE(Contract::compile(chain_of(30), "f").ok());
    EXPECT_TRUE(Contract::compile(doubling(8), "f").ok());
    EXPECT_TRUE(Contract::compile("true", "f").ok());
}

TEST(CompileContract, digest_depends_on_what_is_said_only) {
    const auto one = Contract::compile(R"({"type": "object", "required": ["a"]})", "f");
    const auto same = Contract::compile("{\n\"required\":[\"a\"],\"type\":\"\\u006fbject\"}", "g");
    const auto other = Contract::compile(R"({"type": "object", "required": ["b"]})", "f");
    ASSERT_TRUE(one.ok() && same.ok() && other.ok());
    EXPECT_EQ(one->digest(), same->digest());
    EXPECT_NE(one->digest(), other->digest());
}

}  // namespace
}  // namespace meshline
