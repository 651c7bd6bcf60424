#pragma once

#include "core/control/control_store.hpp"
#include "core/packs/pack.hpp"

namespace meshline {

/// Notes the contract that the stream of `pack` has. One that breaks what the same version of the
/// stream had before is refused (contract.breaking_change, naming the first change): records that
/// were good may fail, and transforms may lose fields. So is a version older than the latest that
/// was used (contract.old_version).
Result<void> register_contract(ControlStore& control, const Pack& pack,
                               const StreamDefinition& stream);

}  // namespace meshline
