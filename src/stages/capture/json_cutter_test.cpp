// Goal: every byte of a text of JSON is cut out or is the punctuation around records.
// Method: texts put together from tokens at random, whole and broken; the bytes between two pieces
// are looked at.
#include "stages/capture/json_cutter.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <random>
#include <span>

namespace meshline {
namespace {

/// What lies between the pieces, in order.
std::vector<std::string> gaps(std::string_view text, const std::vector<std::string>& envelopes) {
    JsonCutter cutter(text, envelopes);
    JsonCutter::Piece piece;
    std::vector<std::string> found;
    std::size_t at = 0;
    while (cutter.next(piece)) {
        if (piece.bytes.empty()) continue;
        const auto begin = static_cast<std::size_t>(piece.bytes.data() - text.data());
        EXPECT_GE(begin, at) << text;
        found.emplace_back(text.substr(at, begin - at));
        at = begin + piece.bytes.size();
    }
    found.emplace_back(text.substr(at));
    return found;
}

constexpr std::array tokens = {
    "{",  "}", "[",  "]",       ",",    ":",         "\"a\"", "\"id\"",        "\"open", "\\",
    "\n", " ", "12", "garbage", "null", "{\"a\":1}", "[1]",   "{\"id\":[{}]}", "\"",     "\"]\""};

std::string random_text(std::mt19937& random, std::span<const char* const> words) {
    std::string text;
    const std::size_t count = random() % 12;
    for (std::size_t index = 0; index < count; ++index)
        text += words[random() % words.size()];
    return text;
}

TEST(JsonCutter, without_envelopes_only_white_space_and_punctuation_lie_between_records) {
    std::mt19937 random(11);
    for (int round = 0; round < 20'000; ++round) {
        const std::string text = random_text(random, tokens);
        for (const std::string& gap : gaps(text, {}))
            ASSERT_EQ(gap.find_first_not_of(" \t\r\n,[]"), std::string::npos) << text;
    }
}

TEST(JsonCutter, with_envelopes_only_what_they_say_beside_is_no_piece) {
    std::mt19937 random(12);
    constexpr std::array words = {"{\"orders\":[",
                                  "\"order\":[",
                                  "\"order\":{\"record\":1}",
                                  "{",
                                  "}",
                                  "[",
                                  "]",
                                  ",",
                                  "\"next\":7",
                                  "{\"record\":2}",
                                  "record 3",
                                  "\n"};
    for (int round = 0; round < 20'000; ++round) {
        const std::string text = random_text(random, words);
        for (std::string gap : gaps(text, {"orders", "order"})) {
            for (const std::string beside : {"\"next\":7", "\"orders\":", "\"order\":"}) {
                for (std::size_t at = 0; (at = gap.find(beside)) != std::string::npos;)
                    gap.erase(at, beside.size());
            }
            ASSERT_EQ(gap.find_first_not_of(" \t\r\n,[]{}"), std::string::npos) << text;
        }
    }
}

}  // namespace
}  // namespace meshline
