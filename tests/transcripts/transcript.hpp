#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace meshline::transcripts {

/// A file that the transcript makes before its next command.
struct MadeFile {
    std::string name;
    std::string text;
};

struct Command {
    int line = 0;  ///< From 1.
    std::string text;
    std::vector<MadeFile> files;        ///< Made before it runs.
    std::vector<std::string> expected;  ///< Lines of output; "[exit N]" is the last for a failure.
    std::size_t expected_first = 0;     ///< Index into lines of the first expected line.
    std::size_t expected_count = 0;     ///< How many lines there are, with blank ones at the end.
};

/// A session with the product, as text. See README.md for the language.
struct Transcript {
    std::vector<std::string> lines;
    bool requires_shared = false;
    std::vector<Command> commands;
    /// "12: a file block does not end"; empty where the text is a transcript.
    std::string problem;
};

Transcript parse_transcript(std::string_view text);

/// The transcript's text with other expectations, one for each command.
std::string with_expectations(const Transcript& transcript,
                              const std::vector<std::vector<std::string>>& expected);

}  // namespace meshline::transcripts
