#include "core/workspace/kept_zones.hpp"

namespace meshline {

void KeptZones::add(const ClientId& client, Zone zone) {
    const std::string name = zone.name();
    zones_.insert_or_assign({client.text(), name}, std::move(zone));
}

Result<Zone> KeptZones::open(std::string_view client, std::string_view name) const {
    const auto found = zones_.find({std::string(client), std::string(name)});
    if (found != zones_.end()) return found->second;
    return Zone::open(name);
}

}  // namespace meshline
