#pragma once

#include "core/model/publication.hpp"
#include "stages/publish/trust.hpp"

#include <optional>
#include <string>

namespace meshline {

/// The next act of a unit, or nothing when it would say what the live one says. `figures` are the
/// encoded figures as computed now, or nothing when the day was not touched. `verified_version` is
/// the first version of the unit that was ever verified: a later version restates it.
struct NextAct {
    int version = 1;
    PublicationState state = PublicationState::provisional;
    std::string reason;
    bool has_new_figures = false;
};

std::optional<NextAct> decide(const std::optional<Publication>& live,
                              std::optional<int> verified_version,
                              const std::optional<std::string>& figures,
                              const Trust::Judgement& judgement);

}  // namespace meshline
