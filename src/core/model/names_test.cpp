// Goal: names and enumerators are the same words, and nothing else passes for a name; days in doubt
// are told in runs. Method: every word of each closed list, and the edges of the rules.
#include "core/model/entry_type.hpp"
#include "core/model/event.hpp"
#include "core/model/finding.hpp"
#include "core/model/ids.hpp"
#include "core/model/publication.hpp"

#include <gtest/gtest.h>
#include <set>
#include <string>

namespace meshline {
namespace {

TEST(Name, is_lower_case_letters_digits_and_underscores) {
    for (const char* text : {"a", "net_sales", "shop2", "a_", "a__9"})
        EXPECT_TRUE(is_name(text));
    for (const char* text : {"", "_a", "2shop", "Shop", "net-sales", "net sales", "é", "a.b"}) {
        EXPECT_FALSE(is_name(text)) << text;
    }
    EXPECT_TRUE(is_name(std::string(64, 'a')));
    EXPECT_FALSE(is_name(std::string(65, 'a')));
}

TEST(Name, ids_of_two_kinds_are_two_types) {
    static_assert(!std::is_convertible_v<ClientId, RunId>);
    static_assert(!std::is_convertible_v<std::string, ClientId>);
    EXPECT_TRUE(ClientId().is_empty());
    EXPECT_LT(ClientId("a"), ClientId("b"));
}

TEST(Book, reads_back_from_its_name) {
    for (const char* name : book_names)
        EXPECT_EQ(name_of(book_of(name).value()), name);
    EXPECT_EQ(book_of("commerce"), Book::commerce);
    EXPECT_EQ(book_of("accounting"), Book::accounting);
    EXPECT_EQ(book_of("Commerce"), std::nullopt);
    EXPECT_EQ(book_of(""), std::nullopt);
}

TEST(EntryType, list_names_each_type_once) {
    const std::set<std::string_view> names(entry_type_names.begin(), entry_type_names.end());
    EXPECT_EQ(names.size(), entry_type_names.size());
}

TEST(Severity, reads_back_and_orders) {
    for (const char* name : {"low", "medium", "high", "critical"}) {
        EXPECT_EQ(name_of(severity_of(name).value()), name);
    }
    EXPECT_EQ(severity_of("severe"), std::nullopt);
    EXPECT_LT(Severity::low, Severity::critical);
}

TEST(PublicationState, reads_back_from_its_name) {
    for (const char* name : {"provisional", "verified", "held", "restated"}) {
        EXPECT_EQ(name_of(publication_state_of(name).value()), name);
    }
    EXPECT_EQ(publication_state_of("published"), std::nullopt);
}

TEST(Outcome, names_are_the_enumerators) {
    EXPECT_EQ(name_of(Outcome::added), "added");
    EXPECT_EQ(name_of(Outcome::revision), "revision");
    EXPECT_EQ(name_of(Outcome::conflict), "conflict");
    EXPECT_EQ(name_of(Outcome::duplicate), "duplicate");
    EXPECT_EQ(name_of(Verdict::kept), "kept");
    EXPECT_EQ(name_of(Verdict::broken), "broken");
    EXPECT_EQ(name_of(Verdict::unreadable), "unreadable");
}

TEST(Doubts, days_side_by_side_are_one_run) {
    Finding finding;
    add_doubts(finding, Book::bank, {{5}, {3}, {4}, {3}, {7}});
    add_doubts(finding, Book::crm, {});
    ASSERT_EQ(finding.doubts.size(), 2U);
    EXPECT_EQ(finding.doubts[0].book, "bank");
    EXPECT_EQ(finding.doubts[0].from, BusinessDate{3});
    EXPECT_EQ(finding.doubts[0].to, BusinessDate{5});
    EXPECT_EQ(finding.doubts[1].from, BusinessDate{7});
    EXPECT_EQ(finding.doubts[1].to, BusinessDate{7});
}

}  // namespace
}  // namespace meshline
