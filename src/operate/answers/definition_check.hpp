#pragma once

#include "base/result/result.hpp"
#include "operate/installation/installation.hpp"
#include "operate/installation/open_workspace.hpp"

#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// What is wrong with the definitions of a workspace.
struct DefinitionCheck {
    /// All of them, each with file, line, column, hint and code.
    std::vector<Error> problems;
    int file_count = 0;
    /// Why they were not held against what was captured before.
    std::optional<Error> why_not_held;
};

/// Reads every definition, prepares each transform that a client uses, looks for columns that
/// nothing writes, and holds contracts and identities against what was captured. Error
/// workspace.not_found.
Result<DefinitionCheck> check_definitions(OpenWorkspace& opened, Installation& installation);

/// {"files", "problems": [...]}.
std::string definition_check_json(const DefinitionCheck& check);

}  // namespace meshline
