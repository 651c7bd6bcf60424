#include "stages/publish/figure_sums.hpp"

#include "base/text/text.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

std::string condition_sql(const StageContext& context, const MetricDefinition& metric) {
    return fmt::format("client_id = {} and metric = {}", quote_literal(context.client.id.text()),
                       quote_literal(metric.head.name));
}

/// The figures that the partial sums of the metric come to.
std::string day_sums_sql(const StageContext& context, const MetricDefinition& metric) {
    return fmt::format(
        " select business_on, currency, dimension, member, sum(amount) as amount,"
        " sum(live_count) <> 0 as is_there from figure_sums where {} group by all",
        condition_sql(context, metric));
}

/// Unordered on purpose: an insert of no rows with an "order by" between two large ones of a
/// transaction hides the later rows until the file is opened again (DuckDB 1.5).
Result<void> add_sums(StageContext& context, const MetricDefinition& metric,
                      const MetricQuery& query, const std::string& table) {
    return context.warehouse.execute(fmt::format(
        "insert into {} select {}, {}, business_on, currency, dimension, member, amount,"
        " live_count from ({})",
        table, quote_literal(context.client.id.text()), quote_literal(metric.head.name),
        figure_sums_sql(metric, query)));
}

/// The same for the longer periods, of a metric that does not add up.
Result<void> add_period_sums(StageContext& context, const MetricDefinition& metric,
                             const MetricQuery& query, const std::string& table) {
    if (adds_up(metric)) return {};
    return context.warehouse.execute(fmt::format(
        "insert into {} select {}, {}, grain, starts_on, currency, dimension, member, amount,"
        " live_count from ({})",
        table, quote_literal(context.client.id.text()), quote_literal(metric.head.name),
        period_sums_sql(metric, query)));
}

/// The entries beyond `since` as a table of their own, which every metric asks: one look at the end
/// of `entries` instead of one per metric.
Result<void> gather_late_entries(StageContext& context, Position since) {
    return context.warehouse.execute(fmt::format(
        "create or replace temp table late_entries as select * from entries where client_id = {}"
        " and position > {} and position <= {}",
        quote_literal(context.client.id.text()), since, context.head.position));
}

/// One metric's part of the work, from its own watermark.
class MetricSummer {
  public:
    MetricSummer(StageContext& context, const DefinedMetric& defined, const Watermarks& watermarks)
        : context_(context), metric_(*defined.metric), definitions_(defined.definitions) {
        query_.client = context.client.id;
        query_.upto = context.head.position;
        const Watermark watermark = watermark_of(watermarks, figure_sums_stage(metric_));
        is_known_ =
            watermark.definitions == definitions_ && watermark.position <= context.head.position;
        was_summed_ = !watermark.definitions.empty();
        since_ = watermark.position;
    }

    /// Where the partial sums that are there end; nothing where they must be made from the start.
    std::optional<Position> since() const {
        return is_known_ ? std::optional(since_) : std::nullopt;
    }

    Result<void> sum_all() {
        if (was_summed_) {
            MESHLINE_TRY(context_.warehouse.execute("create or replace temp table sums_before as" +
                                                    day_sums_sql(context_, metric_)));
        }
        MESHLINE_TRY(context_.warehouse.execute("delete from figure_sums where " +
                                                condition_sql(context_, metric_)));
        MESHLINE_TRY(add_sums(context_, metric_, query_, "figure_sums"));
        const std::string moved =
            was_summed_ ? fmt::format(
                              "((from sums_before except{0}) union all ({0} except from"
                              " sums_before))",
                              day_sums_sql(context_, metric_))
                        : "figure_sums where " + condition_sql(context_, metric_);
        MESHLINE_TRY(context_.warehouse.execute(
            fmt::format("insert into moved_days select distinct {}, business_on from {}",
                        quote_literal(metric_.head.name), moved)));
        return sum_all_periods();
    }

    /// A metric may have come to add up, so what is there goes in any case.
    Result<void> sum_all_periods() {
        MESHLINE_TRY(context_.warehouse.execute("delete from period_sums where " +
                                                condition_sql(context_, metric_)));
        return add_period_sums(context_, metric_, query_, "period_sums");
    }

