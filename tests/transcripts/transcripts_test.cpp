// Goal: the commands do and print what the transcripts in this folder say.
// Method: run each *.transcript in a fresh folder and compare. UPDATE_TRANSCRIPTS=1 in the
// environment rewrites the expectations with what came out instead; read the difference before
// committing it.
#include "support/shared_data.hpp"
#include "support/text.hpp"
#include "transcripts/match.hpp"
#include "transcripts/run_transcript.hpp"
#include "transcripts/update.hpp"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <gtest/gtest.h>

namespace meshline::transcripts {
namespace {

namespace fs = std::filesystem;

const std::string folder = MESHLINE_SOURCE_DIR "/tests/transcripts";

std::vector<std::string> transcript_names() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".transcript")
            names.push_back(entry.path().stem().string());
    }
    std::ranges::sort(names);
    return names;
}

std::string today() {
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    gmtime_r(&now, &utc);
    char text[sizeof "2026-03-01"];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%d", &utc)};
}

void rewrite(const std::string& path, const Transcript& transcript,
             const std::vector<std::vector<std::string>>& outputs, const std::string& first_day) {
    std::vector<std::vector<std::string>> expected;
    for (std::size_t index = 0; index < outputs.size(); ++index) {
        expected.push_back(
            updated_expectation(transcript.commands[index].expected, outputs[index], first_day));
    }
    test::write_file(path, with_expectations(transcript, expected));
}

class Transcripts : public testing::TestWithParam<std::string> {};

TEST_P(Transcripts, says_what_happens) {
    const std::string path = folder + "/" + GetParam() + ".transcript";
    const Transcript transcript = parse_transcript(test::read_file(path));
    ASSERT_TRUE(transcript.problem.empty()) << path << ":" << transcript.problem;
    ASSERT_FALSE(transcript.commands.empty());
    const auto shared = test::shared_data_folder();
    if (transcript.requires_shared && !shared) GTEST_SKIP() << test::no_shared_data;

    const std::string first_day = today();
    const Places places{.binary_folder = fs::path(MESHLINE_BINARY).parent_path().string(),
                        .repository = MESHLINE_SOURCE_DIR,
                        .fixtures = folder + "/fixtures",
                        .shared = shared.value_or("")};
    const auto outputs = run_transcript(transcript, places);
    if (std::getenv("UPDATE_TRANSCRIPTS") != nullptr) {
        return rewrite(path, transcript, outputs, first_day);
    }
    for (std::size_t index = 0; index < outputs.size(); ++index) {
        const Command& command = transcript.commands[index];
        EXPECT_TRUE(matches(command.expected, outputs[index]))
            << path << ":" << command.line << "\n$ " << command.text << "\n"
            << difference(command.expected, outputs[index]);
    }
}

INSTANTIATE_TEST_SUITE_P(All, Transcripts, testing::ValuesIn(transcript_names()),
                         [](const auto& name) { return name.param; });

}  // namespace
}  // namespace meshline::transcripts
