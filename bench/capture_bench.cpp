#include "benches.hpp"
#include "floors.hpp"
#include "orders.hpp"
#include "shop.hpp"
#include "trouble.hpp"

namespace meshline::bench {

Result<std::vector<Measure>> bench_capture(const BenchContext& context) {
    const std::int64_t count = context.scale.captured_orders;
    const std::string path = context.folder + "/orders.ndjson";
    MESHLINE_TRY(Orders(count).write_ndjson(path));
    std::vector<double> ours;
    std::vector<double> parsing;
    std::vector<double> writing;
    for (int run = 0; run < context.scale.runs; ++run) {
        MESHLINE_ASSIGN(const double parsed, seconds_to_parse(path));
        MESHLINE_ASSIGN(const double written,
                        seconds_to_write(path, context.folder + "/copy.ndjson"));
        MESHLINE_ASSIGN(auto shop, Shop::open(context.folder + "/run_" + std::to_string(run)));
        MESHLINE_ASSIGN(const double captured, seconds_of([&]() -> Result<void> {
                            MESHLINE_ASSIGN(const CaptureReport report,
                                            shop->capture(shop->files(), path));
                            if (report.events != count) return trouble("events are missing");
                            return {};
                        }));
        const auto orders = static_cast<double>(count);
        ours.push_back(orders / captured);
        parsing.push_back(orders / parsed);
        writing.push_back(orders / written);
    }
    return std::vector<Measure>{{.name = "durable capture",
                                 .ours = median_of(ours),
                                 .unit = "events/s",
                                 .goal = 300'000,
                                 .floors = {{"write and fdatasync", median_of(writing)},
                                            {"parse with simdjson", median_of(parsing)}},
                                 .runs = context.scale.runs}};
}

}  // namespace meshline::bench
