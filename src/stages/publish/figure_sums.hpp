#pragma once

#include "core/metrics/metric_sql.hpp"
#include "core/stage/stage.hpp"
#include "stages/publish/touched.hpp"
#include "stages/publish/watermark.hpp"

#include <string>
#include <vector>

namespace meshline {

/// A metric and the digest of everything it is defined by.
struct DefinedMetric {
    const MetricDefinition* metric = nullptr;
    std::string definitions;  ///< Hex digest.
};

/// Brings `figure_sums` and `period_sums` of the metrics up to the run's head: the partial sums of
/// the entries that came since, and the days anew whose credits or quarantine changed. With other
/// definitions a metric is summed from the start. What there is of other metrics goes. In one
/// transaction; done twice it changes nothing. Leaves the new partial sums in the temporary tables
/// `late_sums` and `late_period_sums`, for changed_figures() and moved_periods().
Result<void> sum_new_entries(StageContext& context, const std::vector<DefinedMetric>& metrics,
                             const Watermarks& watermarks, TouchedDays& touched);

/// The days on which the last sum_new_entries() came to other figures, of a metric that it summed
/// from the start.
Result<std::set<BusinessDate>> moved_days(StageContext& context, const MetricDefinition& metric);

using ChangesByDay = std::map<BusinessDate, std::vector<FigureChange>>;

/// What became of the figures that the last sum_new_entries() added to, by metric.
Result<std::map<std::string, ChangesByDay>> changed_figures(StageContext& context);

/// The longer periods that the last sum_new_entries() added to, by metric.
Result<std::map<std::string, std::set<PeriodKey>>> moved_periods(StageContext& context);

/// All figures of the metric in these periods longer than a day.
Result<FiguresByPeriod> summed_period_figures(StageContext& context, const MetricDefinition& metric,
                                              const std::set<PeriodKey>& periods);

/// All figures of the metric on these days.
Result<FiguresByDay> summed_figures(StageContext& context, const MetricDefinition& metric,
                                    const std::set<BusinessDate>& days);

/// Every day the metric has entries on, reversed ones too.
Result<std::set<BusinessDate>> summed_days(StageContext& context, const MetricDefinition& metric);

}  // namespace meshline
