#pragma once

#include "measure.hpp"
#include "scale.hpp"

#include <string>
#include <vector>

namespace meshline::bench {

/// What a bench is given.
struct BenchContext {
    Scale scale;
    std::string folder;    ///< Of the bench alone, empty; removed after it.
    std::string meshline;  ///< The product's binary.
    std::string itself;    ///< This program, for what needs a process of its own.
};

using Bench = Result<std::vector<Measure>> (*)(const BenchContext& context);

/// NDJSON files into the log, durably.
Result<std::vector<Measure>> bench_capture(const BenchContext& context);
/// Orders against their contract's schema.
Result<std::vector<Measure>> bench_json_schema(const BenchContext& context);
/// Orders into the typed payload that transforms read.
Result<std::vector<Measure>> bench_shred(const BenchContext& context);
/// Events to entries in the warehouse, each judged by its contract.
Result<std::vector<Measure>> bench_normalize(const BenchContext& context);
/// One-to-one by key, both sides as large.
Result<std::vector<Measure>> bench_reconcile(const BenchContext& context);
/// Late events over a year that is published.
Result<std::vector<Measure>> bench_publish(const BenchContext& context);
/// The whole path from the first event on, in a process of its own.
Result<std::vector<Measure>> bench_memory(const BenchContext& context);
/// Commands that do nearly nothing.
Result<std::vector<Measure>> bench_start_up(const BenchContext& context);

/// What the process of bench_memory does: the whole path over `orders` orders in `folder`. Returns
/// the peak of its memory in bytes.
Result<double> run_whole_path(const std::string& folder, std::int64_t orders);

}  // namespace meshline::bench
