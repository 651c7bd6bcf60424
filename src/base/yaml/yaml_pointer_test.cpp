// Goal: what a JSON Pointer names is shown where the YAML has it.
// Method: one document, a table of pointers.
#include "base/yaml/yaml_pointer.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

std::string shown(std::string_view pointer, bool is_key) {
    const auto root =
        parse_yaml("name: x\nlist:\n  - a: 1\n  - b: 2\n    c/d: [3, 4]\nnone:\n", "f.yaml");
    EXPECT_TRUE(root.ok());
    const Place place = place_in_yaml(*root, pointer, is_key, "f.yaml");
    return fmt::format("{}:{}:{}", place.file, place.line, place.column);
}

TEST(YamlPointer, finds_values_and_keys) {
    EXPECT_EQ(shown("", false), "f.yaml:1:1");
    EXPECT_EQ(shown("/name", false), "f.yaml:1:7");
    EXPECT_EQ(shown("/name", true), "f.yaml:1:1");
    EXPECT_EQ(shown("/list/1/b", false), "f.yaml:4:8");
    EXPECT_EQ(shown("/list/1/c~1d/1", false), "f.yaml:5:14");
    EXPECT_EQ(shown("/list/1/c~1d/1", true), "f.yaml:5:14");
    EXPECT_EQ(shown("/none", false), "f.yaml:6:1");
}

TEST(YamlPointer, shows_the_last_node_before_what_is_not_there) {
    EXPECT_EQ(shown("/list/7", false), "f.yaml:3:3");
    EXPECT_EQ(shown("/list/1/z", false), "f.yaml:4:5");
    EXPECT_EQ(shown("/name/x/y", false), "f.yaml:1:7");
}

}  // namespace
}  // namespace meshline
