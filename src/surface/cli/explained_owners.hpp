#pragma once

#include "base/json/json.hpp"
#include "core/control/control_store.hpp"
#include "core/warehouse/transform.hpp"
#include "core/warehouse/warehouse.hpp"
#include "core/workspace/definitions.hpp"

#include <string>
#include <vector>

namespace meshline {

/// Who answers for one of the things that a figure was made by.
struct ExplainedOwner {
    std::string kind;  ///< metric, source, transform or field
    std::string name;  ///< "net_sales", "shop", "shop/orders/order_entries", "shop/orders/currency"
    std::string owner;
    /// Who it was when the live figure was published: of metrics and sources, where it was noted.
    std::string owner_then;
};

/// The metric, then for each stream of `made_by` (rows of source, stream, transform_digest, in
/// order) its source, the transform and the fields that the transform reads. What the workspace
/// does not have any more has no owner and is left out.
Result<std::vector<ExplainedOwner>> explain_owners(ControlStore& control,
                                                   TransformEngine& transforms,
                                                   const ClientDefinition& client,
                                                   const MetricDefinition& metric,
                                                   const Publication& live, const Rows& made_by);

std::string owners_text(const std::vector<ExplainedOwner>& owners);
void write_owners(JsonWriter& writer, const std::vector<ExplainedOwner>& owners);

}  // namespace meshline
