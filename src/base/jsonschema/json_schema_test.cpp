// Goal: schemas that are wrong are refused with their place, instances that are wrong with every
// error and where, and nothing takes for ever.
// Method: small schemas and instances; the official suite is in tests/jsonschema.
#include "base/jsonschema/json_schema.hpp"

#include "base/json/json.hpp"
#include "base/jsonschema/schema_limits.hpp"

#include <chrono>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

JsonSchema compiled(std::string_view text, const SchemaOptions& options = {},
                    const std::vector<SchemaFile>& others = {}) {
    auto schema = JsonSchema::compile(text, "s.json", others, options);
    if (!schema.ok()) throw std::runtime_error(render(schema.error()));
    return std::move(*schema);
}

std::string refusal(std::string_view text) {
    const auto schema = JsonSchema::compile(text, "s.json", {}, {});
    return schema.ok() ? "" : render(schema.error());
}

bool is_valid(const JsonSchema& schema, const std::string& instance) {
    JsonDocument document;
    return schema.is_valid(*document.parse(instance));
}

/// "instance keyword_location: message" of every error.
std::vector<std::string> errors_of(const JsonSchema& schema, const std::string& instance) {
    JsonDocument document;
    std::vector<std::string> errors;
    for (const SchemaError& error : schema.validate(*document.parse(instance))) {
        errors.push_back(fmt::format("{} {}: {}", error.instance_location, error.keyword_location,
                                     error.message));
    }
    return errors;
}

TEST(JsonSchema, tells_every_error_with_its_place) {
    const JsonSchema schema = compiled(
        R"({"properties": {"id": {"type": "integer"}, "lines": {"items": {"$ref": "#/$defs/line"}}},
            "required": ["id", "name"], "additionalProperties": false,
            "$defs": {"line": {"required": ["price"], "properties": {"price": {"minimum": 0}}}}})");
    EXPECT_THAT(errors_of(schema, R"({"id": 1.5, "lines": [{"price": -1}, {}], "nane": 1})"),
                ElementsAre("/id /properties/id/type: expected integer, found a number that is not"
                            " whole",
                            "/lines/0/price /properties/lines/items/$ref/properties/price/minimum:"
                            " \"-9\" is below the minimum",
                            "/lines/1 /properties/lines/items/$ref/required: member \"price\" is"
                            " missing",
                            "/nane /additionalProperties: the schema does not know this member",
                            " /required: member \"name\" is missing"));
}

TEST(JsonSchema, names_the_place_that_an_error_was_written_at) {
    const JsonSchema schema = compiled(R"({"$id": "https://a.test/s", "$ref": "#/$defs/x~1y",
                                          "$defs": {"x/y": {"type": "string"}}})");
    JsonDocument document;
    const auto errors = schema.validate(*document.parse("1"));
    ASSERT_EQ(errors.size(), 1u);
    EXPECT_EQ(errors[0].absolute_keyword_location, "https://a.test/s#/$defs/x~1y/type");
}

TEST(JsonSchema, tells_why_no_alternative_holds) {
    const JsonSchema schema =
        compiled(R"({"anyOf": [{"type": "string"}, {"required": ["a"], "type": "object"}]})");
    EXPECT_THAT(errors_of(schema, "{}"),
                ElementsAre(" /anyOf: none of the alternatives holds",
                            " /anyOf/0/type: expected string, found object",
                            " /anyOf/1/required: member \"a\" is missing"));
    EXPECT_TRUE(is_valid(schema, R"({"a": 1})"));
}

TEST(JsonSchema, never_quotes_what_the_instance_says) {
    const JsonSchema schema = compiled(R"({"enum": ["a"], "pattern": "^x$", "maxLength": 2})");
    for (const std::string& error : errors_of(schema, "\"ida@example.test\"")) {
        EXPECT_EQ(error.find("ida"), std::string::npos) << error;
    }
}

TEST(JsonSchema, compares_numbers_exactly) {
    const JsonSchema cents = compiled(R"({"multipleOf": 0.01})");
    EXPECT_TRUE(is_valid(cents, "123456789012345678901234567890.01"));
    EXPECT_FALSE(is_valid(cents, "123456789012345678901234567890.011"));
    EXPECT_TRUE(is_valid(cents, "1e400"));
    EXPECT_TRUE(is_valid(compiled(R"({"type": "integer"})"), "1.0"));
    EXPECT_FALSE(is_valid(compiled(R"({"maximum": 0.3})"), "0.30000000000000000001"));
    EXPECT_TRUE(is_valid(compiled(R"({"const": 1e2})"), "100.0"));
    EXPECT_FALSE(is_valid(compiled(R"({"uniqueItems": true})"), "[1, 2, 1.0]"));
    EXPECT_TRUE(is_valid(compiled(R"({"uniqueItems": true})"),
                         "[100000000000000000000000000001, 100000000000000000000000000002]"));
}

