#include "base/result/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace meshline {

void fail_check(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "meshline: broken promise: %s\n  at %s:%d\n", condition, file, line);
    std::abort();
}

}  // namespace meshline
