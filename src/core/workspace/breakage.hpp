#pragma once

#include "core/workspace/memory_files.hpp"

#include <ostream>
#include <string>
#include <vector>

namespace meshline {

/// One way to break the sample workspace, and what the loader must say about it.
struct Breakage {
    std::string name;
    std::string file;  ///< Relative to the workspace; made when it is not there.
    std::string find;  ///< The text to replace; empty: the whole file. Must occur once.
    std::string replace;
    std::vector<std::string> problems;  ///< Rendered, in order.

    friend void PrintTo(const Breakage& breakage, std::ostream* out) { *out << breakage.file; }
};

/// The text that render() gives for an error with these parts.
std::string problem(const std::string& message, const std::string& place, const std::string& hint,
                    const std::string& code);

MemoryFiles broken_workspace(const Breakage& breakage);
/// What load_workspace() says about it, rendered.
std::vector<std::string> problems_of(const Breakage& breakage);

}  // namespace meshline
