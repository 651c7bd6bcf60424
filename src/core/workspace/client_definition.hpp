#pragma once

#include "base/money/money.hpp"
#include "base/time/zone.hpp"
#include "core/contract/read_options.hpp"
#include "core/model/ids.hpp"
#include "core/packs/pack.hpp"
#include "core/workspace/definition_head.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// A source of a client: a pack, how this system writes its records, and the handoff contract.
struct SourceDefinition {
    DefinitionHead head;
    std::shared_ptr<const Pack> pack;  // shared: several sources stand on one pack
    std::vector<std::string> streams;  ///< Of the pack; all of them when the file names none.
    std::map<std::string, ReadOptions> read;  ///< By stream.
    std::optional<int> fresh_within_hours;
    std::vector<std::string> escalate_to;
};

struct ClientDefinition {
    DefinitionHead head;
    ClientId id;
    BusinessCalendar calendar{Zone::utc(), 0};
    Currency currency;
    /// Days after a business day before its figures can be verified.
    int settle_days = 1;
    std::vector<SourceDefinition> sources;
    /// Those that the transforms of its sources name, by name.
    std::map<std::string, Zone> transform_zones;

    const SourceDefinition* find(std::string_view source) const;
    /// Every zone whose rules can move its figures: its own, its sources', its transforms'.
    std::map<std::string, Zone> zones() const;
};

}  // namespace meshline
