// Goal: the guide and the reference show what the program does. Method: run every command of each
// page in a fresh folder, in order, and compare what comes out with what stands below it.
// UPDATE_GUIDE=1 in the environment writes what came out into the pages; read the difference.
#include "docs/guide_page.hpp"
#include "support/shared_data.hpp"
#include "support/text.hpp"
#include "transcripts/match.hpp"
#include "transcripts/run_transcript.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>

namespace meshline::docs {
namespace {

namespace fs = std::filesystem;

const std::string docs_folder = MESHLINE_SOURCE_DIR "/docs";
const std::string folder = docs_folder + "/guide";

/// Of the guide and of the reference, "guide/capture".
std::vector<std::string> page_names() {
    std::vector<std::string> names;
    for (const std::string part : {"guide", "reference"}) {
        for (const auto& entry : fs::directory_iterator(docs_folder + "/" + part)) {
            if (entry.path().extension() != ".md") continue;
            names.push_back(part + "/" + entry.path().stem().string());
        }
    }
    std::ranges::sort(names);
    return names;
}

std::vector<std::string> expected_of(const transcripts::Command& command) {
    std::vector<std::string> expected;
    for (const std::string& line : command.expected)
        expected.push_back(with_placeholders(line));
    return expected;
}

class Guide : public testing::TestWithParam<std::string> {};

TEST_P(Guide, shows_what_happens) {
    const std::string path = docs_folder + "/" + GetParam() + ".md";
    const std::string markdown = test::read_file(path);
    const transcripts::Transcript page = read_page(markdown);
    if (page.commands.empty()) return;
    const auto shared = test::shared_data_folder();
    if (page.requires_shared && !shared) GTEST_SKIP() << test::no_shared_data;
    transcripts::Transcript session = page;
    const std::string before = page_before(markdown);
    if (!before.empty()) {
        const auto first = read_page(test::read_file(folder + "/" + before + ".md")).commands;
        session.commands.insert(session.commands.begin(), first.begin(), first.end());
    }
    const transcripts::Places places{
        .binary_folder = fs::path(MESHLINE_BINARY).parent_path().string(),
        .repository = MESHLINE_SOURCE_DIR,
        .fixtures = MESHLINE_SOURCE_DIR "/tests/transcripts/fixtures",
        .shared = shared.value_or("")};
    auto outputs = run_transcript(session, places);
    outputs.erase(outputs.begin(),
                  outputs.end() - static_cast<std::ptrdiff_t>(page.commands.size()));
    const bool is_update = std::getenv("UPDATE_GUIDE") != nullptr;
    for (std::size_t index = 0; index < outputs.size(); ++index) {
        const transcripts::Command& command = page.commands[index];
        const std::vector<std::string> expected = expected_of(command);
        const bool is_same = transcripts::matches(expected, outputs[index]);
        if (is_update) {
            if (is_same) outputs[index] = command.expected;
            continue;
        }
        EXPECT_TRUE(is_same) << path << ":" << command.line << "\n$ " << command.text << "\n"
                             << transcripts::difference(expected, outputs[index]);
    }
    if (is_update) test::write_file(path, with_outputs(page, outputs));
}

INSTANTIATE_TEST_SUITE_P(All, Guide, testing::ValuesIn(page_names()), [](const auto& name) {
    std::string shown = name.param;
    std::ranges::replace(shown, '/', '_');
    return shown;
});

TEST(GuidePage, commands_files_and_what_is_done_by_hand_are_a_session) {
    const auto page = read_page(
        "# Title\n\n"
        "Save it:\n\n"
        "<!-- file: data/a.json -->\n"
        "    {\"a\":\n\n"
        "      1}\n\n"
        "<!-- run: sed -i s/1/2/ data/a.json -->\n"
        "    $ cat data/a.json\n"
        "    {\"a\":\n\n"
        "    2}\n"
        "    $ true\n\n"
        "<!-- not run: it needs root -->\n"
        "    $ reboot\n");
    ASSERT_EQ(page.commands.size(), 3U);
    EXPECT_EQ(page.commands[0].files.front().text, "{\"a\":\n\n  1}\n");
    EXPECT_EQ(page.commands[1].text, "cat data/a.json");
    EXPECT_EQ(page.commands[1].expected, (std::vector<std::string>{"{\"a\":", "", "2}"}));
    EXPECT_TRUE(page.commands[2].expected.empty());
}

TEST(GuidePage, what_differs_from_run_to_run_has_placeholders) {
    EXPECT_EQ(with_placeholders("run be260ce55e53 over 3 events at 2026-11-22T11:35:27.822158Z"),
              "run <digest> over 3 events at <instant>");
    EXPECT_EQ(with_placeholders("\"how\": \"Capture ...\""), "\"how\": \"Capture <...>\"");
    EXPECT_EQ(with_placeholders("..."), "...");
    EXPECT_EQ(with_placeholders("E2E-C02-000000889 2026-03-01"), "E2E-C02-000000889 2026-03-01");
}

}  // namespace
}  // namespace meshline::docs
