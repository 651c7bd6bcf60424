// Goal: no text that is shortened or stored is anything but UTF-8, and no character is torn in two.
// Method: every cut of hostile texts, with tables of what must stay together.
#include "base/text/shorten.hpp"

#include "base/text/text.hpp"

#include <gtest/gtest.h>
#include <string>

namespace meshline {
namespace {

std::string repeated(std::string_view text, int count) {
    std::string all;
    for (int index = 0; index < count; ++index)
        all += text;
    return all;
}

/// What stands before " ...".
std::string kept(const std::string& text, std::size_t bytes_max) {
    const std::string shown = shortened(text, bytes_max);
    EXPECT_TRUE(shown.ends_with(" ...")) << shown;
    return shown.substr(0, shown.size() - 4);
}

TEST(Shortened, leaves_short_texts_as_they_are) {
    EXPECT_EQ(shortened("", 3), "");
    EXPECT_EQ(shortened("abc", 3), "abc");
    EXPECT_EQ(shortened("abcd", 3), "abc ...");
}

TEST(Shortened, never_cuts_inside_a_character) {
    const std::string text = "a" + repeated("\xC3\xA9", 60);
    EXPECT_EQ(kept(text, 120), "a" + repeated("\xC3\xA9", 59));
    for (const char* letter : {"\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"}) {
        const std::string all = repeated(letter, 30);
        for (std::size_t bytes_max = 0; bytes_max < all.size(); ++bytes_max) {
            const std::string shown = shortened(all, bytes_max);
            EXPECT_EQ(find_invalid_utf8(shown), std::nullopt) << letter << " " << bytes_max;
            EXPECT_LE(shown.size(), bytes_max + 4);
        }
    }
}

TEST(Shortened, keeps_a_letter_with_its_marks) {
    EXPECT_EQ(kept("abe\xCC\x81z", 3), "ab");                       // e and a combining acute
    EXPECT_EQ(kept("abe\xCC\x81z", 5), "abe\xCC\x81");              // both fit
    EXPECT_EQ(kept("a\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBDz", 6), "a");  // a thumb and its skin tone
    EXPECT_EQ(kept("a\xF0\x9F\x87\xA9\xF0\x9F\x87\xAAz", 6), "a");  // a flag is two letters
    EXPECT_EQ(kept("a\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBBz", 9), "a");  // joined signs
}

TEST(Shortened, does_not_look_for_ever_and_never_drops_all) {
    const std::string marks = "e" + repeated("\xCC\x81", 10'000);
    EXPECT_EQ(kept(marks, 101), marks.substr(0, 101));
    EXPECT_EQ(find_invalid_utf8(shortened(marks, 100)), std::nullopt);
}

TEST(ValidUtf8, writes_out_the_bytes_that_are_none) {
    EXPECT_EQ(valid_utf8(""), "");
    EXPECT_EQ(valid_utf8("a\xC3\xA9"), "a\xC3\xA9");
    EXPECT_EQ(valid_utf8("a\xC3"), "a\\xc3");
    EXPECT_EQ(valid_utf8("\xFF\xFE-\xE2\x82"), "\\xff\\xfe-\\xe2\\x82");
    EXPECT_EQ(find_invalid_utf8(shortened("ab\xFF\xC3zzzz", 3)), std::nullopt);
}

}  // namespace
}  // namespace meshline
