// Goal: a record's value under several names of one field is the one that says something, and two
// that say different things are no value.
// Method: a table of records, each read with one list of names.
#include "core/contract/column_names.hpp"

#include "base/json/json.hpp"
#include "core/contract/read_options.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace meshline {
namespace {

TEST(ColumnNames, takes_the_name_that_says_something) {
    const ColumnNames names(std::vector<std::string>{"A", "B", "C"});
    struct Case {
        const char* record;
        const char* found;  ///< The name, what stands there and the name that contradicts it.
    };
    const Case cases[] = {
        {R"({})", ""},
        {R"({"D":"1"})", ""},
        {R"(["A"])", ""},
        {R"("A")", ""},
        {R"({"A":"1"})", "A 1"},
        {R"({"B":"1","D":"2"})", "B 1"},
        {R"({"C":"1","B":"","A":null})", "C 1"},
        {R"({"A":"1","C":""})", "A 1"},
        {R"({"A":"1","B":null,"C":"1"})", "A 1"},
        {R"({"A":"\u0031","B":"1"})", "A 1"},
        {R"({"C":"","B":null})", "B null"},
        {R"({"C":null,"B":""})", "B "},
        {R"({"A":"1","B":"2"})", "A - B"},
        {R"({"A":"","B":"1","C":"1.0"})", "B - C"},
        {R"({"A":"1","B":"1","C":" "})", "A - C"},
        // A number is not the text that looks like it, nor 1 what 1.0 is: types are the contract's.
        {R"({"A":1,"B":"1"})", "A - B"},
        {R"({"A":1,"B":1.0})", "A - B"},
        {R"({"A":[1,2],"B":[1,2]})", "A [1,2]"},
        {R"({"A":[1,2],"B":[1,3]})", "A - B"},
        {R"({"A":{},"B":false})", "A - B"},
        {R"({"A":0,"B":""})", "A 0"},
    };
    for (const Case& each : cases) {
        JsonDocument document;
        const auto record = document.parse(each.record);
        ASSERT_TRUE(record.ok()) << each.record;
        const ColumnNames::Found found = names.find(*record);
        std::string text = found.name ? *found.name + " " : "";
        if (found.value)
            text += found.value->is(JsonType::string) ? found.value->text() : found.value->raw();
        if (found.other) text += "- " + *found.other;
        EXPECT_EQ(text, each.found) << each.record;
        EXPECT_EQ(found.other != nullptr, found.name != nullptr && !found.value) << each.record;
    }
}

TEST(ColumnNames, one_name_is_what_it_was_alone) {
    const ColumnNames name = "Sale";
    EXPECT_FALSE(name.has_several());
    EXPECT_EQ(name.text(), "\"Sale\"");
    EXPECT_EQ(name, ColumnNames(std::vector<std::string>{"Sale"}));
    EXPECT_EQ(ColumnNames(std::vector<std::string>{"Sale", "Order"}).text(),
              "\"Sale\" or \"Order\"");
}

TEST(ColumnNames, fields_without_names_of_their_own_keep_theirs) {
    ReadOptions options;
    options.columns = {{"ref", std::vector<std::string>{"Sale", "Order"}}};
    JsonDocument document;
    const auto record = document.parse(R"({"Order":"1","ref":"2","day":"3"})");
    ASSERT_TRUE(record.ok());
    EXPECT_EQ(options.find(*record, "ref")->text(), "1");
    EXPECT_EQ(options.find(*record, "day")->text(), "3");
    EXPECT_FALSE(options.find(*record, "Order day"));
    EXPECT_EQ(options.names_of("day"), ColumnNames("day"));
    EXPECT_EQ(options.names_of("ref").first(), "Sale");
}

}  // namespace
}  // namespace meshline
