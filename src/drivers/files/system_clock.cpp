#include "drivers/files/system_clock.hpp"

#include <chrono>

namespace meshline {

Instant SystemClock::now() {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count()};
}

}  // namespace meshline
