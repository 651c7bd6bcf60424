#pragma once

#include "base/time/instant.hpp"
#include "core/model/ids.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// By what an event stands: the capture that brought it or found it there.
struct Membership {
    Position since = 0;    ///< The event's own position, or that of the opening which found it.
    Position capture = 0;  ///< Of the opening; 0 for what came before captures were kept.
    Instant received_at;
    friend bool operator==(const Membership&, const Membership&) = default;
};

/// An event whose standing an act changes, or that shares its identity or object with one.
struct Contender {
    Position position = 0;
    std::string source;
    std::string stream;
    std::string event_id;
    std::string object_id;
    bool has_revisions = false;
    /// On a stream of revisions, of an event that became facts.
    std::string revision;
    bool is_accepted = false;  ///< It became facts.
    BusinessDate business_on;
    std::optional<Membership> before;
    std::optional<Membership> after;
};

/// What of a stream tells of a day: where, and when it came.
struct DayKey {
    std::string source;
    std::string stream;
    BusinessDate business_on;
    Instant received_at;
    Position capture = 0;  ///< Of the opening event of the capture by which it stands; 0 for none.
    friend auto operator<=>(const DayKey&, const DayKey&) = default;
};

struct DayCount {
    /// Events that became facts, less those that others superseded.
    std::int64_t events = 0;
    /// Events that became facts, earlier revisions too.
    std::int64_t records = 0;
};

/// What an act changes.
struct StandingChange {
    std::vector<Position> leave;  ///< Their facts cease to count.
    std::vector<Position> enter;  ///< Their facts come to count.
    /// Of streams without revisions: events that stand and are refused, for another one holds their
    /// identity.
    std::vector<Position> refused;
    std::map<DayKey, DayCount> days;  ///< What is added to the counts.
};

/// Decides identities, revisions and counts anew. Of the standing events of an identity the one
/// that stands longest holds it; on a stream without revisions the others are refused. Of the
/// accepted events of an object on a stream of revisions the greatest revision is its state.
/// `contenders` hold all events of each identity and object that they touch.
StandingChange decide_standing(const std::vector<Contender>& contenders);

}  // namespace meshline
