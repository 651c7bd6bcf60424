#pragma once

#include "core/ports/clock.hpp"

namespace meshline {

/// The machine's clock.
class SystemClock : public Clock {
  public:
    Instant now() override;
};

}  // namespace meshline