    Result<void> sum_late(TouchedDays& touched) {
        MESHLINE_ASSIGN(const auto days, touched.of_entries(metric_, since_));
        if (days.empty()) return {};
        MetricQuery late = query_;
        late.since = since_;
        late.entries = "late_entries";
        // The earlier entries of what is counted are looked up, on these days only.
        if (metric_.aggregate == Aggregate::count_distinct) late.days = days;
        MESHLINE_TRY(add_sums(context_, metric_, late, "late_sums"));
        return add_period_sums(context_, metric_, late, "late_period_sums");
    }

    Result<void> sum_changed_days(TouchedDays& touched) {
        MESHLINE_ASSIGN(query_.days, touched.of_changes(metric_));
        if (query_.days.empty()) return {};
        MESHLINE_TRY(context_.warehouse.execute(
            fmt::format("delete from figure_sums where {} and business_on in ({})",
                        condition_sql(context_, metric_), date_list(query_.days))));
        MESHLINE_TRY(add_sums(context_, metric_, query_, "figure_sums"));
        return adds_up(metric_) ? Result<void>() : sum_all_periods();
    }

    void mark(Watermarks& watermarks) const {
        watermarks[figure_sums_stage(metric_)] = {context_.head.position, definitions_};
    }

  private:
    StageContext& context_;
    const MetricDefinition& metric_;
    const std::string definitions_;
    MetricQuery query_;
    Position since_ = 0;
    bool is_known_ = false;
    bool was_summed_ = false;
};

/// Where the earliest of the metrics' late entries begin, if any metric has some.
std::optional<Position> earliest(const std::vector<MetricSummer>& summers, Position head) {
    std::optional<Position> first;
    for (const MetricSummer& summer : summers) {
        const auto since = summer.since();
        if (since && *since < head) first = std::min(first.value_or(*since), *since);
    }
    return first;
}

/// The partial sums of what is new, of all metrics that were summed before.
Result<void> sum_late(StageContext& context, std::vector<MetricSummer>& summers,
                      TouchedDays& touched) {
    MESHLINE_TRY(context.warehouse.execute(
        "create or replace temp table late_sums as from figure_sums limit 0"));
    MESHLINE_TRY(context.warehouse.execute(
        "create or replace temp table late_period_sums as from period_sums limit 0"));
    const auto first = earliest(summers, context.head.position);
    if (!first) return {};
    MESHLINE_TRY(gather_late_entries(context, *first));
    for (MetricSummer& summer : summers) {
        if (summer.since()) MESHLINE_TRY(summer.sum_late(touched));
    }
    MESHLINE_TRY(context.warehouse.execute("insert into figure_sums from late_sums"));
    MESHLINE_TRY(context.warehouse.execute("insert into period_sums from late_period_sums"));
    // They may be many, and nothing asks them again.
    return context.warehouse.execute("drop table late_entries");
}

/// What checks and credits change is told to the metrics that are there, in `touched_days`. One
/// that is away, removed or left out for a mistake, begins from the start when it is back: neither
/// its sums nor what was published of it are those of a position any more.
Result<void> forget_absent(StageContext& context, const std::vector<DefinedMetric>& metrics,
                           const Watermarks& watermarks) {
    std::set<std::string> known;
    std::vector<std::string> names = {""};
    for (const DefinedMetric& defined : metrics) {
        known.insert({figure_sums_stage(*defined.metric), publish_stage(*defined.metric)});
        names.push_back(defined.metric->head.name);
    }
    std::vector<std::string> absent;
    for (const auto& [stage, watermark] : watermarks) {
        if (is_of_metric(stage) && !known.contains(stage)) absent.push_back(stage);
    }
    if (absent.empty()) return {};
    MESHLINE_TRY(forget_watermarks(context, absent));
    for (const char* table : {"figure_sums", "period_sums"}) {
        MESHLINE_TRY(context.warehouse.execute(
            fmt::format("delete from {} where client_id = {} and metric not in ({})", table,
                        quote_literal(context.client.id.text()), literal_list(names))));
    }
    return {};
}

}  // namespace

