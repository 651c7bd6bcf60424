// Goal: real schemas that refer to each other across files judge their own examples.
// Method: every facet of OpenLineage, by the URIs that it is published under, against the examples
// beside it; and one example with a value of another type.
#include "base/json/json.hpp"
#include "base/jsonschema/json_schema.hpp"
#include "support/shared_data.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace meshline {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

class OpenLineage : public testing::Test {
  protected:
    void SetUp() override {
        const auto data = test::shared_data_folder();
        if (!data) GTEST_SKIP() << test::no_shared_data;
        spec_ = fs::path(*data) / "openlineage" / "spec";
    }

    JsonSchema schema_of(const std::string& facet) const {
        const std::vector<SchemaFile> others = {
            {"https://openlineage.io/spec/2-0-2/OpenLineage.json", read(spec_ / "OpenLineage.json"),
             "OpenLineage.json"}};
        auto schema = JsonSchema::compile(read(spec_ / "facets" / (facet + ".json")), facet, others,
                                          {.asserts_formats = true, .base_uri = ""});
        EXPECT_TRUE(schema.ok()) << (schema.ok() ? "" : render(schema.error()));
        return std::move(*schema);
    }

    fs::path spec_;
};

TEST_F(OpenLineage, every_facet_takes_its_examples) {
    int example_count = 0;
    for (const auto& folder : fs::directory_iterator(spec_ / "tests")) {
        if (!folder.is_directory()) continue;
        const JsonSchema schema = schema_of(folder.path().filename().string());
        for (const auto& example : fs::directory_iterator(folder)) {
            ++example_count;
            JsonDocument document;
            const auto errors = schema.validate(*document.parse(read(example.path())));
            EXPECT_TRUE(errors.empty()) << example.path() << ": " << errors.front().message;
        }
    }
    EXPECT_GT(example_count, 30);
}

TEST_F(OpenLineage, a_value_of_another_type_is_named_with_its_place) {
    JsonDocument document;
    const auto errors = schema_of("SQLJobFacet")
                            .validate(*document.parse(
                                R"({"sql": {"_producer": "https://a.test", "query": 5,
                                    "_schemaURL": "https://a.test/SQLJobFacet.json"}})"));
    ASSERT_EQ(errors.size(), 1u);
    EXPECT_EQ(errors[0].instance_location, "/sql/query");
    EXPECT_EQ(errors[0].message, "expected string, found number");
}

}  // namespace
}  // namespace meshline
