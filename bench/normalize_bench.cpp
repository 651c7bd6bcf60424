#include "benches.hpp"
#include "floors.hpp"
#include "orders.hpp"
#include "shop.hpp"
#include "stages/normalize/normalize.hpp"
#include "trouble.hpp"

namespace meshline::bench {

Result<std::vector<Measure>> bench_normalize(const BenchContext& context) {
    const std::int64_t count = context.scale.normalized_orders;
    const std::string path = context.folder + "/orders.ndjson";
    MESHLINE_TRY(Orders(count).write_ndjson(path));
    std::vector<double> ours;
    std::vector<double> reading;
    const auto normalize = make_normalize();
    for (int run = 0; run < context.scale.runs; ++run) {
        MESHLINE_ASSIGN(const double read, seconds_to_read_with_duckdb(path));
        MESHLINE_ASSIGN(auto shop, Shop::open(context.folder + "/run_" + std::to_string(run)));
        MESHLINE_TRY(shop->append_unjudged(count));
        MESHLINE_ASSIGN(const double normalized, seconds_of([&]() -> Result<void> {
                            MESHLINE_ASSIGN(const StageOutcome outcome, shop->run(*normalize));
                            if (!outcome.findings.empty())
                                return trouble(outcome.findings.front().title);
                            return {};
                        }));
        ours.push_back(static_cast<double>(count) / normalized);
        reading.push_back(static_cast<double>(count) / read);
    }
    return std::vector<Measure>{{.name = "contract check and normalize",
                                 .ours = median_of(ours),
                                 .unit = "orders/s",
                                 .goal = 150'000,
                                 .floors = {{"DuckDB reads the file", median_of(reading)}},
                                 .runs = context.scale.runs}};
}

}  // namespace meshline::bench
