#pragma once

#include "operate/orchestrate/orchestrate.hpp"

#include <functional>
#include <vector>

namespace meshline {

/// Leaves nothing behind of clients that the workspace no longer has: their facts go from the
/// warehouse and their open exceptions close, with their history. So do those of stages that are no
/// longer there. Events and publications stay: a client that comes back has them again.
/// `is_removed` is asked of clients that the stores know. Returns those that left something.
Result<std::vector<ClientId>> forget_removed(
    const RunStores& stores, const StageList& stages,
    const std::function<bool(const ClientId&)>& is_removed);

}  // namespace meshline
