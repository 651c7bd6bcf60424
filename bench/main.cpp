#include "benches.hpp"
#include "process.hpp"
#include "trouble.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <stdlib.h>

namespace meshline::bench {
namespace {

struct NamedBench {
    const char* name;
    Bench run;
};

constexpr NamedBench benches[] = {
    {"capture", bench_capture},     {"json_schema", bench_json_schema}, {"shred", bench_shred},
    {"normalize", bench_normalize}, {"reconcile", bench_reconcile},     {"publish", bench_publish},
    {"memory", bench_memory},       {"start_up", bench_start_up}};

struct Arguments {
    std::string scale = "full";
    std::vector<std::string> only;
    std::string folder;
    std::string meshline;
    std::int64_t whole_path_orders = 0;
    std::string answer;
};

/// A folder for one run, gone with it.
class WorkFolder {
  public:
    static Result<WorkFolder> make(const std::string& parent) {
        std::string path = parent + "/meshline_bench_XXXXXX";
        if (::mkdtemp(path.data()) == nullptr) {
            return trouble("cannot make a folder in \"" + parent + "\"");
        }
        return WorkFolder(std::move(path));
    }
    ~WorkFolder() { remove(path_); }
    WorkFolder(WorkFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    WorkFolder& operator=(WorkFolder&&) = delete;

    const std::string& path() const { return path_; }
    static void remove(const std::string& path) {
        std::error_code ignored;
        if (!path.empty()) std::filesystem::remove_all(path, ignored);
    }

  private:
    explicit WorkFolder(std::string path) : path_(std::move(path)) {}
    std::string path_;
};

bool is_wanted(const Arguments& arguments, const char* name) {
    return arguments.only.empty() ||
           std::ranges::find(arguments.only, name) != arguments.only.end();
}

Result<std::string> own_path() {
    std::error_code failure;
    const auto path = std::filesystem::read_symlink("/proc/self/exe", failure);
    if (failure) return trouble("cannot find this program: " + failure.message());
    return path.string();
}

Result<void> measure(const Arguments& arguments) {
    BenchContext context;
    MESHLINE_ASSIGN(context.scale, scale_named(arguments.scale));
    MESHLINE_ASSIGN(context.itself, own_path());
    const std::filesystem::path beside = std::filesystem::path(context.itself).parent_path();
    context.meshline = arguments.meshline.empty() ? (beside.parent_path() / "meshline").string()
                                                  : arguments.meshline;
    MESHLINE_ASSIGN(const WorkFolder work, WorkFolder::make(arguments.folder));
    std::vector<Measure> measures;
    for (const NamedBench& bench : benches) {
        if (!is_wanted(arguments, bench.name)) continue;
        context.folder = work.path() + "/" + bench.name;
        std::filesystem::create_directories(context.folder);
        std::vector<Measure> measured;
        const double cpu_before = cpu_seconds();
        MESHLINE_ASSIGN(const double seconds, seconds_of([&]() -> Result<void> {
                            MESHLINE_ASSIGN(measured, bench.run(context));
                            return {};
                        }));
        fmt::print(stderr, "{}: {:.0f} s with what it needs, {:.0f} s of CPU time\n", bench.name,
                   seconds, cpu_seconds() - cpu_before);
        std::ranges::move(measured, std::back_inserter(measures));
        WorkFolder::remove(context.folder);
    }
    fmt::print("{}", table_of(measures));
    return {};
}

Result<void> run_as_child(const Arguments& arguments) {
    MESHLINE_ASSIGN(const double bytes,
                    run_whole_path(arguments.folder, arguments.whole_path_orders));
    std::ofstream(arguments.answer) << fmt::format("{:.0f}\n", bytes);
    return {};
}

int run(int argument_count, char** texts) {
    Arguments arguments;
    arguments.folder = std::filesystem::temp_directory_path().string();
    CLI::App app("Measures Meshline beside the floors of the machine, in one table.");
    app.add_option("--scale", arguments.scale, "tiny, small or full")
        ->envname("MESHLINE_BENCH_SCALE");
    app.add_option("--only", arguments.only,
                   "capture, json_schema, shred, normalize, reconcile, publish, memory, start_up")
        ->delimiter(',');
    app.add_option("--folder", arguments.folder, "where the data goes (default: temporary)");
    app.add_option("--meshline", arguments.meshline, "the product's binary");
    // Hidden: how the bench of memory starts this program again.
    app.add_option("--whole-path-orders", arguments.whole_path_orders)->group("");
    app.add_option("--answer", arguments.answer)->group("");
    CLI11_PARSE(app, argument_count, texts);
    const Result<void> done =
        arguments.whole_path_orders > 0 ? run_as_child(arguments) : measure(arguments);
    if (done.ok()) return 0;
    fmt::print(stderr, "{}\n", render(done.error()));
    return exit_code_of(done.error().kind);
}

}  // namespace
}  // namespace meshline::bench

int main(int argument_count, char** arguments) {
    return meshline::bench::run(argument_count, arguments);
}
