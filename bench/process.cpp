#include "process.hpp"

#include "measure.hpp"
#include "trouble.hpp"

#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <spawn.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace meshline::bench {
namespace {

Result<void> run_program(const std::vector<std::string>& arguments, const std::string& output) {
    std::vector<std::string> texts = arguments;
    std::vector<char*> pointers;
    for (std::string& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(), O_WRONLY | O_TRUNC,
                                     0);
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
    return seconds_of([&] { return run_program(arguments, "/dev/null"); });
}

Result<std::string> output_of_program(const std::vector<std::string>& arguments) {
    std::string path = std::filesystem::temp_directory_path().string() + "/meshline_bench_XXXXXX";
    const int descriptor = ::mkstemp(path.data());
    if (descriptor < 0) return trouble("cannot make a file for what a program prints");
    ::close(descriptor);
    auto done = run_program(arguments, path);
    std::ifstream file(path);
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    std::filesystem::remove(path);
    if (!done.ok()) return std::move(done).error();
    return text;
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
