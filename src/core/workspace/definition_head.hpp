#pragma once

#include "base/hash/digest.hpp"

#include <string>

namespace meshline {

/// What every definition has: its identity is the digest of its canonical bytes.
struct DefinitionHead {
    std::string name;
    std::string owner;  ///< A person or team of owners.yaml.
    std::string title;
    std::string file;  ///< Relative to the workspace.
    Digest digest;
    std::string bytes;  ///< Canonical JSON.
};

}  // namespace meshline
