// Goal: a contract types the payload of a transform as the design says, whatever it refers to.
// Method: schemas with the SQL type expected.
#include "core/contract/payload_type.hpp"

#include "core/contract/contract.hpp"

#include <gtest/gtest.h>
#include <string>

namespace meshline {
namespace {

std::string type_of(const std::string& schema) {
    const auto contract = Contract::compile(schema, "f");
    EXPECT_TRUE(contract.ok()) << render(contract.error());
    return contract.ok() ? sql_type(contract->payload_type()) : "";
}

std::string field_type(const std::string& field) {
    const std::string whole = type_of("{\"properties\": {\"f\": " + field + R"(}, "$defs": {
        "money": {"type": "string", "x-meshline": "money"},
        "tree": {"properties": {"name": {}, "children": {"items": {"$ref": "#/$defs/tree"}}}}}})");
    constexpr std::string_view before = "STRUCT(\"f\" ";
    EXPECT_TRUE(whole.starts_with(before)) << whole;
    return whole.substr(before.size(), whole.size() - before.size() - 1);
}

TEST(PayloadType, annotations_type_first) {
    EXPECT_EQ(field_type(R"({"x-meshline": "money", "type": "integer"})"), "DECIMAL(18,6)");
    EXPECT_EQ(field_type(R"({"x-meshline": "integer"})"), "BIGINT");
    EXPECT_EQ(field_type(R"({"x-meshline": "boolean"})"), "BOOLEAN");
    EXPECT_EQ(field_type(R"({"x-meshline": "instant"})"), "TIMESTAMP");
    EXPECT_EQ(field_type(R"({"x-meshline": "unix_seconds"})"), "TIMESTAMP");
    EXPECT_EQ(field_type(R"({"x-meshline": "date"})"), "DATE");
    EXPECT_EQ(field_type(R"({"x-meshline": "currency"})"), "VARCHAR");
    EXPECT_EQ(field_type(R"({"x-meshline": "money", "anyOf": [{}]})"), "DECIMAL(18,6)");
}

TEST(PayloadType, types_type_where_they_name_one) {
    EXPECT_EQ(field_type(R"({"type": "integer"})"), "BIGINT");
    EXPECT_EQ(field_type(R"({"type": ["integer", "null"]})"), "BIGINT");
    EXPECT_EQ(field_type(R"({"type": ["integer", "string"]})"), "VARCHAR");
    EXPECT_EQ(field_type(R"({"type": "number"})"), "VARCHAR");
    EXPECT_EQ(field_type(R"({"type": ["boolean", "null"]})"), "BOOLEAN");
    EXPECT_EQ(field_type(R"({"type": "null"})"), "VARCHAR");
    EXPECT_EQ(field_type("{}"), "VARCHAR");
    EXPECT_EQ(field_type("true"), "VARCHAR");
}

TEST(PayloadType, all_that_must_hold_counts) {
    EXPECT_EQ(field_type(R"({"allOf": [{"type": "integer"}, {"minimum": 0}]})"), "BIGINT");
    EXPECT_EQ(field_type(R"({"type": ["integer", "boolean"], "allOf": [{"type": "boolean"}]})"),
              "BOOLEAN");
    EXPECT_EQ(field_type(R"({"type": "number", "allOf": [{"type": "integer"}]})"), "BIGINT");
    EXPECT_EQ(field_type(R"({"allOf": [{"properties": {"a": {}}}],
                             "properties": {"b": {"type": "integer"}, "a": true}})"),
              R"(STRUCT("b" BIGINT, "a" VARCHAR))");
    EXPECT_EQ(field_type(R"({"$ref": "#/$defs/money", "description": "the sum"})"),
              "DECIMAL(18,6)");
}

TEST(PayloadType, a_choice_between_a_type_and_null_is_the_type) {
    EXPECT_EQ(field_type(R"({"anyOf": [{"type": "integer"}, {"type": "null"}]})"), "BIGINT");
    EXPECT_EQ(field_type(R"({"oneOf": [{"type": "null"}, {"$ref": "#/$defs/money"}]})"),
              "DECIMAL(18,6)");
    EXPECT_EQ(field_type(R"({"anyOf": [{"type": "integer"}, {"type": "string"}]})"), "VARCHAR");
    EXPECT_EQ(field_type(R"({"anyOf": [{"type": "null"}]})"), "VARCHAR");
}

TEST(PayloadType, containers_nest) {
    EXPECT_EQ(
        field_type(
            R"({"type": ["object", "null"], "properties": {"a": {}, "b": {"type": "integer"}}})"),
        R"(STRUCT("a" VARCHAR, "b" BIGINT))");
    EXPECT_EQ(field_type(R"({"type": "array", "items": {"properties": {"x-1 \"q\"": {}}}})"),
              R"(STRUCT("x-1 ""q""" VARCHAR)[])");
    EXPECT_EQ(field_type(R"({"items": {"items": {"type": "boolean"}}})"), "BOOLEAN[][]");
    EXPECT_EQ(field_type(R"({"type": "object"})"), "VARCHAR");
    EXPECT_EQ(field_type(R"({"type": "object", "properties": {}})"), "VARCHAR");
    EXPECT_EQ(field_type(R"({"type": "array"})"), "VARCHAR");
    EXPECT_EQ(field_type(R"({"type": ["object", "string"], "properties": {"a": {}}})"), "VARCHAR");
}

TEST(PayloadType, references_are_followed_and_recursion_ends_as_text) {
    EXPECT_EQ(field_type(R"({"$ref": "#/$defs/money"})"), "DECIMAL(18,6)");
    EXPECT_EQ(field_type(R"({"$ref": "#/$defs/tree"})"),
              R"(STRUCT("name" VARCHAR, "children" VARCHAR[]))");
}

TEST(PayloadType, root_without_properties_is_text) {
    EXPECT_EQ(type_of("{}"), "VARCHAR");
    EXPECT_EQ(type_of(R"({"type": "object", "required": ["a"]})"), "VARCHAR");
}

TEST(PayloadType, fields_are_found_and_carry_their_unit) {
    const auto contract = Contract::compile(
        R"({"properties": {"id": {}, "at": {"x-meshline": "unix_millis"},
            "s": {"x-meshline": "unix_seconds"}}})",
        "f");
    ASSERT_TRUE(contract.ok());
    EXPECT_EQ(contract->field_names(), (std::vector<std::string>{"id", "at", "s"}));
    EXPECT_EQ(contract->payload_type().find("at")->unix_unit_micros, 1'000);
    EXPECT_EQ(contract->payload_type().find("s")->unix_unit_micros, 1'000'000);
    EXPECT_EQ(contract->payload_type().find("id")->unix_unit_micros, 0);
    EXPECT_EQ(contract->payload_type().find("none"), nullptr);
}

}  // namespace
}  // namespace meshline
