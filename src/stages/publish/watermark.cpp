#include "stages/publish/watermark.hpp"

#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

constexpr std::string_view figure_sums_prefix = "figure_sums ";
constexpr std::string_view publish_prefix = "publish ";

}  // namespace

std::string figure_sums_stage(const MetricDefinition& metric) {
    return std::string(figure_sums_prefix) + metric.head.name;
}

std::string publish_stage(const MetricDefinition& metric) {
    return std::string(publish_prefix) + metric.head.name;
}

bool is_of_metric(std::string_view stage) {
    return stage.starts_with(figure_sums_prefix) || stage.starts_with(publish_prefix);
}

Result<Watermarks> read_watermarks(StageContext& context) {
    MESHLINE_ASSIGN(const Rows rows,
                    context.warehouse.query(
                        fmt::format("select stage, position, definitions_digest from watermarks"
                                    " where client_id = {}",
                                    quote_literal(context.client.id.text()))));
    Watermarks watermarks;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        watermarks[std::string(rows.text(row, 0))] = {static_cast<Position>(rows.integer(row, 1)),
                                                      std::string(rows.text(row, 2))};
    }
    return watermarks;
}

Watermark watermark_of(const Watermarks& watermarks, const std::string& stage) {
    const auto found = watermarks.find(stage);
    return found == watermarks.end() ? Watermark{} : found->second;
}

Result<void> write_watermarks(StageContext& context, const Watermarks& watermarks) {
    if (watermarks.empty()) return {};
    const std::string client = quote_literal(context.client.id.text());
    std::vector<std::string> stages;
    std::string rows;
    for (const auto& [stage, watermark] : watermarks) {
        rows += fmt::format("{}({}, {}, {}, {})", stages.empty() ? "" : ", ", client,
                            quote_literal(stage), watermark.position,
                            quote_literal(watermark.definitions));
        stages.push_back(stage);
    }
    MESHLINE_TRY(forget_watermarks(context, stages));
    return context.warehouse.execute("insert into watermarks values " + rows);
}

Result<void> forget_watermarks(StageContext& context, const std::vector<std::string>& stages) {
    return context.warehouse.execute(
        fmt::format("delete from watermarks where client_id = {} and stage in ({})",
                    quote_literal(context.client.id.text()), literal_list(stages)));
}

}  // namespace meshline
