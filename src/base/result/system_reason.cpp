#include "base/result/system_reason.hpp"

#include <cerrno>
#include <system_error>

namespace meshline {
namespace {

std::string text_of(int number) {
    std::string text = std::generic_category().message(number);
    if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') {
        text[0] = static_cast<char>(text[0] - 'A' + 'a');
    }
    return text;
}

}  // namespace

SystemReason system_reason(int number) {
    SystemReason reason{.text = text_of(number), .hint = {}};
    const auto is = [&](ErrorKind kind, const char* hint) {
        reason.kind = kind;
        reason.hint = hint;
    };
    switch (number) {
        case ENOSPC:
        case EDQUOT:
            is(ErrorKind::exhausted, "Make room on the disk, then run it again.");
            reason.is_full = true;
            break;
        case EFBIG:
            is(ErrorKind::exhausted,
               "Raise the limit of a file's size (ulimit -f), or use a file system that takes "
               "larger "
               "ones, then run it again.");
            reason.is_full = true;
            break;
        case EMFILE:
            is(ErrorKind::exhausted,
               "Let the process open more files (ulimit -n), then run it again.");
            break;
        case ENFILE:
            is(ErrorKind::exhausted,
               "The whole machine has too many files open: end other programs, then run it again.");
            break;
        case ENOMEM:
            is(ErrorKind::exhausted, "Free memory, then run it again.");
            break;
        case EACCES:
        case EPERM:
            is(ErrorKind::refused, "Give the user that runs meshline the right to it.");
            break;
        case EROFS:
            is(ErrorKind::refused, "The file system can only be read: mount it for writing.");
            break;
        case EIO:
            is(ErrorKind::unavailable,
               "The disk fails: see what the system's log says of it, and go on with a copy on "
               "another one.");
            break;
        default:
            break;
    }
    return reason;
}

}  // namespace meshline
