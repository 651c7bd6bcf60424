#pragma once

#include "core/control/control_store.hpp"
#include "core/packs/pack.hpp"

#include <optional>

namespace meshline {

/// Why the stream of `pack` cannot be used beside what was used before, if so. A contract that
/// breaks what the same version of the stream had (contract.breaking_change, naming the first
/// change): records that were good may fail, and transforms may lose fields. Another identity
/// (contract.other_identity): what was captured would come in again. A version older than the
/// latest that was used (contract.old_version).
Result<std::optional<Error>> refusal_of(ControlStore& control, const Pack& pack,
                                        const StreamDefinition& stream);

/// Notes contract and identity of the stream, unless it is refused for one of these.
Result<void> register_contract(ControlStore& control, const Pack& pack,
                               const StreamDefinition& stream);

}  // namespace meshline
