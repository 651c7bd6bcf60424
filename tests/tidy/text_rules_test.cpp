// Goal: the rules on names and plain text hold, refuse, and know their edge.
// Method: made-up files, each with the violations that it must give.
#include "tidy/sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline::tidy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// In two pieces, so that this file keeps the rules it tests.
const std::string todo = std::string("TO") + "DO";
const std::string fixme = std::string("FIX") + "ME";

TEST(Names, snake_case_and_fixed_names_pass) {
    for (const char* path : {"docs/guide/demo.md", "src/base/money/README.md", "Makefile",
                             "packs/bank_csv/contracts/statement.schema.json",
                             "docs/decisions/0001-log-is-the-truth.md"}) {
        EXPECT_THAT(found_in(path, "text\n"), IsEmpty()) << path;
    }
}

TEST(Names, capitals_and_hyphens_are_refused) {
    for (const char* path : {"docs/Guide/demo.md", "docs/demo-guide.md", "docs/demo guide.md",
                             "docs/demo.MD", "docs/deci-sions/0001-a.md", "docs/Readme.md"}) {
        EXPECT_THAT(found_in(path, "text\n"), ElementsAre("name@0")) << path;
    }
}

TEST(Text, tab_is_refused_but_in_a_makefile) {
    EXPECT_THAT(found_in("docs/a.md", "one\n\ttwo\n"), ElementsAre("tab@2"));
    EXPECT_THAT(found_in("Makefile", "all:\n\ttrue\n"), IsEmpty());
}

TEST(Text, spaces_at_the_end_of_a_line_are_refused) {
    EXPECT_THAT(found_in("docs/a.md", "one\ntwo \n"), ElementsAre("trailing@2"));
    EXPECT_THAT(found_in("docs/a.md", "one\r\n"), ElementsAre("trailing@1"));
}

TEST(Text, file_ends_with_a_line_break_or_is_empty) {
    EXPECT_THAT(found_in("docs/a.md", "one\ntwo"), ElementsAre("last_line@2"));
    EXPECT_THAT(found_in("docs/a.md", ""), IsEmpty());
}

TEST(Text, inputs_that_are_odd_on_purpose_are_left_alone) {
    EXPECT_THAT(found_in("tests/transcripts/fixtures/a.csv", "a \tb"), IsEmpty());
    EXPECT_THAT(found_in("docs/a.bin", std::string("a \0 \n", 5)), IsEmpty());
}

TEST(Text, unfinished_work_has_a_number) {
    EXPECT_THAT(found_in("docs/a.md", todo + "(#12): later\n"), IsEmpty());
    EXPECT_THAT(found_in("docs/a.md", "MAS" + todo + "N\n"), IsEmpty());
    for (const std::string mark : {": later", "(#): later", "(12): later", "(#12) later", ""}) {
        EXPECT_THAT(found_in("docs/a.md", "x\n" + todo + mark + "\n"), ElementsAre("todo@2"))
            << mark;
    }
    EXPECT_THAT(found_in("docs/a.md", fixme + "\n"), ElementsAre("fixme@1"));
}

TEST(Text, paths_of_a_machine_are_refused) {
    const std::string folder = std::string("/wo") + "rk";
    for (const std::string& text : {folder + "/main", "cd " + folder, "\"" + folder + "/x\""}) {
        EXPECT_THAT(found_in("docs/a.md", text + "\n"), ElementsAre("machine@1")) << text;
    }
    for (const std::string& text : {"a" + folder, "." + folder + "/x", folder + "space"}) {
        EXPECT_THAT(found_in("docs/a.md", text + "\n"), IsEmpty()) << text;
    }
}

TEST(Text, hosts_of_registries_are_refused) {
    EXPECT_THAT(found_in("scripts/get", std::string("curl https://registry.npm") + "js.org/x\n"),
                ElementsAre("machine@1"));
    EXPECT_THAT(found_in("scripts/get", "npm pack x\n"), IsEmpty());
}

}  // namespace
}  // namespace meshline::tidy
