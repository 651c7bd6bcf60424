#pragma once

#include "core/stage/stage.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// How far something of the client has come, and under which definitions.
struct Watermark {
    Position position = 0;
    std::string definitions;  ///< Hex digest; empty where nothing was done yet.
};

/// By stage: "normalize", "figure_sums METRIC", "publish METRIC".
using Watermarks = std::map<std::string, Watermark>;

/// How far the metric's partial sums have come.
std::string figure_sums_stage(const MetricDefinition& metric);
/// How far the metric was published.
std::string publish_stage(const MetricDefinition& metric);
/// Whether the watermark is one of these, of any metric.
bool is_of_metric(std::string_view stage);

Result<Watermarks> read_watermarks(StageContext& context);
/// The stage's watermark; at 0 and without definitions where it has none.
Watermark watermark_of(const Watermarks& watermarks, const std::string& stage);
/// Replaces these watermarks; to be called within a transaction.
Result<void> write_watermarks(StageContext& context, const Watermarks& watermarks);
/// Removes these; to be called within a transaction.
Result<void> forget_watermarks(StageContext& context, const std::vector<std::string>& stages);

}  // namespace meshline
