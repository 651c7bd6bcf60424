#include "support/shell.hpp"

#include "support/text.hpp"

#include <array>
#include <cstdio>
#include <stdexcept>
#include <sys/wait.h>

namespace meshline::test {

ShellResult run_shell(std::string_view script) {
    // Without a terminal's input: a program that asks fails instead of waiting.
    const std::string command =
        "exec timeout 600 bash -c " + shell_quoted(script) + " 2>&1 </dev/null";
    std::FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("cannot start a shell");
    ShellResult result;
    std::array<char, 65536> buffer{};
    while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
        result.output.append(buffer.data(), count);
    }
    const int status = ::pclose(pipe);
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
}

std::string shell_quoted(std::string_view text) {
    return "'" + replace_all(std::string(text), "'", "'\\''") + "'";
}

}  // namespace meshline::test
