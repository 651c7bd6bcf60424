#pragma once

#include "base/time/zone_rules.hpp"

#include <optional>
#include <string_view>

namespace meshline {

/// What a zone file says (RFC 9636, versions 1 to 4), in full or with its later years left to the
/// rule in its footer. Nothing for bytes that are no such file, and for one that counts leap
/// seconds, whose seconds are not UTC's.
std::optional<ZoneRules> read_zone_file(std::string_view bytes);

}  // namespace meshline
