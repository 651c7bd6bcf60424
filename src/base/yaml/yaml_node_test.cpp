// Goal: the bytes a definition is digested from depend on what it says, not on how it is written.
// Method: exact cases, and random mappings written in two orders.
#include "base/json/json.hpp"
#include "base/yaml/yaml.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck.h>
#include <string>
#include <vector>

namespace meshline {
namespace {

std::string canonical(const std::string& text) {
    const auto root = parse_yaml(text, "file.yaml");
    EXPECT_TRUE(root.ok()) << text;
    return root.ok() ? canonical_json(*root) : "";
}

TEST(CanonicalYaml, sorts_keys_and_drops_layout) {
    EXPECT_EQ(canonical("b: [x, 'y']  # comment\na:\n  d: 1\n  c: {}\n"),
              R"({"a":{"c":{},"d":1},"b":["x","y"]})");
}

TEST(CanonicalYaml, plain_words_and_numbers_are_bare_and_all_else_is_text) {
    EXPECT_EQ(canonical("[true, 'true', null, 0.50, '0.50', 007, 1_0, .5, 1e2, 12:30, a\"b]"),
              R"([true,"true",null,0.50,"0.50","007","1_0",".5",1e2,"12:30","a\"b"])");
}

TEST(CanonicalYaml, is_json_and_independent_of_the_order_of_keys) {
    rc::check([] {
        const auto members = *rc::gen::container<std::map<int, std::string>>(
            rc::gen::arbitrary<int>(), rc::gen::string<std::string>());
        std::vector<std::string> lines;
        for (const auto& [number, text] : members) {
            std::string ascii;
            for (const char byte : text)
                ascii += static_cast<char>(0x20 + (byte & 0x3F));
            std::string line = "k" + std::to_string(number) + ": ";
            append_json_string(line, ascii);
            lines.push_back(line + "\n");
        }
        const auto text_of = [](const std::vector<std::string>& parts) {
            std::string text;
            for (const std::string& part : parts)
                text += part;
            return text;
        };
        const std::string first = canonical(text_of(lines));
        std::ranges::reverse(lines);
        RC_ASSERT(canonical(text_of(lines)) == first);
        JsonDocument document;
        const auto json = document.parse(first);
        RC_ASSERT(json.ok());
        RC_ASSERT(canonical_json(*json) == first);
    });
}

}  // namespace
}  // namespace meshline
