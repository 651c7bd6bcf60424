// Goal: the clock counts microseconds since 1970 in UTC.
// Method: a reading between two readings of the system's seconds.
#include "drivers/files/system_clock.hpp"

#include <ctime>
#include <gtest/gtest.h>

namespace meshline {
namespace {

TEST(SystemClock, agrees_with_the_system) {
    SystemClock clock;
    const std::int64_t before = std::time(nullptr);
    const std::int64_t micros = clock.now().micros;
    // time() may answer from a tick of the kernel that is a few milliseconds old.
    EXPECT_GE(micros, before * 1'000'000);
    EXPECT_LE(micros, (std::int64_t{std::time(nullptr)} + 2) * 1'000'000);
}

}  // namespace
}  // namespace meshline
