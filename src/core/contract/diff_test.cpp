// Goal: every change of a contract is named, with whether it breaks who stands on the contract.
// Method: a table of two schemas and the changes between them.
#include "core/contract/diff.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

/// "breaking a: is gone; additive b: is new".
std::string changes(const char* before, const char* after) {
    const auto old_contract = Contract::compile(before, "old");
    const auto new_contract = Contract::compile(after, "new");
    EXPECT_TRUE(old_contract.ok() && new_contract.ok()) << before << after;
    std::string text;
    for (const ContractChange& change : diff_contracts(*old_contract, *new_contract)) {
        text += fmt::format("{}{} {}: {}", text.empty() ? "" : "; ", name_of(change.kind),
                            change.field, change.what);
    }
    return text;
}

struct Case {
    const char* before;
    const char* after;
    const char* expected;
};

TEST(ContractDiff, names_each_change_and_what_it_means) {
    const Case cases[] = {
        {R"({"title": "a", "type": "object"})", R"({"type": "object", "$comment": "b"})", ""},
        {R"({"type": "number"})", R"({"type": ["number", "integer"]})", ""},
        {R"({"minimum": 1})", R"({"minimum": 1.0})", ""},
        {R"({"type": "string"})", R"({"type": ["string", "null"]})", "additive : may also be null"},
        {R"({"type": "number"})", R"({"type": "integer"})", "breaking : may no longer be number"},
        {R"({"x-meshline": "money"})", R"({})", "breaking : is read as written, was as money"},
        {R"({"properties": {"a": {}}})", R"({"properties": {"b": {}}})",
         "breaking a: is gone: a transform may read it; additive b: is new"},
        {R"({"properties": {"a": {"properties": {"b": {"type": "null"}}}}})",
         R"({"properties": {"a": {"properties": {"b": {"type": "string"}}}}})",
         "breaking a/b: may no longer be null; additive a/b: may also be string"},
        {R"({"required": ["a"]})", R"({"required": ["b"]})",
         "breaking b: is required now; additive a: is no longer required"},
        {R"({"enum": [1, "x"]})", R"({"enum": ["x", {"y": 2}]})",
         R"(breaking : may no longer be 1; additive : may also be {"y":2})"},
        {R"({})", R"({"enum": [1]})", "breaking : enum is [1] now"},
        {R"({"minimum": 1, "maxLength": 5})", R"({"minimum": 0, "maxLength": 4})",
         "additive : minimum is 0, was 1; breaking : maxLength is 4, was 5"},
        {R"({"pattern": "a"})", R"({"pattern": "b"})", R"(breaking : pattern is "b", was "a")"},
        {R"({"pattern": "a"})", R"({})", "additive : pattern is no longer asked"},
        {R"({"items": {"type": "string"}})", R"({"items": {"type": "null"}})",
         "breaking : may no longer be string; additive : may also be null"},
        {R"({})", R"({"additionalProperties": false})",
         "breaking : may no longer have members that are not named"},
        {R"({"properties": {"a": {"$ref": "#/$defs/m"}}, "$defs": {"m": {"type": "string"}}})",
         R"({"properties": {"a": {"type": "string"}}})", ""},
        {R"({"$ref": "#/$defs/m", "minimum": 1, "$defs": {"m": {"maximum": 5}}})",
         R"({"$ref": "#/$defs/m", "minimum": 1, "$defs": {"m": {"maximum": 4}}})",
         "breaking : maximum is 4, was 5"},
        {R"({"properties": {"child": {"$ref": "#"}}, "required": ["a"]})",
         R"({"properties": {"child": {"$ref": "#"}}})", "additive a: is no longer required"},
        {R"({"properties": {"a": {"$ref": "#/$defs/m"}, "b": {"$ref": "#/$defs/m"}},
             "$defs": {"m": {"minimum": 1}}})",
         R"({"properties": {"a": {"$ref": "#/$defs/m", "title": "t"}, "b": {"$ref": "#/$defs/m"}},
             "$defs": {"m": {"minimum": 2}}})",
         "breaking a: minimum is 2, was 1; breaking b: minimum is 2, was 1"},
        {R"({"anyOf": [{"$ref": "#/$defs/m"}], "$defs": {"m": {"maximum": 5}}})",
         R"({"anyOf": [{"$ref": "#/$defs/n"}], "$defs": {"n": {"maximum": 6}}})",
         "additive : maximum is 6, was 5"},
        {R"({"not": {"maximum": 5}})", R"({"not": {"maximum": 6}})",
         "breaking : maximum is 6, was 5"},
        {R"({"oneOf": [{}]})", R"({"oneOf": [{}, false]})",
         "breaking : oneOf has 2 schemas, had 1"},
        {R"({"patternProperties": {"^x": {"type": "string"}}})", R"({})",
         "additive ^x: patternProperties is no longer asked"},
        {R"({"additionalProperties": {"minimum": 1}})",
         R"({"additionalProperties": {"minimum": 2}})", "breaking *: minimum is 2, was 1"},
        {R"({"additionalProperties": true})", R"({"items": true})", ""},
        {R"({})", R"({"items": {"minimum": 1}})", "breaking : items is asked now"},
        {R"({"format": "date"})", R"({"format": "time"})", ""},
        {R"({"x-meshline-formats": "assert", "format": "date"})", R"({"format": "time"})",
         "breaking : format is \"time\", was \"date\"; "
         "additive : x-meshline-formats is no longer asked"},
        {R"({"$schema": "http://json-schema.org/draft-04/schema#", "minimum": 1,
             "exclusiveMinimum": true})",
         R"({"$schema": "http://json-schema.org/draft-07/schema#", "exclusiveMinimum": 1})",
         "breaking : is of another draft of JSON Schema now; "
         "additive : minimum is no longer asked; breaking : exclusiveMinimum is 1, was true"},
    };
    for (const Case& one : cases)
        EXPECT_EQ(changes(one.before, one.after), one.expected) << one.before << one.after;
}

}  // namespace
}  // namespace meshline
