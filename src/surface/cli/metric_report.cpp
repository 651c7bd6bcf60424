#include "surface/cli/metric_report.hpp"

#include "base/text/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace meshline {
namespace {

/// Least trustworthy first.
int trust_of(PublicationState state) {
    switch (state) {
        case PublicationState::held:
            return 0;
        case PublicationState::provisional:
            return 1;
        case PublicationState::restated:
            return 2;
        case PublicationState::verified:
            return 3;
    }
    return 0;
}

class ReportBuilder {
  public:
    ReportBuilder(ControlStore& control, MetricReport& report, const ReportQuery& query)
        : control_(control), report_(report), query_(query) {}

    Result<void> build() {
        MESHLINE_ASSIGN(const auto live,
                        control_.live_publications(report_.client->id, report_.metric->head.name));
        for (const Publication& unit : live) {
            if (query_.from && unit.period < *query_.from) continue;
            if (query_.to && unit.period > *query_.to) continue;
            first_ = std::min(first_.value_or(unit.period), unit.period);
            last_ = std::max(last_.value_or(unit.period), unit.period);
            MESHLINE_TRY(add(unit));
        }
        for (auto& [key, figure] : figures_) {
            if (is_by_dimension()) {
                figure.period = fmt::format("{}/{}", query_.from.value_or(*first_).text(),
                                            query_.to.value_or(*last_).text());
            }
            report_.figures.push_back(std::move(figure));
        }
        report_.other_currencies.assign(others_.begin(), others_.end());
        return {};
    }

    /// No figure was in the currency asked for, though there are some in others.
    bool is_other_currency() const { return !has_currency_ && !others_.empty(); }

  private:
    bool is_by_dimension() const { return query_.by != "day" && query_.by != "month"; }

    Result<void> add(const Publication& unit) {
        MESHLINE_ASSIGN(const auto bytes, control_.blob(unit.result_digest));
        MESHLINE_CHECK(bytes.has_value());
        MESHLINE_ASSIGN(const auto figures, decode_figures(*bytes));
        const std::string wanted = is_by_dimension() ? query_.by : "";
        bool has_value = false;
        for (const Figure& figure : figures) {
            if (figure.currency != report_.currency) {
                others_.insert(figure.currency);
                continue;
            }
            has_currency_ = true;
            if (figure.dimension.empty()) {
                MESHLINE_ASSIGN(report_.total, report_.total.plus(figure.amount));
            }
            if (figure.dimension != wanted) continue;
            has_value = true;
            MESHLINE_TRY(add_value(unit, figure.member, figure.amount));
        }
        // A day that came to nothing, or is held without a version, still is a line of its own.
        if (!has_value && !is_by_dimension()) {
            const std::optional<WideDecimal> value =
                unit.version == 0 ? std::nullopt : std::optional(WideDecimal());
            return add_value(unit, "", value);
        }
        return {};
    }

    Result<void> add_value(const Publication& unit, const std::string& member,
                           const std::optional<WideDecimal>& value) {
        const std::string period = query_.by == "month" ? unit.period.month_text()
                                   : query_.by == "day" ? unit.period.text()
                                                        : "";
        const auto [found, is_new] = figures_.try_emplace({period, member});
        ReportedFigure& figure = found->second;
        if (is_new) {
            figure.period = period;
            figure.state = unit.state;
            if (is_by_dimension()) figure.dimensions[query_.by] = member;
        }
        if (value) {
            MESHLINE_ASSIGN(figure.value, figure.value.value_or(WideDecimal()).plus(*value));
        }
        if (trust_of(unit.state) < trust_of(figure.state)) figure.state = unit.state;
        figure.version = std::max(figure.version, unit.version);
        return {};
    }

    ControlStore& control_;
    MetricReport& report_;
    const ReportQuery& query_;
    std::map<std::pair<std::string, std::string>, ReportedFigure> figures_;
    std::set<std::string> others_;
    bool has_currency_ = false;
    std::optional<BusinessDate> first_;
    std::optional<BusinessDate> last_;
};

}  // namespace

Result<MetricReport> read_report(ControlStore& control, const ClientDefinition& client,
                                 const MetricDefinition& metric, const ReportQuery& query) {
    const auto& dimensions = metric.dimensions;
    const bool is_known =
        query.by == "day" || query.by == "month" ||
        std::find(dimensions.begin(), dimensions.end(), query.by) != dimensions.end();
    if (!is_known) {
        std::vector<std::string> known = dimensions;
        known.insert(known.begin(), {"day", "month"});
        return Error{.kind = ErrorKind::not_found,
                     .code = "report.unknown_dimension",
                     .message = fmt::format("metric \"{}\" has no dimension \"{}\"",
                                            metric.head.name, query.by),
                     .hint = hint_for_unknown(query.by, known)};
    }
    MetricReport report;
    report.client = &client;
    report.metric = &metric;
    if (metric.aggregate == Aggregate::sum_amount) {
        report.currency = client.currency.code();
        if (!query.currency.empty()) {
            MESHLINE_ASSIGN(const Currency currency, Currency::from_code(query.currency));
            report.currency = currency.code();
        }
    }
    ReportBuilder builder(control, report, query);
    MESHLINE_TRY(builder.build());
    if (!query.currency.empty() && builder.is_other_currency()) {
        return Error{
            .kind = ErrorKind::not_found,
            .code = "report.no_currency",
            .message = fmt::format("metric \"{}\" has no figure in {} here", metric.head.name,
                                   report.currency),
            .hint = fmt::format("There are figures in {}.", join(report.other_currencies, ", "))};
    }
    return report;
}

}  // namespace meshline
