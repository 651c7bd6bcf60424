// Goal: suggestions, splitting, quoting and UTF-8 checking do what their header promises.
// Method: table cases with the edges of each rule.
#include "base/text/text.hpp"

#include <cstdint>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>

namespace meshline {
namespace {

using testing::ElementsAre;

TEST(NearestName, finds_the_slip_of_the_pen) {
    const std::vector<std::string> known = {"gross_amount", "net_amount", "currency"};
    EXPECT_EQ(nearest_name("gross_amout", known), "gross_amount");
    EXPECT_EQ(nearest_name("currnecy", known), "currency");
    EXPECT_EQ(nearest_name("NET_AMOUNT", known), "net_amount");
    EXPECT_EQ(nearest_name("customer", known), std::nullopt);
}

TEST(NearestName, allows_a_third_of_the_letters_and_one_at_least) {
    const std::vector<std::string> known = {"abcdef"};
    EXPECT_EQ(nearest_name("abcdxy", known), "abcdef");
    EXPECT_EQ(nearest_name("abcxyz", known), std::nullopt);
    EXPECT_EQ(nearest_name("ab", std::vector<std::string>{"a"}), "a");
    EXPECT_EQ(nearest_name("ab", std::vector<std::string>{"cd"}), std::nullopt);
}

TEST(NearestName, a_swap_of_neighbours_is_one_edit) {
    EXPECT_EQ(nearest_name("ba", std::vector<std::string>{"ab"}), "ab");
}

TEST(NearestName, ties_go_to_the_first) {
    EXPECT_EQ(nearest_name("cat", std::vector<std::string>{"bat", "hat"}), "bat");
}

TEST(NearestName, very_long_names_get_none) {
    const std::string name(257, 'a');
    EXPECT_EQ(nearest_name(name, std::vector<std::string>{name}), std::nullopt);
    EXPECT_EQ(nearest_name(name.substr(1), std::vector<std::string>{name.substr(1)}),
              name.substr(1));
}

TEST(HintForUnknown, names_the_nearest_else_lists_a_few) {
    std::vector<std::string> known = {"orders", "refunds"};
    EXPECT_EQ(hint_for_unknown("order", known), "Did you mean \"orders\"?");
    EXPECT_EQ(hint_for_unknown("zzz", known), "Known: orders, refunds.");
    EXPECT_EQ(hint_for_unknown("zzz", std::vector<std::string>{}), "");
    known.resize(20, "filler");
    EXPECT_NE(hint_for_unknown("zzz", known), "");
    known.resize(21, "filler");
    EXPECT_THAT(hint_for_unknown("zzz", known), testing::EndsWith("filler and 1 more."));
}

TEST(Split, gives_one_part_more_than_separators) {
    EXPECT_THAT(split("", ','), ElementsAre(""));
    EXPECT_THAT(split("a", ','), ElementsAre("a"));
    EXPECT_THAT(split("a,,b,", ','), ElementsAre("a", "", "b", ""));
}

TEST(Join, puts_the_separator_between) {
    EXPECT_EQ(join(std::vector<std::string>{}, ", "), "");
    EXPECT_EQ(join(std::vector<std::string>{"a"}, ", "), "a");
    EXPECT_EQ(join(std::vector<std::string>{"a", "", "b"}, ", "), "a, , b");
}

TEST(Trim, drops_blanks_at_both_ends_only) {
    EXPECT_EQ(trim(" \t a b\r\n"), "a b");
    EXPECT_EQ(trim(" \n "), "");
    EXPECT_EQ(trim(""), "");
}

TEST(ToLowerAscii, leaves_other_letters_alone) {
    EXPECT_EQ(to_lower_ascii("AZ09É"), "az09É");
}

TEST(FindInvalidUtf8, accepts_every_length_of_sequence_at_every_offset) {
    for (std::size_t offset = 0; offset < 17; ++offset) {
        const std::string text = std::string(offset, 'a') + "é€😀\u007f\u0080\u07ff\u0800\uffff" +
                                 "\xf4\x8f\xbf\xbf\xed\x9f\xbf";
        EXPECT_EQ(find_invalid_utf8(text), std::nullopt) << offset;
    }
    EXPECT_EQ(find_invalid_utf8(""), std::nullopt);
    EXPECT_EQ(find_invalid_utf8(std::string_view("\0", 1)), std::nullopt);
}

TEST(FindInvalidUtf8, names_the_first_bad_byte) {
    const char* const bad[] = {"\x80",              // A continuation alone.
                               "\xc3",              // Cut off.
                               "\xe2\x82",          // Cut off.
                               "\xf0\x9f\x98",      // Cut off.
                               "\xc0\xaf",          // Overlong.
                               "\xc1\xbf",          // Overlong.
                               "\xe0\x9f\xbf",      // Overlong.
                               "\xf0\x8f\xbf\xbf",  // Overlong.
                               "\xed\xa0\x80",      // A surrogate.
                               "\xf4\x90\x80\x80",  // Above U+10FFFF.
                               "\xf5\x80\x80\x80",
                               "\xff",
                               "\xe2\x28\xa1",
                               "\xe2\x82\x28",
                               "\xf0\x9f\x98\x28"};
    for (const char* sequence : bad) {
        EXPECT_EQ(find_invalid_utf8(sequence), 0u) << testing::PrintToString(sequence);
        for (std::size_t offset = 0; offset < 17; ++offset) {
            const std::string text = std::string(offset, 'a') + "é" + sequence + "tail of the text";
            EXPECT_EQ(find_invalid_utf8(text), offset + 2) << testing::PrintToString(sequence);
        }
    }
}

TEST(WithThousands, groups_by_three) {
    EXPECT_EQ(with_thousands(0), "0");
    EXPECT_EQ(with_thousands(999), "999");
    EXPECT_EQ(with_thousands(1000), "1,000");
    EXPECT_EQ(with_thousands(-1234567), "-1,234,567");
    EXPECT_EQ(with_thousands(-100), "-100");
    EXPECT_EQ(with_thousands(std::numeric_limits<std::int64_t>::min()),
              "-9,223,372,036,854,775,808");
}

TEST(Quote, doubles_its_own_mark_only) {
    EXPECT_EQ(quote_literal("it's \"so\""), "'it''s \"so\"'");
    EXPECT_EQ(quote_literal(""), "''");
    EXPECT_EQ(quote_identifier("a\"b'c"), "\"a\"\"b'c\"");
}

TEST(Quote, writes_a_nul_as_a_call_for_no_statement_can_hold_one) {
    EXPECT_EQ(quote_literal(std::string_view("a\0b", 3)), "('a' || chr(0) || 'b')");
    EXPECT_EQ(quote_literal(std::string_view("\0'\0", 3)),
              "('' || chr(0) || '''' || chr(0) || '')");
}

TEST(Shape, says_what_a_value_looks_like_and_not_what_it_is) {
    EXPECT_EQ(shape_of(""), "");
    EXPECT_EQ(shape_of("Ana-17"), "Aaa-99");
    EXPECT_EQ(shape_of("1.053,80"), "9.999,99");
    EXPECT_EQ(shape_of("ana@example.test"), "aaa@aaaaaaa.aaaa");
    EXPECT_EQ(shape_of("\xC3\x84rger\n\t!"), "aaaaa  !");
}

TEST(Shape, is_cut_after_forty_characters) {
    EXPECT_EQ(shape_of(std::string(40, 'x')), std::string(40, 'a'));
    EXPECT_EQ(shape_of(std::string(41, 'x')), std::string(40, 'a') + "...");
}

}  // namespace
}  // namespace meshline
