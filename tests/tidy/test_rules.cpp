#include "support/text.hpp"
#include "tidy/cpp_text.hpp"
#include "tidy/rules.hpp"
#include "tidy/words.hpp"

#include <array>

namespace meshline::tidy {

namespace {

bool states_its_goal(const SourceFile& file) {
    for (const std::string_view line : test::lines_of(file.text)) {
        if (!line.starts_with("//")) return false;
        if (line.find("Goal:") != std::string_view::npos) return true;
    }
    return false;
}

bool can_fail(const std::string& code) {
    constexpr std::array words = {"EXPECT_", "ASSERT_", "RC_ASSERT", "FAIL()"};
    for (const std::string_view word : words) {
        if (code.find(word) != std::string::npos) return true;
    }
    return false;
}

/// Complains about TEST(Suite, Name) whose name is no behaviour in snake_case.
void check_test_names(const SourceFile& file, const std::string& code,
                      std::vector<Violation>& found) {
    constexpr std::array macros = {"TEST(", "TEST_F(", "TEST_P(", "RC_GTEST_PROP("};
    for (const std::string_view macro : macros) {
        for (const std::size_t at : find_word(code, macro)) {
            const std::size_t comma = code.find(',', at);
            if (comma == std::string::npos) continue;
            const std::size_t start = skip_spaces(code, comma + 1);
            const std::string name = code.substr(start, code.find_first_of(" ,)\n", start) - start);
            if (is_snake_case(name)) continue;
            found.push_back({file.path, line_at(file.text, at), "test_name",
                             "\"" + name + "\" does not name a behaviour in snake_case"});
        }
    }
}

}  // namespace

// A test says at its top what it is for, names behaviours, and can fail.
void check_test(const SourceFile& file, std::vector<Violation>& found) {
    if (!states_its_goal(file)) {
        found.push_back({file.path, 1, "goal", "begin with a comment \"Goal: ... Method: ...\""});
    }
    const std::string code = take_apart(file.text).code;
    if (!can_fail(code)) found.push_back({file.path, 1, "asserts", "nothing in it can fail"});
    check_test_names(file, code, found);
}

}  // namespace meshline::tidy