TEST(JsonSchema, asserts_formats_where_it_is_asked_to) {
    constexpr const char* text = R"({"format": "date"})";
    EXPECT_TRUE(is_valid(compiled(text), "\"2026-02-30\""));
    const JsonSchema asserted = compiled(text, {.asserts_formats = true, .base_uri = ""});
    EXPECT_FALSE(is_valid(asserted, "\"2026-02-30\""));
    EXPECT_TRUE(is_valid(asserted, "\"2026-02-28\""));
}

TEST(JsonSchema, follows_references_into_the_documents_handed_over) {
    const std::vector<SchemaFile> others = {
        {"https://a.test/line.json", R"({"required": ["price"]})", "line.json"}};
    const JsonSchema schema =
        compiled(R"({"$id": "https://a.test/order.json", "$ref": "line.json"})", {}, others);
    EXPECT_TRUE(is_valid(schema, R"({"price": 1})"));
    EXPECT_FALSE(is_valid(schema, "{}"));
}

TEST(JsonSchema, refuses_a_schema_that_is_wrong_with_its_place) {
    EXPECT_THAT(refusal("{\"type\": \n  \"strnig\"}"), HasSubstr("s.json:2:3"));
    EXPECT_THAT(refusal(R"({"type": "strnig"})"), HasSubstr("Did you mean \"string\"?"));
    for (const char* keyword : {"properties", "patternProperties", "dependentSchemas", "$defs",
                                "dependentRequired", "dependencies", "enum", "required", "allOf"}) {
        for (const char* value : {"[1]", "1", "{\"a\": 1}"}) {
            const std::string text = fmt::format("{{\"{}\": {}}}", keyword, value);
            if (text != R"({"enum": [1]})") EXPECT_NE(refusal(text), "") << text;
        }
    }
    EXPECT_THAT(refusal(R"({"minLength": -1})"), HasSubstr("\"minLength\" needs a whole number"));
    EXPECT_THAT(refusal("[]"), HasSubstr("a schema was expected, found array"));
    EXPECT_THAT(refusal(R"({"allOf": [1]})"), HasSubstr("a schema was expected, found number"));
    EXPECT_THAT(refusal("{"), HasSubstr("schema.not_json"));
    EXPECT_THAT(refusal(R"({"a": 1, "a": 2})"), HasSubstr("schema.not_json"));
    EXPECT_THAT(refusal(R"({"$ref": "https://a.test/x"})"), HasSubstr("schema.unknown_reference"));
    EXPECT_THAT(refusal(R"({"$ref": "#/$defs/lin", "$defs": {"line": {}}})"),
                HasSubstr("There is no \"lin\" at \"/$defs\""));
    EXPECT_THAT(refusal(R"({"$schema": "https://a.test/mine"})"),
                HasSubstr("schema.unknown_dialect"));
    EXPECT_THAT(refusal(R"x({"pattern": "(?=a)"})x"), HasSubstr("look-ahead"));
    EXPECT_THAT(refusal(R"x({"pattern": "(a)\\1"})x"), HasSubstr("back-reference"));
}

TEST(JsonSchema, refuses_a_schema_that_would_not_end) {
    EXPECT_THAT(refusal(R"({"$ref": "#"})"), HasSubstr("schema.endless_reference"));
    EXPECT_THAT(refusal(R"({"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"not": {"$ref":
                "#"}}}})"),
                HasSubstr("schema.endless_reference"));
    EXPECT_EQ(refusal(R"({"properties": {"child": {"$ref": "#"}}})"), "");
}

TEST(JsonSchema, alternatives_inside_alternatives_end) {
    // Every level doubles the work of the one below: 2^100 steps without a bound.
    const JsonSchema schema = compiled(
        R"({"anyOf": [{"items": {"$ref": "#"}, "minItems": 1, "type": "array", "maxItems": 0},
                      {"items": {"$ref": "#"}, "minItems": 1, "type": "array"}]})");
    const std::string deep = std::string(100, '[') + std::string(100, ']');
    EXPECT_FALSE(is_valid(schema, deep));
    EXPECT_THAT(errors_of(schema, deep), testing::Not(testing::IsEmpty()));
}

TEST(JsonSchema, reports_so_many_errors_and_no_more) {
    std::string many = "[1";
    for (int count = 0; count < 1000; ++count)
        many += ",1";
    EXPECT_EQ(errors_of(compiled(R"({"items": false})"), many + "]").size(), schema_errors_max);
}

TEST(JsonSchema, a_schema_says_its_own_draft) {
    const JsonSchema schema = compiled(
        R"({"$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": "#/$defs/a",
            "minimum": 5, "$defs": {"a": {"type": "integer"}}})",
        {.dialect = Dialect::draft_7, .base_uri = ""});
    EXPECT_FALSE(is_valid(schema, "4"));
}

TEST(JsonSchema, refuses_patterns_that_take_too_much_together) {
    std::string many;
    for (int index = 0; index < 6'000; ++index)
        many += fmt::format("\"p{0}\": {{\"pattern\": \"^a{0}$\"}},", index);
    const auto large =
        JsonSchema::compile("{\"properties\": {" + many + "\"last\": true}}", "s.json", {}, {});
    ASSERT_FALSE(large.ok());
    EXPECT_EQ(large.error().code, "schema.too_large");
}

TEST(JsonSchema, what_nothing_refers_to_may_be_wrong) {
    const std::vector<SchemaFile> others = {
        {"https://a.test/odd.json", R"({"$schema": "https://a.test/own"})", "odd.json"},
        {"https://a.test/no.json", "{", "no.json"},
        {"https://a.test/twice.json", R"({"items": {"$anchor": "a"}, "not": {"$anchor": "a"}})",
         "twice.json"},
        {"https://a.test/good.json", R"({"type": "integer"})", "good.json"}};
    EXPECT_TRUE(is_valid(compiled(R"({"$ref": "https://a.test/good.json"})", {}, others), "1"));
    for (const auto& [name, code] :
         {std::pair("odd", "schema.unknown_dialect"), std::pair("no", "schema.not_json"),
          std::pair("twice", "schema.duplicate_anchor")}) {
        const std::string text = fmt::format(R"({{"$ref": "https://a.test/{}.json"}})", name);
        const auto schema = JsonSchema::compile(text, "s.json", others, {});
        ASSERT_FALSE(schema.ok()) << name;
        EXPECT_EQ(schema.error().code, code);
        EXPECT_EQ(schema.error().where.file, fmt::format("{}.json", name));
    }
}

TEST(JsonSchema, an_id_of_draft_4_that_is_a_fragment_names_a_place) {
    constexpr const char* text =
        R"({"items": {"$ref": "#foo"}, "definitions": {"x": {"id": "#foo", "type": "integer"}}})";
    const JsonSchema schema = compiled(text, {.dialect = Dialect::draft_4, .base_uri = ""});
    EXPECT_TRUE(is_valid(schema, "[1]"));
    EXPECT_FALSE(is_valid(schema, R"(["a"])"));
    constexpr const char* away =
        R"({"items": {"$ref": "b.json#foo"},
            "definitions": {"x": {"id": "b.json#foo", "type": "integer"}}})";
    const JsonSchema named =
        compiled(away, {.dialect = Dialect::draft_4, .base_uri = "https://a.test/a.json"});
    EXPECT_TRUE(is_valid(named, "[1]"));
    EXPECT_FALSE(is_valid(named, R"(["a"])"));
}

TEST(JsonSchema, reads_the_older_drafts_by_their_own_rules) {
    const auto draft = [](Dialect dialect) {
        return SchemaOptions{.dialect = dialect, .base_uri = ""};
    };
    constexpr const char* exclusive = R"({"minimum": 1, "exclusiveMinimum": true})";
    EXPECT_FALSE(is_valid(compiled(exclusive, draft(Dialect::draft_4)), "1"));
    constexpr const char* constant = R"({"const": 1})";
    EXPECT_TRUE(is_valid(compiled(constant, draft(Dialect::draft_4)), "2"));
    EXPECT_FALSE(is_valid(compiled(constant, draft(Dialect::draft_6)), "2"));
    constexpr const char* condition = R"({"if": true, "then": false})";
    EXPECT_TRUE(is_valid(compiled(condition, draft(Dialect::draft_6)), "1"));
    EXPECT_FALSE(is_valid(compiled(condition, draft(Dialect::draft_7)), "1"));
    constexpr const char* recursive =
        R"({"$recursiveAnchor": true, "unevaluatedProperties": false,
            "properties": {"child": {"$recursiveRef": "#"}}})";
    const JsonSchema tree = compiled(recursive, draft(Dialect::draft_2019_09));
    EXPECT_TRUE(is_valid(tree, R"({"child": {"child": {}}})"));
    EXPECT_FALSE(is_valid(tree, R"({"child": {"chold": {}}})"));
}

}  // namespace
}  // namespace meshline
