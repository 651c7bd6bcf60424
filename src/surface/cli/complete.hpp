#pragma once

#include "surface/cli/session.hpp"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace meshline {

/// What the last of `words` (those after "meshline", the last one as far as it is typed) can be
/// completed to: commands, options, and names of the workspace. Nothing where a file is wanted,
/// and where the workspace cannot be read.
std::vector<std::string> completions(const CLI::App& app, Session& session,
                                     const std::vector<std::string>& words);

}  // namespace meshline
