#include "core/stage/stream_doubts.hpp"

#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"
#include "core/workspace/stream_books.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

bool brings(const SourceDefinition& source, std::string_view stream_name, std::string_view into) {
    const StreamDefinition* stream = source.pack->find(stream_name);
    return stream && std::ranges::any_of(stream->transforms, [&](const PackTransform& transform) {
               return transform.into == into;
           });
}

/// Whether a touch of one of the days, which are in order, may earn an order of the moment. The
/// lookback is counted in hours: where a clock is changed it may reach a day more.
bool could_earn(const std::vector<BusinessDate>& touched, BusinessDate moment, int lookback_days) {
    const auto touch =
        std::ranges::lower_bound(touched, BusinessDate{moment.days - lookback_days - 1});
    return touch != touched.end() && *touch <= moment;
}

}  // namespace

Result<void> StreamDoubts::add(Finding& finding, const SourceDefinition* source,
                               std::string_view stream, std::vector<BusinessDate> days) {
    if (!source) return {};
    std::ranges::sort(days);
    for (const Book book : stream_books(*source, stream))
        add_doubts(finding, book, days);
    MESHLINE_ASSIGN(const bool is_linking, links_people(*source, stream));
    if (is_linking) return add_credits(finding, nullptr);
    if (brings(*source, stream, "touchpoints")) return add_credits(finding, &days);
    return {};
}

Result<void> StreamDoubts::add(Finding& finding, const SourceDefinition* source,
                               std::string_view stream, BusinessDate from, BusinessDate to) {
    std::vector<BusinessDate> days;
    for (BusinessDate day = from; day <= to; ++day.days)
        days.push_back(day);
    return add(finding, source, stream, std::move(days));
}

/// Those of all orders where `touched` is null.
Result<void> StreamDoubts::add_credits(Finding& finding, const std::vector<BusinessDate>* touched) {
    if (!models_) MESHLINE_TRY(read_models());
    for (const auto& [model, orders] : *models_) {
        std::vector<BusinessDate> days;
        for (const auto& [moment, booked] : orders) {
            if (!touched || could_earn(*touched, moment, model->lookback_days))
                days.insert(days.end(), booked.begin(), booked.end());
        }
        add_doubts(finding, credits_of(model->head.name), std::move(days));
    }
    return {};
}

Result<void> StreamDoubts::read_models() {
    models_.emplace();
    for (const AttributionDefinition& model : context_.workspace.attributions) {
        const bool is_used = std::ranges::any_of(
            context_.workspace.metrics,
            [&](const MetricDefinition& metric) { return metric.attribution == model.head.name; });
        if (!is_used) continue;
        MESHLINE_ASSIGN(OrderDays orders, read_order_days(model));
        models_->push_back({&model, std::move(orders)});
    }
    return {};
}

Result<StreamDoubts::OrderDays> StreamDoubts::read_order_days(
    const AttributionDefinition& model) const {
    // Grain: the day of an order's moment and a day on which an order of that moment has entries.
    MESHLINE_ASSIGN(
        const Rows rows,
        context_.warehouse.query(fmt::format(
            "with orders as (select order_ref, min(business_on) as moment_on from entries"
            "  where client_id = {0} and book = {1} and entry_type in ({2}) and sign = 1"
            "   and order_ref is not null"
            "   and position not in (select position from supersessions where client_id = {0})"
            "  group by order_ref)"
            " select distinct moment_on, e.business_on from orders"
            " join (select order_ref, business_on from entries where client_id = {0}) e"
            " using (order_ref)",
            quote_literal(context_.client.id.text()), quote_literal(name_of(model.book)),
            literal_list(model.entries))));
    OrderDays orders;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(const BusinessDate moment, BusinessDate::parse(rows.text(row, 0)));
        MESHLINE_ASSIGN(const BusinessDate day, BusinessDate::parse(rows.text(row, 1)));
        orders[moment].insert(day);
    }
    return orders;
}

/// A transform's records may be of any type: whom they are about is known from those that came.
Result<bool> StreamDoubts::links_people(const SourceDefinition& source, std::string_view stream) {
    if (!brings(source, stream, "records")) return false;
    if (!linking_) {
        MESHLINE_ASSIGN(const Rows rows, context_.warehouse.query(fmt::format(
                                             "select distinct source || '/' || stream from records"
                                             " where client_id = {} and record_type in"
                                             "  ('contact', 'customer')",
                                             quote_literal(context_.client.id.text()))));
        linking_.emplace();
        for (std::size_t row = 0; row < rows.rows.size(); ++row)
            linking_->emplace(rows.text(row, 0));
    }
    return linking_->contains(fmt::format("{}/{}", source.head.name, stream));
}

}  // namespace meshline
