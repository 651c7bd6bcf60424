#pragma once

#include <string>
#include <string_view>

namespace meshline::test {

struct ShellResult {
    int exit_code = 0;   ///< 128 + the signal's number where a signal ended it; 124 where time did.
    std::string output;  ///< Standard output and standard error, in the order written.
};

/// Runs a script with bash in the environment of this process and waits for it, at most ten
/// minutes.
ShellResult run_shell(std::string_view script);

/// The text as one word of the shell.
std::string shell_quoted(std::string_view text);

}  // namespace meshline::test
