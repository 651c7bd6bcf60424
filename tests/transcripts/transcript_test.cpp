// Goal: a transcript is read as it is meant, and written back without loss.
// Method: small texts and their parts.
#include "transcripts/transcript.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline::transcripts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* text =
    "# What it is about.\n"
    "requires shared\n"
    "\n"
    "file a/orders.json <<<\n"
    "{\"id\": 1}\n"
    "$ no command\n"
    ">>>\n"
    "$ cat a/orders.json\n"
    "{\"id\": 1}\n"
    "\n"
    "last\n"
    "\n"
    "# Another.\n"
    "$ one \\\n"
    "  two\n"
    "[exit 2]\n"
    "$ quiet\n";

TEST(ParseTranscript, commands_have_their_files_and_output) {
    const Transcript read = parse_transcript(text);
    EXPECT_EQ(read.problem, "");
    EXPECT_TRUE(read.requires_shared);
    ASSERT_EQ(read.commands.size(), 3U);
    EXPECT_EQ(read.commands[0].text, "cat a/orders.json");
    EXPECT_EQ(read.commands[0].line, 8);
    EXPECT_THAT(read.commands[0].expected, ElementsAre("{\"id\": 1}", "", "last"));
    ASSERT_EQ(read.commands[0].files.size(), 1U);
    EXPECT_EQ(read.commands[0].files[0].name, "a/orders.json");
    EXPECT_EQ(read.commands[0].files[0].text, "{\"id\": 1}\n$ no command\n");
    EXPECT_EQ(read.commands[1].text, "one \\\n  two");
    EXPECT_THAT(read.commands[1].expected, ElementsAre("[exit 2]"));
    EXPECT_THAT(read.commands[1].files, IsEmpty());
    EXPECT_THAT(read.commands[2].expected, IsEmpty());
}

TEST(ParseTranscript, stray_output_and_open_file_are_problems) {
    EXPECT_EQ(parse_transcript("\nstray\n").problem, "2: output before the first command");
    EXPECT_EQ(parse_transcript("$ a\nfile b <<<\n1\n").problem, "2: a file block does not end");
}

TEST(WithExpectations, same_expectations_give_the_same_text) {
    const Transcript read = parse_transcript(text);
    std::vector<std::vector<std::string>> expected;
    for (const Command& command : read.commands)
        expected.push_back(command.expected);
    EXPECT_EQ(with_expectations(read, expected), text);
}

TEST(WithExpectations, other_expectations_take_their_place) {
    const Transcript read = parse_transcript("$ a\n1\n\n# Why.\n$ b\n2\n");
    EXPECT_EQ(with_expectations(read, {{"x", "y"}, {}}), "$ a\nx\ny\n\n# Why.\n$ b\n");
}

}  // namespace
}  // namespace meshline::transcripts
