// Goal: what people are shown steers neither their terminal nor their spreadsheet. Method: tables
// of texts, and every character that steers.
#include "base/text/text.hpp"

#include <gtest/gtest.h>

namespace meshline {
namespace {

TEST(ShownText, characters_that_steer_are_question_marks) {
    const std::pair<const char*, const char*> cases[] = {
        {"", ""},
        {"a\tb\nc", "a?b?c"},
        {"na\xC3\xAFve \xE6\x9D\xB1\xE4\xBA\xAC \xF0\x9F\x98\x80",
         "na\xC3\xAFve \xE6\x9D\xB1\xE4\xBA\xAC \xF0\x9F\x98\x80"},
        {"\x1B[31mred", "?[31mred"},
        {"over\rwritten\b", "over?written?"},
        {"\x7F", "?"},
        {"\xC2\x9B"
         "31m",
         "?31m"},                   // C1: control sequence introducer
        {"\xC2\x85next", "?next"},  // C1: next line
        {"\x9B"
         "31m",
         "?31m"},  // the same as a bare byte
        {"\xE2\x80\xAE"
         "fdp.exe",
         "?fdp.exe"},                          // right-to-left override
        {"\xE2\x81\xA6x\xE2\x81\xA9", "?x?"},  // isolates
        {"\xD8\x9C", "?"},                     // Arabic letter mark
        {"a\xE2\x80\xA8z", "a?z"},             // line separator
        {"\xE2\x80\x8B", "?"},                 // zero width space
        {"cut \xE2\x82", "cut ??"},
    };
    for (const auto& [text, shown] : cases)
        EXPECT_EQ(shown_text(text), shown) << text;
}

TEST(ShownText, the_layout_of_a_page_stays) {
    EXPECT_EQ(shown_lines("a\tb\nc\r\x1B\xC2\x9B\xE2\x80\xA8\n"), "a\tb\nc????\n");
}

TEST(ShownText, joiners_of_scripts_and_faces_stay) {
    EXPECT_EQ(shown_text("\xE2\x80\x8C\xE2\x80\x8D"), "\xE2\x80\x8C\xE2\x80\x8D");
}

TEST(JsonShownText, characters_that_steer_are_escaped) {
    EXPECT_EQ(json_shown_text(
                  "{\n  \"a\xC2\x9B\": \"\xE2\x80\xAE na\xC3\xAFve \x7F\xF3\xA0\x80\x81\"\n}"),
              "{\n  \"a\\u009b\": \"\\u202e na\xC3\xAFve \\u007f\\udb40\\udc01\"\n}");
}

TEST(CsvCell, formulas_are_guarded_and_numbers_stay_numbers) {
    const std::pair<const char*, const char*> cases[] = {
        {"", ""},
        {"spring", "spring"},
        {"=1+2", "'=1+2"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"+49 30 1", "'+49 30 1"},
        {"-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"},
        {"-12.50", "-12.50"},
        {"+7", "+7"},
        {"-", "'-"},
        {"\tx", "'\tx"},
        {"\rx", "\"'\rx\""},
        {"=A1,\"x\"", "\"'=A1,\"\"x\"\"\""},
        {"a,b", "\"a,b\""},
        {"two\nlines", "\"two\nlines\""},
    };
    for (const auto& [text, cell] : cases)
        EXPECT_EQ(csv_cell(text), cell) << text;
}

TEST(WithThousands, groups_the_whole_digits_of_a_number_in_front) {
    const std::pair<const char*, const char*> cases[] = {
        {"", ""},
        {"0", "0"},
        {"999", "999"},
        {"1000 JPY", "1,000 JPY"},
        {"-1234567.5", "-1,234,567.5"},
        {"1234.567890 KWD", "1,234.567890 KWD"},
        {"no number", "no number"},
    };
    for (const auto& [text, grouped] : cases)
        EXPECT_EQ(with_thousands(std::string_view(text)), grouped) << text;
}

}  // namespace
}  // namespace meshline
