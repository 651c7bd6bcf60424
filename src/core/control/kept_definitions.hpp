#pragma once

#include "base/hash/digest.hpp"
#include "core/model/ids.hpp"
#include "core/model/reserved_source.hpp"

#include <string>
#include <vector>

namespace meshline {

/// The canonical bytes of a definition, kept for ever under their digest.
struct StoredDefinition {
    Digest digest;
    std::string kind;
    std::string name;
    std::string bytes;
};

/// The contract that a version of a stream had last, and how it tells its records apart.
struct StreamVersion {
    std::string stream;  ///< "shopify/orders"
    int version = 1;
    Digest contract;
    std::string identity = {};  ///< Identity::text(); empty where 0.1.0 noted the version.
    friend bool operator==(const StreamVersion&, const StreamVersion&) = default;
};

/// The rules that a client keeps for a zone; their text is a definition.
struct KeptZoneRules {
    ClientId client;
    std::string zone;  ///< "America/Vancouver"
    Digest rules;
};

/// The events of the reserved source of a client's log up to a position, and the root there.
struct ReservedEventsRead {
    Position position = 0;
    Digest root;
    std::vector<ReservedEvent> events;
};

}  // namespace meshline
