// Goal: two texts that say the same have the same canonical bytes, whatever their layout and order.
// Method: exact cases, and random objects written in two shuffled orders with random white space.
#include "base/json/json.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck.h>
#include <string>
#include <vector>

namespace meshline {
namespace {

std::string canonical(const std::string& text) {
    JsonDocument document;
    const auto root = document.parse(text);
    EXPECT_TRUE(root.ok()) << text;
    return root.ok() ? canonical_json(*root) : "";
}

TEST(CanonicalJson, sorts_names_by_bytes_at_every_level) {
    EXPECT_EQ(canonical(R"( {"b": [ {"z":1, "a" :2} , [ ] ], "B": { }, "a": "x", "": 0} )"),
              R"({"":0,"B":{},"a":"x","b":[{"a":2,"z":1},[]]})");
    EXPECT_EQ(canonical("{\"\xC3\xA9\":1,\"z\":2}"), "{\"z\":2,\"\xC3\xA9\":1}");
}

TEST(CanonicalJson, strings_have_one_spelling_and_numbers_keep_theirs) {
    EXPECT_EQ(canonical(R"(["\u0061\/\u000A","\u20ac", 1.0, 1.00, 1e2])"),
              "[\"a/\\n\",\"\xE2\x82\xAC\",1.0,1.00,1e2]");
}

TEST(CanonicalJson, sibling_order_counts_in_arrays) {
    EXPECT_NE(canonical("[1,2]"), canonical("[2,1]"));
}

TEST(CanonicalJson, is_stable_and_independent_of_member_order) {
    rc::check([] {
        const auto members = *rc::gen::container<std::map<std::string, int>>(
            rc::gen::string<std::string>(), rc::gen::arbitrary<int>());
        std::vector<std::string> written;
        for (const auto& [name, number] : members) {
            std::string member;
            std::string ascii;
            for (const char byte : name)
                ascii += static_cast<char>(byte & 0x7F);
            append_json_string(member, ascii);
            if (std::ranges::any_of(written, [&](const std::string& other) {
                    return other.starts_with(member + " :");
                })) {
                continue;
            }
            written.push_back(member + " : {\"n\":" + std::to_string(number) + "}");
        }
        const auto text_of = [](const std::vector<std::string>& parts) {
            std::string text = "{";
            for (const std::string& part : parts)
                text += (text.size() > 1 ? " ,\n" : "") + part;
            return text + "}";
        };
        const std::string first = canonical(text_of(written));
        std::ranges::reverse(written);
        RC_ASSERT(canonical(text_of(written)) == first);
        RC_ASSERT(canonical(first) == first);
    });
}

}  // namespace
}  // namespace meshline
