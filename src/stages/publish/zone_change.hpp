#pragma once

#include "base/time/zone.hpp"
#include "core/model/publication.hpp"
#include "core/stage/stage.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meshline {

/// Whether two encoded manifests differ, and in the rules of time zones only.
bool differ_in_zone_rules_only(std::string_view before, std::string_view after);

/// What other zone rules have to do with restatements. Reads each pair of manifests once.
class ZoneCauses {
  public:
    explicit ZoneCauses(StageContext& context) : context_(context) {}

    /// "zone rules of America/Vancouver: 3f2a... -> 9b1c..." for each zone whose rules are others
    /// for `after` than for `before`, joined with ", "; "" where that cannot be what moved the day.
    /// `has_events`: events came in between, so that rules which are the same around the day are
    /// no cause.
    Result<std::string> between(const Publication& before, const Publication& after,
                                BusinessDate day, bool has_events);

  private:
    struct Change {
        std::string text;
        std::vector<Stretch> differences;
        bool is_known = false;  ///< Whether both rules are there to be compared.
    };
    Result<const std::vector<Change>*> changes(const Digest& before, const Digest& after);

    StageContext& context_;
    std::map<std::pair<Digest, Digest>, std::vector<Change>> changes_;
};

}  // namespace meshline
