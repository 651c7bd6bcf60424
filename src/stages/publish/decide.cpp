#include "stages/publish/decide.hpp"

namespace meshline {

std::optional<NextAct> decide(const std::optional<Publication>& live,
                              std::optional<int> verified_version,
                              const std::optional<std::string>& figures,
                              const Trust::Judgement& judgement) {
    const bool is_first = !live;
    const bool is_changed = figures && (is_first || sha256(*figures) != live->result_digest);
    if (is_first && !figures) return std::nullopt;

    NextAct next;
    next.reason = judgement.reason;
    if (judgement.is_held) {
        // The last good version stays; a unit that never had one is version 0, without figures.
        next.state = PublicationState::held;
        next.version = is_first ? 0 : live->version;
    } else if (judgement.is_open && (is_first || live->version == 0)) {
        // Nobody knows yet that the day came to nothing.
        next.state = PublicationState::provisional;
        next.version = 0;
    } else {
        // The first figure after none is a version of its own, also when it says nothing.
        const bool is_new = is_changed || is_first || live->version == 0;
        next.has_new_figures = is_changed;
        next.version = is_first ? 1 : live->version + (is_new ? 1 : 0);
        const bool is_restated = verified_version && *verified_version < next.version;
        if (!judgement.reason.empty()) {
            next.state = PublicationState::provisional;
        } else {
            next.state = is_restated ? PublicationState::restated : PublicationState::verified;
        }
    }
    const bool says_the_same = !is_first && next.version == live->version &&
                               next.state == live->state && next.reason == live->reason;
    if (says_the_same) return std::nullopt;
    return next;
}

}  // namespace meshline
