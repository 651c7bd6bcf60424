// Goal: the rules on modules, tests and definitions hold, refuse, and know their edge.
// Method: made-up repositories of a few files.
#include "tidy/sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline::tidy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> found_in_module(std::vector<SourceFile> files, const std::string& readme,
                                         const std::string& build) {
    files.push_back({"src/base/a/README.md", readme});
    files.push_back({"src/base/a/CMakeLists.txt", build});
    return found_in_all({files});
}

const std::string good_test =
    "// Goal: it holds. Method: one case.\nTEST(A, it_holds) { EXPECT_TRUE(x); }\n";

TEST(Modules, readme_has_at_most_forty_lines) {
    EXPECT_THAT(found_in_module({}, std::string(40, '\n'), "x\n"), IsEmpty());
    EXPECT_THAT(found_in_module({}, std::string(41, '\n'), "x\n"),
                ElementsAre("src/base/a/README.md: readme"));
    EXPECT_THAT(found_in_all({{{"src/base/a/CMakeLists.txt", "x\n"}}}),
                ElementsAre("src/base/a/README.md: readme"));
}

TEST(Modules, source_is_named_by_the_build) {
    EXPECT_THAT(found_in_module({{"src/base/a/b.cpp", "\n"}}, "a\n", "SOURCES b.cpp\n"), IsEmpty());
    EXPECT_THAT(found_in_module({{"src/base/a/b.cpp", "\n"}}, "a\n", "SOURCES ab.cpp\n"),
                ElementsAre("src/base/a/b.cpp: build"));
    EXPECT_THAT(found_in_all({{{"src/base/a/README.md", "x\n"}}}),
                ElementsAre("src/base/a/CMakeLists.txt: build"));
}

TEST(Modules, folder_within_a_module_is_refused) {
    EXPECT_THAT(found_in_module({{"src/base/a/c/b.cpp", "\n"}}, "a\n", "SOURCES b.cpp\n"),
                ElementsAre("src/base/a/c/b.cpp: module"));
}

TEST(Modules, definitions_hold_no_cpp) {
    EXPECT_THAT(found_in_all({{{"packs/x/y.cpp", "\n"}}}),
                ElementsAre("packs/x/y.cpp: definition"));
    EXPECT_THAT(found_in_all({{{"packs/x/y.sql", "-- Grain: one row.\nselect 1\n"}}}), IsEmpty());
}

TEST(Tests, good_test_passes) {
    EXPECT_THAT(found_in("src/base/a/a_test.cpp", good_test), IsEmpty());
    EXPECT_THAT(found_in("src/base/a/a_test.cpp", "// It is said below.\n" + good_test), IsEmpty());
}

TEST(Tests, goal_stands_at_the_top) {
    EXPECT_THAT(found_in("src/base/a/a_test.cpp", "#include <a>\n" + good_test),
                ElementsAre("goal@1"));
    EXPECT_THAT(found_in("src/base/a/a_test.cpp", "// It tests.\nTEST(A, b) { EXPECT_TRUE(x); }\n"),
                ElementsAre("goal@1"));
}

TEST(Tests, test_can_fail) {
    EXPECT_THAT(found_in("src/base/a/a_test.cpp", "// Goal: none.\nTEST(A, b) { f(); }\n"),
                ElementsAre("asserts@1"));
    EXPECT_THAT(found_in("src/base/a/a_test.cpp",
                         "// Goal: none.\n// EXPECT_TRUE(x)\nTEST(A, b) { f(\"EXPECT_\"); }\n"),
                ElementsAre("asserts@1"));
    EXPECT_THAT(found_in("src/base/a/a_test.cpp",
                         "// Goal: it holds.\nRC_GTEST_PROP(A, b, (int x)) { RC_ASSERT(x); }\n"),
                IsEmpty());
}

TEST(Tests, name_is_a_behaviour) {
    EXPECT_THAT(found_in("src/base/a/a_test.cpp", good_test + "TEST(A, ItHolds) {}\n"),
                ElementsAre("test_name@3"));
    EXPECT_THAT(found_in("src/base/a/a_test.cpp", good_test + "TEST_F(A,\n       Works) {}\n"),
                ElementsAre("test_name@3"));
}

}  // namespace
}  // namespace meshline::tidy
