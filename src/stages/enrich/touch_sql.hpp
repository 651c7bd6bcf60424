#pragma once

#include "core/workspace/definitions.hpp"

#include <string>

namespace meshline {

/// Common table expressions `touches` (position, occurred_at, order_ref, customer_id, channel,
/// written_campaign, campaign) of the client's live touchpoints, by the model's mapping. Campaigns
/// that are not known have campaign 'unknown'; touches without one have ''. Starts with the CTE's
/// name, without "with".
std::string touches_cte(const ClientDefinition& client, const AttributionDefinition& model);

/// CTE `known_campaigns(name)`, lower-case.
std::string known_campaigns_cte(const ClientDefinition& client, const AttributionDefinition& model);

bool is_campaign_checked(const AttributionDefinition& model);

}  // namespace meshline
