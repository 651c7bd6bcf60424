#pragma once

#include "base/time/instant.hpp"
#include "core/control/control_store.hpp"

#include <optional>
#include <string>

namespace meshline {

/// Somebody goes on from a control store that lost acts: how far its audit tree goes, and how far
/// it had come where that is known.
struct AcceptedLoss {
    Instant at;
    ControlStore::AuditHead here;
    std::optional<ControlStore::AuditHead> lost;
};

/// The leaf of the audit tree that it becomes: canonical JSON.
std::string encode_audit_leaf(const AcceptedLoss& loss);

}  // namespace meshline
