#pragma once

#include "base/time/instant.hpp"
#include "core/model/grain.hpp"

namespace meshline {

/// A day, week, month, quarter or year; both ends included.
struct Period {
    Grain grain = Grain::day;
    BusinessDate from;
    BusinessDate to;
};

}  // namespace meshline
