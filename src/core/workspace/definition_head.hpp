#pragma once

#include "base/hash/digest.hpp"

#include <string>

namespace meshline {

/// What every definition has. Its identity is the digest of what it means: what can move a figure
/// or its state. Whose it is, what it is called and who hears of it is its text, digested apart for
/// the audit. core/packs/meaning.hpp says which keys are which.
struct DefinitionHead {
    std::string name;
    std::string owner;  ///< A person or team of owners.yaml.
    std::string title;
    std::string file;   ///< Relative to the workspace.
    Digest digest;      ///< Of `bytes`.
    std::string bytes;  ///< Canonical JSON of the meaning.
    /// Of the meaning that facts depend on, for clients and sources: what only judges figures left
    /// out too.
    Digest facts_digest;
    Digest text_digest;      ///< Of `text_bytes`.
    std::string text_bytes;  ///< Canonical JSON of everything.
};

}  // namespace meshline
