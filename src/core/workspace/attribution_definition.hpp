#pragma once

#include "core/model/entry_type.hpp"
#include "core/workspace/definition_head.hpp"

#include <map>
#include <string>
#include <vector>

namespace meshline {

struct ChannelRule {
    std::string channel;
    std::map<std::string, std::vector<std::string>> when;  ///< source, medium, campaign, referrer
};

struct AttributionDefinition {
    DefinitionHead head;
    std::string model;  ///< last_touch
    int lookback_days = 30;
    Book book = Book::commerce;  ///< The conversions that earn credit.
    std::vector<std::string> entries;
    std::vector<ChannelRule> channels;  ///< First match wins; no match: "unknown".
    /// Campaign names are held against campaign records of these sources; empty: not checked.
    std::vector<std::string> campaigns_known_from;
    std::vector<std::string> campaigns_known;
    std::map<std::string, std::string> campaign_mappings;  ///< As written -> as meant.
};

}  // namespace meshline
