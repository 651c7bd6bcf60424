#include "benches.hpp"
#include "orders.hpp"
#include "process.hpp"
#include "shop.hpp"

namespace meshline::bench {
namespace {

constexpr std::int64_t small_orders = 200;

/// A workspace with a few published orders, made by the product's own commands.
Result<void> make_small_shop(const BenchContext& context) {
    DiskFiles files;
    MESHLINE_TRY(write_workspace(context.folder, files));
    const std::string path = context.folder + "/orders.ndjson";
    MESHLINE_TRY(Orders(small_orders).write_ndjson(path));
    MESHLINE_ASSIGN(
        const double captured,
        seconds_of_program({context.meshline, "--workspace", context.folder, "capture", shop_client,
                            std::string(shop_source) + "/" + shop_stream, path}));
    MESHLINE_ASSIGN(const double run, seconds_of_program({context.meshline, "--workspace",
                                                          context.folder, "run", shop_client}));
    static_cast<void>(captured + run);
    return {};
}

}  // namespace

Result<std::vector<Measure>> bench_start_up(const BenchContext& context) {
    MESHLINE_TRY(make_small_shop(context));
    struct Command {
        const char* name;
        std::vector<std::string> arguments;
        std::vector<double> milliseconds;
    };
    Command floor{"/bin/true", {"/bin/true"}, {}};
    std::vector<Command> commands = {{"start-up, --version", {context.meshline, "--version"}, {}},
                                     {"start-up, report",
                                      {context.meshline, "--workspace", context.folder, "report",
                                       shop_client, "--metric", "net_sales"},
                                      {}}};
    for (int run = 0; run < context.scale.quick_runs; ++run) {
        MESHLINE_ASSIGN(const double nothing, seconds_of_program(floor.arguments));
        floor.milliseconds.push_back(nothing * 1000);
        for (Command& command : commands) {
            MESHLINE_ASSIGN(const double seconds, seconds_of_program(command.arguments));
            command.milliseconds.push_back(seconds * 1000);
        }
    }
    std::vector<Measure> measures;
    for (const Command& command : commands) {
        measures.push_back({.name = command.name,
                            .ours = median_of(command.milliseconds),
                            .unit = "ms",
                            .better = Better::lower,
                            .goal = 50,
                            .floors = {{floor.name, median_of(floor.milliseconds)}},
                            .runs = context.scale.quick_runs});
    }
    return measures;
}

}  // namespace meshline::bench
