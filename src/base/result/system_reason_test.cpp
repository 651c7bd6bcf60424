// Goal: trouble with the machine is never called wrong input, and says what to do.
// Method: a table of error numbers.
#include "base/result/system_reason.hpp"

#include <cerrno>
#include <gtest/gtest.h>

namespace meshline {
namespace {

struct SystemCase {
    int number;
    ErrorKind kind;
    const char* hint_word;
    bool is_full;
};

constexpr SystemCase cases[] = {
    {ENOSPC, ErrorKind::exhausted, "room on the disk", true},
    {EDQUOT, ErrorKind::exhausted, "room on the disk", true},
    {EFBIG, ErrorKind::exhausted, "ulimit -f", true},
    {EMFILE, ErrorKind::exhausted, "ulimit -n", false},
    {ENFILE, ErrorKind::exhausted, "whole machine", false},
    {ENOMEM, ErrorKind::exhausted, "memory", false},
    {EACCES, ErrorKind::refused, "the right", false},
    {EPERM, ErrorKind::refused, "the right", false},
    {EROFS, ErrorKind::refused, "only be read", false},
    {EIO, ErrorKind::unavailable, "disk fails", false},
};

TEST(SystemReason, says_whose_turn_it_is_and_what_to_do) {
    for (const SystemCase& one : cases) {
        const SystemReason reason = system_reason(one.number);
        EXPECT_EQ(reason.kind, one.kind) << reason.text;
        EXPECT_EQ(reason.is_full, one.is_full) << reason.text;
        EXPECT_NE(reason.hint.find(one.hint_word), std::string::npos) << reason.hint;
    }
}

TEST(SystemReason, of_a_number_it_does_not_know_has_the_systems_words) {
    const SystemReason reason = system_reason(EISDIR);
    EXPECT_EQ(reason.kind, ErrorKind::unavailable);
    EXPECT_EQ(reason.text, "is a directory");
    EXPECT_EQ(reason.hint, "");
}

}  // namespace
}  // namespace meshline
