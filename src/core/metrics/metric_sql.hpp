#pragma once

#include "base/result/result.hpp"
#include "base/time/instant.hpp"
#include "core/model/grain.hpp"
#include "core/model/ids.hpp"
#include "core/model/publication.hpp"
#include "core/warehouse/warehouse.hpp"
#include "core/workspace/definitions.hpp"

#include <compare>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace meshline {

/// What a metric is asked for.
struct MetricQuery {
    ClientId client;
    Position since = 0;  ///< Only entries beyond it.
    Position upto = 0;
    /// Empty: every day with entries.
    std::set<BusinessDate> days;
    bool has_dimensions = true;
    /// The table to read them from: another one may hold a part of `entries`, as those beyond
    /// `since`.
    std::string entries = "entries";
};

using FiguresByDay = std::map<BusinessDate, std::vector<Figure>>;

/// A period by its length and first day.
struct PeriodKey {
    Grain grain = Grain::day;
    BusinessDate start;
    friend auto operator<=>(const PeriodKey&, const PeriodKey&) = default;
};
using FiguresByPeriod = std::map<PeriodKey, std::vector<Figure>>;

/// Whether the figures of days sum to those of longer periods. What was bought by one customer on
/// two days counts once in their month, so distinct counts do not.
bool adds_up(const MetricDefinition& metric);

/// The entries behind a metric, one row each, with the condition on client, book, types, position
/// and quarantine: the relation that figures sum and that an explanation lists. `columns` is the
/// select list over `e`.
std::string metric_entries_sql(const MetricDefinition& metric, const MetricQuery& query,
                               const std::string& columns);

/// A relation of partial sums: business_on, currency, dimension, member ("" for the total), amount,
/// live_count. The figures at a position are the sums of the partial sums of any stretches that
/// make up the prefix up to it, and a figure is there while its live_count is not 0. So figures at
/// W2 are those at W1 and the partial sums of the entries between.
std::string figure_sums_sql(const MetricDefinition& metric, const MetricQuery& query);

/// Figures by day of a relation of partial sums. Days without live entries are missing.
Result<FiguresByDay> read_figures(Warehouse& warehouse, const std::string& sums);

/// The same for the periods longer than a day, of metrics that do not add up: grain, starts_on,
/// currency, dimension, member, amount, live_count. `query.days` is left out of account.
std::string period_sums_sql(const MetricDefinition& metric, const MetricQuery& query);

/// The period in two columns of a row, its length and its first day. Error warehouse.failed, of the
/// kind corrupt, for a length that there is not.
Result<PeriodKey> read_period(const Rows& rows, std::size_t row, std::size_t column);

/// Figures by period of such a relation.
Result<FiguresByPeriod> read_period_figures(Warehouse& warehouse, const std::string& sums);

/// Figures by day, from the entries alone.
Result<FiguresByDay> compute_figures(Warehouse& warehouse, const MetricDefinition& metric,
                                     const MetricQuery& query);

/// "date '2026-03-01', date '2026-03-02'".
std::string date_list(const std::set<BusinessDate>& days);

/// "'a', 'b'".
std::string literal_list(const std::vector<std::string>& texts);

}  // namespace meshline
