#pragma once

#include "base/result/result.hpp"
#include "core/control/control_store.hpp"
#include "core/warehouse/transform.hpp"
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

/// A transform that made entries of a figure.
struct UsedTransform {
    std::string source;
    std::string stream;
    std::string digest;
};

/// The metric, then for each stream of `used` (by source and stream) its source, the transform and
/// the fields that the transform reads. What the workspace does not have any more has no owner and
/// is left out.
Result<std::vector<ExplainedOwner>> explain_owners(ControlStore& control,
                                                   TransformEngine& transforms,
                                                   const ClientDefinition& client,
                                                   const MetricDefinition& metric,
                                                   const Publication& live,
                                                   const std::vector<UsedTransform>& used);

}  // namespace meshline
