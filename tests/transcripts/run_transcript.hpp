#pragma once

#include "transcripts/transcript.hpp"

#include <string>
#include <vector>

namespace meshline::transcripts {

/// Places that commands know by name, as variables of the shell; output shows the names.
struct Places {
    std::string binary_folder;  ///< First in PATH.
    std::string repository;     ///< $REPO
    std::string fixtures;       ///< $FIXTURES
    std::string shared;         ///< $SHARED; may be empty.
};

/// Runs the commands in order in a fresh folder ($FOLDER, the home as well); the folder that a
/// command changes into is the next one's. Returns each one's lines of output, without blank lines
/// at the end; "[exit N]" is the last where it failed.
std::vector<std::vector<std::string>> run_transcript(const Transcript& transcript,
                                                     const Places& places);

}  // namespace meshline::transcripts
