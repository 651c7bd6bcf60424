#pragma once

namespace meshline {

/// Prints the broken promise with its place and aborts. Never returns.
[[noreturn]] void fail_check(const char* condition, const char* file, int line);

}  // namespace meshline

/// A promise of ours that must hold in every build. Input is never checked with it: bad input is a
/// Finding or an Error.
#define MESHLINE_CHECK(condition) \
    ((condition) ? void(0) : ::meshline::fail_check(#condition, __FILE__, __LINE__))
