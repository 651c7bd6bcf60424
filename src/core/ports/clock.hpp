#pragma once

#include "base/time/instant.hpp"

namespace meshline {

/// The only source of the current time. It dates events and runs; no figure reads it.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual Instant now() = 0;
};

}  // namespace meshline
