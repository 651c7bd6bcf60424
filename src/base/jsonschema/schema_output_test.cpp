// Goal: the three output forms of the specification say the same errors.
// Method: one schema, one instance, the JSON of each form.
#include "base/jsonschema/schema_output.hpp"

#include "base/json/json.hpp"

#include <gtest/gtest.h>

namespace meshline {
namespace {

std::string output(const char* schema_text, const char* instance, OutputForm form) {
    const auto schema = JsonSchema::compile(schema_text, "s.json", {}, {});
    JsonDocument document;
    JsonWriter writer;
    writer.begin_object();
    write_output(writer, schema->validate(*document.parse(instance)), form);
    return writer.end_object().take();
}

constexpr const char* schema = R"({"properties": {"a": {"anyOf": [{"type": "string"}, false]}}})";

TEST(SchemaOutput, has_three_forms) {
    EXPECT_EQ(output(schema, R"({"a": "x"})", OutputForm::basic), R"({"valid":true,"errors":[]})");
    EXPECT_EQ(output(schema, R"({"a": 1})", OutputForm::flag), R"({"valid":false})");
    EXPECT_EQ(output(schema, R"({"a": 1})", OutputForm::basic),
              R"({"valid":false,"errors":[)"
              R"({"keyword":"anyOf","keywordLocation":"/properties/a/anyOf",)"
              R"("absoluteKeywordLocation":"#/properties/a/anyOf","instanceLocation":"/a",)"
              R"("error":"none of the alternatives holds"},)"
              R"({"keyword":"type","keywordLocation":"/properties/a/anyOf/0/type",)"
              R"("absoluteKeywordLocation":"#/properties/a/anyOf/0/type","instanceLocation":"/a",)"
              R"("error":"expected string, found number"},)"
              R"({"keyword":"false","keywordLocation":"/properties/a/anyOf/1",)"
              R"("absoluteKeywordLocation":"#/properties/a/anyOf/1","instanceLocation":"/a",)"
              R"("error":"no value is allowed here"}]})");
}

TEST(SchemaOutput, details_are_a_tree_along_the_schema) {
    EXPECT_EQ(output(schema, R"({"a": 1})", OutputForm::detailed),
              R"({"valid":false,"errors":[{"valid":false,)"
              R"("keyword":"anyOf","keywordLocation":"/properties/a/anyOf",)"
              R"("absoluteKeywordLocation":"#/properties/a/anyOf","instanceLocation":"/a",)"
              R"("error":"none of the alternatives holds","errors":[)"
              R"({"valid":false,"keyword":"type","keywordLocation":"/properties/a/anyOf/0/type",)"
              R"("absoluteKeywordLocation":"#/properties/a/anyOf/0/type","instanceLocation":"/a",)"
              R"("error":"expected string, found number"},)"
              R"({"valid":false,"keyword":"false","keywordLocation":"/properties/a/anyOf/1",)"
              R"("absoluteKeywordLocation":"#/properties/a/anyOf/1","instanceLocation":"/a",)"
              R"("error":"no value is allowed here"}]}]})");
}

}  // namespace
}  // namespace meshline
