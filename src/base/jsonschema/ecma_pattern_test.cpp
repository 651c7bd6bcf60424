// Goal: patterns mean what ECMA-262 says, or are refused with the reason.
// Method: a table of pattern, text and whether it is found.
#include "base/jsonschema/ecma_pattern.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

struct Case {
    const char* pattern;
    const char* text;
    bool is_found;
};

TEST(EcmaPattern, matches_as_the_standard_says) {
    constexpr Case cases[] = {
        {"^a.c$", "abc", true},
        {"^a.c$", "a\nc", false},
        {"^a.c$", "a\u2028c", false},
        {"^a$", "a\n", false},
        {R"(^\s$)", "\u00a0", true},
        {R"(^\s$)", "\ufeff", true},
        {R"(^\S$)", "\u00a0", false},
        {R"(^[\S]$)", "\u2029", false},
        {R"(^\w$)", "é", false},
        {R"(^\d$)", "৪", false},
        {R"(^\cA$)", "\x01", true},
        {R"(^[\b]$)", "\b", true},
        {R"(^\u00e9$)", "é", true},
        {R"(^\u{1F409}$)", "🐉", true},
        {R"(^\uD83D\uDC09$)", "🐉", true},
        {"^🐉*$", "🐉🐉", true},
        {R"(^\p{Letter}+$)", "Üλ", true},
        {R"(^\p{Script=Greek}$)", "λ", true},
        {R"(^[\w-.]+$)", "a-b.c", true},
        {"^(?<year>[0-9]+)$", "2026", true},
        {"[]", "a", false},
        {"^[^]$", "\n", true},
        {"^[[:a]+$", ":[a", true},
        {R"(^\/$)", "/", true},
        {R"(^\x41$)", "A", true},
        {R"(^\p{ASCII}$)", "é", false},
    };
    for (const Case& one : cases) {
        const auto pattern = compile_ecma_pattern(one.pattern);
        ASSERT_TRUE(pattern.ok()) << one.pattern << ": " << pattern.error().message;
        EXPECT_EQ(RE2::PartialMatch(one.text, **pattern), one.is_found)
            << one.pattern << " in " << one.text;
    }
}

TEST(EcmaPattern, refuses_what_cannot_be_done_or_is_wrong) {
    const std::pair<const char*, const char*> cases[] = {
        {"(?=a)", "pattern.unsupported"},
        {"(?<!a)b", "pattern.unsupported"},
        {R"((a)\1)", "pattern.unsupported"},
        {R"((?<n>a)\k<n>)", "pattern.unsupported"},
        {R"(\a)", "pattern.invalid"},
        {R"(\Z)", "pattern.invalid"},
        {"(a", "pattern.invalid"},
        {"[a", "pattern.invalid"},
        {R"(\uD83D)", "pattern.invalid"},
        {R"(\u{110000})", "pattern.invalid"},
        {"(?P<n>a)", "pattern.invalid"},
        {R"(\)", "pattern.invalid"},
        {"a{1,100000}", "pattern.unsupported"},
    };
    for (const auto& [text, code] : cases) {
        const auto pattern = compile_ecma_pattern(text);
        ASSERT_FALSE(pattern.ok()) << text;
        EXPECT_EQ(pattern.error().code, code) << text;
    }
}

}  // namespace
}  // namespace meshline
