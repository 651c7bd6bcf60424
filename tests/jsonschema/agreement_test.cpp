// Goal: the compiled program and a plain interpreter of the specification say the same of any
// schema and instance. Method: seeded random schemas and instances; the error list must agree with
// the verdict too.
#include "base/json/json.hpp"
#include "base/jsonschema/json_schema.hpp"
#include "jsonschema/plain_interpreter.hpp"
#include "jsonschema/random_schema.hpp"

#include <gtest/gtest.h>

namespace meshline {
namespace {

constexpr int schema_count = 4000;
constexpr int instance_count = 25;

TEST(Agreement, program_and_plain_interpreter_say_the_same) {
    SeededRandom random(20'26, "schemas");
    int compiled_count = 0;
    int valid_count = 0;
    int judged_count = 0;
    for (int index = 0; index < schema_count; ++index) {
        const std::string text = random_schema(random);
        const auto schema = JsonSchema::compile(text, "random", {}, {});
        if (!schema.ok()) {
            EXPECT_EQ(schema.error().code, "schema.endless_reference") << text;
            continue;
        }
        ++compiled_count;
        JsonDocument schema_document;
        const auto root = schema_document.parse(text);
        ASSERT_TRUE(root.ok()) << text;
        for (int round = 0; round < instance_count; ++round) {
            const std::string instance_text = random_instance(random, 3);
            JsonDocument document;
            const auto instance = document.parse(instance_text);
            ASSERT_TRUE(instance.ok()) << instance_text;
            const bool expected = is_valid_plainly(*root, *instance);
            ++judged_count;
            valid_count += expected ? 1 : 0;
            ASSERT_EQ(schema->is_valid(*instance), expected) << text << "\n" << instance_text;
            ASSERT_EQ(schema->validate(*instance).empty(), expected) << text << "\n"
                                                                     << instance_text;
        }
    }
    // Neither side is judged for nothing.
    EXPECT_GT(compiled_count, schema_count / 2);
    EXPECT_GT(valid_count, judged_count / 10);
    EXPECT_LT(valid_count, judged_count * 9 / 10);
}

}  // namespace
}  // namespace meshline