Result<void> sum_new_entries(StageContext& context, const std::vector<DefinedMetric>& metrics,
                             const Watermarks& watermarks, TouchedDays& touched) {
    std::vector<MetricSummer> summers;
    for (const DefinedMetric& defined : metrics)
        summers.emplace_back(context, defined, watermarks);
    return context.warehouse.transact([&]() -> Result<void> {
        MESHLINE_TRY(context.warehouse.execute(
            "create or replace temp table moved_days (metric varchar, business_on date)"));
        MESHLINE_TRY(forget_absent(context, metrics, watermarks));
        MESHLINE_TRY(sum_late(context, summers, touched));
        Watermarks moved;
        for (MetricSummer& summer : summers) {
            if (summer.since()) {
                MESHLINE_TRY(summer.sum_changed_days(touched));
            } else {
                MESHLINE_TRY(summer.sum_all());
            }
            summer.mark(moved);
        }
        return write_watermarks(context, moved);
    });
}

Result<std::set<BusinessDate>> moved_days(StageContext& context, const MetricDefinition& metric) {
    MESHLINE_ASSIGN(const Rows rows, context.warehouse.query(fmt::format(
                                         "select business_on from moved_days where metric = {}",
                                         quote_literal(metric.head.name))));
    std::set<BusinessDate> days;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(const BusinessDate day, BusinessDate::parse(rows.text(row, 0)));
        days.insert(day);
    }
    return days;
}

Result<std::map<std::string, ChangesByDay>> changed_figures(StageContext& context) {
    // One row of figure_sums may meet several of late_sums, so it is only asked whether there is
    // one.
    MESHLINE_ASSIGN(
        const Rows rows,
        context.warehouse.query(fmt::format(
            "select s.metric, s.business_on, s.currency, s.dimension, s.member,"
            " sum(s.amount)::decimal(38, 6), sum(s.live_count) <> 0 from figure_sums s"
            " semi join late_sums l on l.metric = s.metric and l.business_on = s.business_on"
            " and l.currency = s.currency and l.dimension = s.dimension and l.member = s.member"
            " where s.client_id = {} group by 1, 2, 3, 4, 5",
            quote_literal(context.client.id.text()))));
    std::map<std::string, ChangesByDay> changes;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(const BusinessDate day, BusinessDate::parse(rows.text(row, 1)));
        MESHLINE_ASSIGN(const WideDecimal amount,
                        WideDecimal::parse(rows.text(row, 5), Rounding::exact));
        changes[std::string(rows.text(row, 0))][day].push_back(
            {{std::string(rows.text(row, 2)), std::string(rows.text(row, 3)),
              std::string(rows.text(row, 4)), amount},
             rows.text(row, 6) == "true"});
    }
    return changes;
}

Result<std::map<std::string, std::set<PeriodKey>>> moved_periods(StageContext& context) {
    MESHLINE_ASSIGN(
        const Rows rows,
        context.warehouse.query("select distinct metric, grain, starts_on from late_period_sums"));
    std::map<std::string, std::set<PeriodKey>> moved;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(const PeriodKey period, read_period(rows, row, 1));
        moved[std::string(rows.text(row, 0))].insert(period);
    }
    return moved;
}

Result<FiguresByPeriod> summed_period_figures(StageContext& context, const MetricDefinition& metric,
                                              const std::set<PeriodKey>& periods) {
    if (periods.empty()) return FiguresByPeriod();
    std::string list;
    for (const PeriodKey& period : periods) {
        list += fmt::format("{}('{}', date '{}')", list.empty() ? "" : ", ", name_of(period.grain),
                            period.start.text());
    }
    return read_period_figures(
        context.warehouse,
        fmt::format("select * from period_sums where {} and (grain, starts_on) in ({})",
                    condition_sql(context, metric), list));
}

Result<FiguresByDay> summed_figures(StageContext& context, const MetricDefinition& metric,
                                    const std::set<BusinessDate>& days) {
    if (days.empty()) return FiguresByDay();
    return read_figures(context.warehouse,
                        fmt::format("select * from figure_sums where {} and business_on in ({})",
                                    condition_sql(context, metric), date_list(days)));
}

Result<std::set<BusinessDate>> summed_days(StageContext& context, const MetricDefinition& metric) {
    MESHLINE_ASSIGN(const Rows rows, context.warehouse.query(fmt::format(
                                         "select distinct business_on from figure_sums where {}"
                                         " and dimension = ''",
                                         condition_sql(context, metric))));
    std::set<BusinessDate> days;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(const BusinessDate day, BusinessDate::parse(rows.text(row, 0)));
        days.insert(day);
    }
    return days;
}

}  // namespace meshline
