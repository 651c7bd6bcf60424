// Goal: an exception that nobody catches is an error with a code, a hint and an exit code.
// Method: children that throw where it cannot be caught.
#include "surface/cli/last_words.hpp"

#include <gtest/gtest.h>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>

namespace meshline {
namespace {

void fail(const std::string& what) {
    throw std::runtime_error(what);
}

/// As a library does it.
void throw_where_none_may(const std::string& what) noexcept {
    fail(what);
}

TEST(LastWordsDeathTest, an_exception_ends_with_an_error) {
    EXPECT_EXIT(
        {
            end_exceptions_with_an_error();
            throw_where_none_may("Could not truncate file \"a.wal\": Input/output error");
        },
        testing::ExitedWithCode(6), "error: stopped by a library: Could not truncate.*\n.*hint: ");
    EXPECT_EXIT(
        {
            end_exceptions_with_an_error();
            std::thread([] { throw_where_none_may("No space left on device"); }).join();
        },
        testing::ExitedWithCode(7), "code: meshline.stopped");
}

TEST(LastWordsDeathTest, no_memory_is_exhausted) {
    EXPECT_EXIT(
        {
            end_exceptions_with_an_error();
            std::thread([] { throw std::bad_alloc(); }).join();
        },
        testing::ExitedWithCode(7), "code: meshline.no_memory");
}

}  // namespace
}  // namespace meshline
