#pragma once

#include <set>
#include <string>
#include <string_view>

namespace meshline {

/// The functions of transforms that go from instants to clock times and back by a zone's rules.
/// Their second argument is the zone.
inline constexpr std::string_view zone_functions[] = {"local_time", "instant_of"};

/// The zones that a transform names: texts that stand as the second and last argument of a call of
/// one of zone_functions. Calls written otherwise are the transform engine's to refuse.
std::set<std::string> zones_named(std::string_view sql);

}  // namespace meshline
