// Goal: an error code that no test names is told, and one that a test or a transcript names is not.
// Method: made-up repositories with the page of codes.
#include "tidy/sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline::tidy {
namespace {

using testing::Contains;
using testing::Not;

constexpr const char* page = "docs/reference/error_codes.md";
const std::string violation = std::string(page) + ": code_without_test";

Repository with(const std::string& path, const std::string& text) {
    return {
        {{page, "| code | module | message |\n| `run.other_log` | a/b | other |\n"}, {path, text}}};
}

TEST(Codes, one_that_stands_in_a_test_or_a_transcript_passes) {
    EXPECT_THAT(found_in_all(with("tests/transcripts/a.transcript", "  code: run.other_log\n")),
                Not(Contains(violation)));
    EXPECT_THAT(found_in_all(with("src/a/b/c_test.cpp", "\"run.other_log\"\n")),
                Not(Contains(violation)));
}

TEST(Codes, one_that_stands_nowhere_is_refused) {
    EXPECT_THAT(found_in_all(with("tests/transcripts/a.transcript", "$ true\n")),
                Contains(violation));
    // Where it is made is no test.
    EXPECT_THAT(found_in_all(with("src/a/b/c.cpp", "\"run.other_log\"\n")), Contains(violation));
}

}  // namespace
}  // namespace meshline::tidy
