#pragma once

#include "core/stage/stage.hpp"

#include <memory>

namespace meshline {

std::unique_ptr<Stage> make_publish();

/// Computes every live publication of the client again from the warehouse and compares result
/// digests. Error publish.differs naming the first unit that is not what was published.
/// Publications under definitions that have since changed are skipped; returns how many were
/// compared.
Result<std::int64_t> recompute_publications(StageContext& context);

}  // namespace meshline
