#pragma once

#include "core/stage/stage.hpp"

#include <set>
#include <string>
#include <vector>

namespace meshline {

/// An event that came with an identity which another one had before it.
struct Claimant {
    Position position = 0;
    std::string source;
    std::string stream;
    std::string event_id;
};

/// Whether any event of the client was taken back.
Result<bool> has_fallen(StageContext& context);

/// Those claimants, the first of each identity, to whom it falls because all earlier events of it
/// were taken back. In order of position; `claimants` are all events of the positions before it.
Result<std::set<Position>> heirs_of(StageContext& context, const std::vector<Claimant>& claimants);

/// Notes the claims; within the caller's transaction.
Result<void> note_claims(StageContext& context, const std::vector<Claimant>& claimants);

}  // namespace meshline
