#include "benches.hpp"
#include "orders.hpp"
#include "process.hpp"
#include "shop.hpp"
#include "stages/enrich/enrich.hpp"
#include "stages/normalize/normalize.hpp"
#include "stages/publish/publish.hpp"
#include "stages/reconcile/reconcile.hpp"
#include "stages/validate/validate.hpp"
#include "trouble.hpp"

#include <cstdio>
#include <fmt/format.h>
#include <fstream>

namespace meshline::bench {
namespace {

constexpr double bytes_per_gigabyte = 1e9;

/// Says on standard error how long a step took and what the memory has come to.
Result<void> step(const char* name, const Work& work) {
    MESHLINE_ASSIGN(const double seconds, seconds_of(work));
    MESHLINE_ASSIGN(const double bytes, peak_memory_bytes());
    fmt::print(stderr, "  {}: {:.1f} s, peak {:.2f} GB\n", name, seconds,
               bytes / bytes_per_gigabyte);
    return {};
}

}  // namespace

Result<double> run_whole_path(const std::string& folder, std::int64_t orders) {
    MESHLINE_ASSIGN(auto shop, Shop::open(folder));
    OrderFiles files{Orders(orders)};
    MESHLINE_TRY(step("capture", [&]() -> Result<void> {
        MESHLINE_ASSIGN(const CaptureReport report, shop->capture(files, "orders.ndjson"));
        if (report.events != orders) return trouble("events are missing");
        return {};
    }));
    // Capture and run are two commands: the second opens the data anew.
    shop.reset();
    MESHLINE_ASSIGN(shop, Shop::open(folder));
    std::vector<std::unique_ptr<Stage>> stages;
    stages.push_back(make_normalize());
    stages.push_back(make_validate());
    stages.push_back(make_enrich());
    stages.push_back(make_reconcile());
    stages.push_back(make_publish());
    for (const auto& stage : stages) {
        MESHLINE_TRY(step(stage->name().data(), [&]() -> Result<void> {
            MESHLINE_ASSIGN(const StageOutcome outcome, shop->run(*stage));
            return {};
        }));
    }
    MESHLINE_TRY(step("close", [&]() -> Result<void> {
        shop->close();
        return {};
    }));
    return peak_memory_bytes();
}

Result<std::vector<Measure>> bench_memory(const BenchContext& context) {
    const std::string orders = std::to_string(context.scale.memory_orders);
    const std::string answer = context.folder + "/peak_bytes";
    MESHLINE_ASSIGN(const double seconds,
                    seconds_of_program({context.itself, "--folder", context.folder,
                                        "--whole-path-orders", orders, "--answer", answer}));
    double bytes = 0;
    std::ifstream(answer) >> bytes;
    if (bytes == 0) return trouble("the process told no peak of memory");
    return std::vector<Measure>{{.name = fmt::format("peak memory, {} events", orders),
                                 .ours = bytes / bytes_per_gigabyte,
                                 .unit = "GB",
                                 .better = Better::lower,
                                 .goal = 1.5,
                                 .runs = 1},
                                {.name = "the whole path of these events",
                                 .ours = static_cast<double>(context.scale.memory_orders) / seconds,
                                 .unit = "events/s",
                                 .runs = 1}};
}

}  // namespace meshline::bench
