#include "process.hpp"

#include "measure.hpp"
#include "trouble.hpp"

#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace meshline::bench {
namespace {

Result<void> run_program(const std::vector<std::string>& arguments) {
    std::vector<std::string> texts = arguments;
    std::vector<char*> pointers;
    for (std::string& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    const int failed =
        ::posix_spawn(&child, pointers.front(), &actions, nullptr, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        return trouble(
            fmt::format("cannot start \"{}\": {}", arguments.front(), std::strerror(failed)));
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (status != 0) {
        return trouble(fmt::format("\"{}\" ended with {}", fmt::join(arguments, " "),
                                   WIFEXITED(status) ? WEXITSTATUS(status) : status));
    }
    return {};
}

}  // namespace

Result<double> seconds_of_program(const std::vector<std::string>& arguments) {
    return seconds_of([&] { return run_program(arguments); });
}

Result<double> peak_memory_bytes() {
    // What wait4() says of a child counts the parent's memory before exec, too; this does not.
    std::ifstream status("/proc/self/status");
    std::string line;
    constexpr std::string_view name = "VmHWM:";
    while (std::getline(status, line)) {
        if (line.starts_with(name)) return std::stod(line.substr(name.size())) * 1024;
    }
    return trouble("the system does not tell the peak of memory");
}

double cpu_seconds() {
    double seconds = 0;
    for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
        rusage usage{};
        ::getrusage(who, &usage);
        for (const timeval& time : {usage.ru_utime, usage.ru_stime})
            seconds += static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    }
    return seconds;
}

}  // namespace meshline::bench
