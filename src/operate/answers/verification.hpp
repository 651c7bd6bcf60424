#pragma once

#include "core/control/control_store.hpp"
#include "core/eventlog/event_log.hpp"
#include "operate/installation/installation.hpp"
#include "operate/installation/open_workspace.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

struct VerifiedClient {
    ClientId client;
    LogHead head;
    bool is_compared = false;       ///< With the control store, where that is intact.
    std::int64_t publications = 0;  ///< Whose log prefix has the root they commit to.
    std::int64_t recomputed = 0;    ///< Whose figures the warehouse gives again.
};

/// What came of hashing every stored byte again: what is intact, and each thing that is not or that
/// could not be looked at, told once.
struct Verification {
    std::vector<VerifiedClient> intact;
    std::int64_t clients = 0;
    std::optional<ControlStore::AuditHead> audit;  ///< Where the control store is intact.
    std::vector<Error> problems;
};

/// Looks at everything, whatever is wrong with the rest. An error is one of the data folder itself,
/// or that the clients in it cannot be listed.
Result<Verification> verify(OpenWorkspace& opened, Installation& installation, Clock& clock);

/// {"is_intact", "clients", "audit", "problems"}; the last two where there are any.
std::string verification_json(const Verification& verification);

}  // namespace meshline
