#pragma once

#include "core/stage/stage.hpp"

#include <vector>

namespace meshline {

/// One finding per pair of streams of a source that exclude each other (`not_with` of the pack) and
/// book and currency in which both have live entries of one type for the same order or payment.
Result<std::vector<Finding>> double_bookings(StageContext& context);

}  // namespace meshline
