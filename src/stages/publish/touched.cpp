#include "stages/publish/touched.hpp"

#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

Result<std::set<BusinessDate>> read_days(StageContext& context, const std::string& sql) {
    MESHLINE_ASSIGN(const Rows rows, context.warehouse.query(sql));
    std::set<BusinessDate> days;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(const BusinessDate day, BusinessDate::parse(rows.text(row, 0)));
        if (context.from && day < *context.from) continue;
        if (context.to && day > *context.to) continue;
        days.insert(day);
    }
    return days;
}

std::string entry_days_sql(const StageContext& context, const MetricDefinition& metric,
                           Position since) {
    return fmt::format(
        "select business_on from entries where client_id = {} and book = {} and entry_type in ({})"
        " and position > {} and position <= {}",
        quote_literal(context.client.id.text()), quote_literal(name_of(metric.book)),
        literal_list(metric.entries), since, context.head.position);
}

}  // namespace

Result<std::set<BusinessDate>> touched_days(StageContext& context, const MetricDefinition& metric,
                                            Position since) {
    return read_days(context, fmt::format("{} union select business_on from touched_days"
                                          " where client_id = {}",
                                          entry_days_sql(context, metric, since),
                                          quote_literal(context.client.id.text())));
}

Result<std::set<BusinessDate>> all_days(StageContext& context, const MetricDefinition& metric) {
    return read_days(
        context, "select distinct business_on from (" + entry_days_sql(context, metric, 0) + ")");
}

Result<void> clear_touched_days(StageContext& context) {
    // A run over a part of the calendar leaves the other days to the next.
    std::string condition;
    if (context.from)
        condition += fmt::format(" and business_on >= date '{}'", context.from->text());
    if (context.to) condition += fmt::format(" and business_on <= date '{}'", context.to->text());
    return context.warehouse.execute(fmt::format("delete from touched_days where client_id = {}{}",
                                                 quote_literal(context.client.id.text()),
                                                 condition));
}

}  // namespace meshline
