#pragma once

#include "base/result/error.hpp"

#include <string>

namespace meshline {

/// Why the system refused a call, as an Error says it: whose turn it is, the system's words in our
/// way of writing, and what to do about it (empty where that depends on the call).
struct SystemReason {
    ErrorKind kind = ErrorKind::unavailable;
    std::string text;
    std::string hint;
    bool is_full = false;  ///< No room on the disk, or a limit of a file's size.
};

/// `number` is an errno.
SystemReason system_reason(int number);

}  // namespace meshline
