#include "stages/normalize/decide_standing.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace meshline {
namespace {

using Group = std::vector<const Contender*>;
using GroupKey = std::tuple<std::string, std::string, std::string>;
using Side = std::optional<Membership> Contender::*;

/// The standing event of an identity that stands longest; of those that came to stand together the
/// one that was stored first.
const Contender* holder_of(const Group& identity, Side side) {
    const Contender* holder = nullptr;
    for (const Contender* one : identity) {
        if (!(one->*side)) continue;
        const auto rank = std::pair((one->*side)->since, one->position);
        if (holder == nullptr || rank < std::pair((holder->*side)->since, holder->position))
            holder = one;
    }
    return holder;
}

const Contender* state_of(const Group& object, Side side) {
    const Contender* state = nullptr;
    for (const Contender* one : object) {
        if (!(one->*side) || !one->is_accepted) continue;
        const auto rank = std::tie(one->revision, one->position);
        if (state == nullptr || rank > std::tie(state->revision, state->position)) state = one;
    }
    return state;
}

DayCount& count_of(const Contender& one, Side side, StandingChange& change) {
    const Membership& member = *(one.*side);
    return change
        .days[{one.source, one.stream, one.business_on, member.received_at, member.capture}];
}

/// Accepted events count as records while they stand, and as events while their facts do. What is
/// refused counts as neither, though it may have been accepted while the other was gone.
void count(const Contender& one, const Contender* held_before, const Contender* holds_after,
           StandingChange& change) {
    if (!one.is_accepted) return;
    if (!one.has_revisions) {
        if (&one == held_before) --count_of(one, &Contender::before, change).records;
        if (&one == holds_after) ++count_of(one, &Contender::after, change).records;
        return;
    }
    if (one.before) --count_of(one, &Contender::before, change).records;
    if (one.after) ++count_of(one, &Contender::after, change).records;
}

void replace(const Contender* before, const Contender* after, StandingChange& change) {
    if (before != nullptr && before->is_accepted)
        --count_of(*before, &Contender::before, change).events;
    if (after != nullptr && after->is_accepted)
        ++count_of(*after, &Contender::after, change).events;
    if (before == after) return;
    if (before != nullptr) change.leave.push_back(before->position);
    if (after != nullptr) change.enter.push_back(after->position);
}

}  // namespace

StandingChange decide_standing(const std::vector<Contender>& contenders) {
    StandingChange change;
    std::map<GroupKey, Group> identities;
    std::map<GroupKey, Group> objects;
    for (const Contender& one : contenders) {
        identities[{one.source, one.stream, one.event_id}].push_back(&one);
        if (one.has_revisions) objects[{one.source, one.stream, one.object_id}].push_back(&one);
    }
    for (const auto& [key, identity] : identities) {
        const Contender* holder = holder_of(identity, &Contender::after);
        const Contender* former = holder_of(identity, &Contender::before);
        for (const Contender* one : identity)
            count(*one, former, holder, change);
        if (identity.front()->has_revisions) continue;
        replace(former, holder, change);
        for (const Contender* one : identity) {
            if (one->after && one != holder) change.refused.push_back(one->position);
        }
    }
    for (const auto& [key, object] : objects)
        replace(state_of(object, &Contender::before), state_of(object, &Contender::after), change);
    std::ranges::sort(change.leave);
    std::ranges::sort(change.enter);
    std::ranges::sort(change.refused);
    return change;
}

}  // namespace meshline
