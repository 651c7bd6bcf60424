// Goal: names are found by the hash that parsing made of them, whatever their length.
// Method: names of every length up to 40, that differ in one letter, escaped and not.
#include "base/json/key_table.hpp"

#include "base/json/json.hpp"

#include <gtest/gtest.h>

namespace meshline {
namespace {

TEST(KeyTable, finds_names_of_every_length_and_no_others) {
    std::vector<std::string> names;
    std::string members;
    for (std::size_t length = 0; length <= 40; ++length) {
        names.push_back(std::string(length, 'n'));
        members += (members.empty() ? "{\"" : ",\"") + names.back() + "\":1";
        // Not in the table: the letter in the middle is another.
        std::string other = names.back();
        if (length > 0) other[length / 2] = 'm';
        if (length > 0) members += ",\"" + other + "\":2";
    }
    KeyTable table;
    table.build(names);
    JsonDocument document;
    const auto root = document.parse(members + "}");
    ASSERT_TRUE(root.ok());
    JsonValue member = root->first();
    for (std::size_t left = root->size();; member = member.next()) {
        const bool is_known = member.text() == "1";
        EXPECT_EQ(table.find(member), is_known ? member.key().size() : KeyTable::absent);
        EXPECT_EQ(table.find(member.key()), table.find(member));
        if (--left == 0) break;
    }
}

TEST(KeyTable, escapes_do_not_matter_and_an_empty_table_has_nothing) {
    KeyTable table;
    EXPECT_EQ(table.find("a"), KeyTable::absent);
    table.build({"a/b", "long enough for a name", "", ""});
    JsonDocument document;
    const auto root = document.parse(R"({"a\/b":1,"long \u0065nough for a name":2,"":3})");
    ASSERT_TRUE(root.ok());
    EXPECT_EQ(table.find(root->first()), 0U);
    EXPECT_EQ(table.find(root->first().next()), 1U);
    EXPECT_EQ(table.find(root->first().next().next()), 2U);
}

}  // namespace
}  // namespace meshline
