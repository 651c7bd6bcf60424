// Goal: a verdict on an instance that keeps its schema allocates nothing.
// Method: count calls of the global operator new between two points of one thread.
#include "base/json/json.hpp"
#include "base/jsonschema/json_schema.hpp"

#include <cstddef>
#include <cstdlib>
#include <gtest/gtest.h>
#include <new>

namespace {
thread_local std::size_t allocation_count = 0;
}  // namespace

void* operator new(std::size_t size) {
    ++allocation_count;
    if (void* bytes = std::malloc(size)) return bytes;
    std::abort();
}
void operator delete(void* bytes) noexcept {
    std::free(bytes);
}
void operator delete(void* bytes, std::size_t /*size*/) noexcept {
    std::free(bytes);
}

namespace meshline {
namespace {

TEST(VerdictAllocation, good_instance_costs_none) {
    const auto schema = JsonSchema::compile(
        R"({"$dynamicAnchor": "n", "type": "object", "required": ["id"], "minProperties": 1,
            "anyOf": [{"required": ["never"]}, {"properties": {"id": true}}],
            "oneOf": [{"type": "array"}, {"type": "object"}], "not": {"required": ["never"]},
            "if": {"required": ["name"]}, "then": {"properties": {"name": {"minLength": 1}}},
            "properties": {
                "id": {"type": ["integer", "string"], "enum": [7, 8], "minimum": 1},
                "name": {"$ref": "#/$defs/name"}, "child": {"$dynamicRef": "#n"},
                "tags": {"uniqueItems": true, "contains": {"const": "b"}},
                "lines": {"prefixItems": [true], "items": {"multipleOf": 0.5},
                          "unevaluatedItems": false}},
            "patternProperties": {"^x_": {"maximum": 9}}, "propertyNames": {"maxLength": 9},
            "dependentRequired": {"name": ["id"]}, "unevaluatedProperties": false,
            "$defs": {"name": {"pattern": "^[a-z ]+$", "format": "regex"}}})",
        "s.json", {}, {});
    ASSERT_TRUE(schema.ok()) << render(schema.error());
    JsonDocument document;
    const auto instance = document.parse(
        R"({"id":7,"name":"a name that is long enough \u0061","tags":["a","b",1,2.0],
            "lines":["any",1.5,2],"x_1":3,"child":{"id":8,"child":{"id":7}}})");
    ASSERT_TRUE(instance.ok());
    // The first round grows the buffers that the second one uses again.
    EXPECT_TRUE(schema->is_valid(*instance));
    const std::size_t before = allocation_count;
    EXPECT_TRUE(schema->is_valid(*instance));
    EXPECT_EQ(allocation_count - before, 0u);
}

}  // namespace
}  // namespace meshline
