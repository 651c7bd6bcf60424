#pragma once

#include "core/stage/stage.hpp"

#include <memory>

namespace meshline {

std::unique_ptr<Stage> make_publish();

/// Computes every live publication of the client again from the warehouse and compares result
/// digests. Error publish.differs naming the first unit that is not what was published. A metric is
/// passed over when its facts or its definitions have moved on since it was last published; held
/// units are as well. Returns how many were compared.
Result<std::int64_t> recompute_publications(StageContext& context);

}  // namespace meshline
