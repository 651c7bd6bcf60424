#pragma once

#include "base/hash/digest.hpp"
#include "base/time/instant.hpp"
#include "core/model/ids.hpp"

#include <string>

namespace meshline {

/// A client's definitions as they are written, from that moment on: whose they are, what they are
/// called and who hears of them. `digest` is of their manifest.
struct DefinitionTexts {
    ClientId client;
    Digest digest;
    Instant noted_at;
    RunId run;
};

/// The leaf of the audit tree that such a note becomes: canonical JSON of its fields. It has no
/// field "metric", which tells it from a publication.
std::string encode_audit_leaf(const DefinitionTexts& texts);

}  // namespace meshline
