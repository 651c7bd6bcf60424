#pragma once

#include "base/time/zone.hpp"
#include "core/model/ids.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace meshline {

/// The zones whose rules clients keep. Rules decide days, so a client's zone keeps those that it
/// was used with first, whatever the machine's files say later.
class KeptZones {
  public:
    void add(const ClientId& client, Zone zone);
    /// With the rules that the client keeps; with the machine's where it keeps none. Error
    /// time.unknown_zone.
    Result<Zone> open(std::string_view client, std::string_view name) const;

  private:
    std::map<std::pair<std::string, std::string>, Zone> zones_;
};

}  // namespace meshline
