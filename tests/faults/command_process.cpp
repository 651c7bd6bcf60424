#include "faults/command_process.hpp"

#include "support/text.hpp"
#include "surface/cli/run_command_line.hpp"
#include "wiring.hpp"

#include <cstdio>
#include <new>
#include <stdexcept>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace meshline::test {
namespace {

/// Memory that a fork shares with its parent.
class SharedReport {
  public:
    SharedReport()
        : memory_(::mmap(nullptr, sizeof(FaultReport), PROT_READ | PROT_WRITE,
                         MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
        if (memory_ == MAP_FAILED) throw std::bad_alloc();
        new (memory_) FaultReport();
    }
    ~SharedReport() { ::munmap(memory_, sizeof(FaultReport)); }
    SharedReport(const SharedReport&) = delete;
    SharedReport& operator=(const SharedReport&) = delete;

    FaultReport& get() const { return *static_cast<FaultReport*>(memory_); }

  private:
    void* memory_;
};

int run_command(std::vector<std::string> words) {
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    const auto installation = wire();
    return run_command_line(static_cast<int>(arguments.size()), arguments.data(), *installation);
}

[[noreturn]] void run_child(const std::vector<std::vector<std::string>>& commands,
                            const std::string& data, const Fault& fault, FaultReport& report,
                            std::FILE* output) {
    ::dup2(::fileno(output), STDOUT_FILENO);
    ::dup2(::fileno(output), STDERR_FILENO);
    arm_fault(data, fault, report);
    int code = 0;
    for (const std::vector<std::string>& command : commands) {
        code = run_command(command);
        if (code != 0) break;
    }
    if (code == 0) end_of_command();
    std::fflush(nullptr);
    ::_exit(code);
}

std::string read_all(std::FILE* file) {
    std::string text;
    std::rewind(file);
    char bytes[4096];
    for (std::size_t size = 0; (size = std::fread(bytes, 1, sizeof(bytes), file)) > 0;)
        text.append(bytes, size);
    return text;
}

}  // namespace

Ended run_commands(const std::vector<std::vector<std::string>>& commands, const std::string& data,
                   const Fault& fault) {
    const SharedReport report;
    std::FILE* const output = std::tmpfile();
    if (output == nullptr) throw std::runtime_error("no temporary file");
    std::fflush(nullptr);
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("cannot fork");
    if (child == 0) run_child(commands, data, fault, report.get(), output);
    int status = 0;
    ::waitpid(child, &status, 0);
    Ended ended{.exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status),
                .output = read_all(output),
                .report = report.get()};
    std::fclose(output);
    return ended;
}

}  // namespace meshline::test
