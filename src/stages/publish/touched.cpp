#include "stages/publish/touched.hpp"

#include "base/text/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
Result<const std::vector<TouchedDays::EntryDay>*> TouchedDays::entry_days(Position since) {
    const auto found = entry_days_.find(since);
    if (found != entry_days_.end()) return &found->second;
    MESHLINE_ASSIGN(
        const Rows rows,
        context_.warehouse.query(fmt::format(
            "select distinct book, entry_type, business_on from entries where client_id = {}"
            " and position > {} and position <= {}",
            quote_literal(context_.client.id.text()), since, context_.head.position)));
    std::vector<EntryDay>& days = entry_days_[since];
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(const BusinessDate day, BusinessDate::parse(rows.text(row, 2)));
        days.push_back({std::string(rows.text(row, 0)), std::string(rows.text(row, 1)), day});
    }
    return &days;
}

Result<const std::vector<TouchedDays::ChangedDay>*> TouchedDays::changed_days() {
    if (changed_days_) return &*changed_days_;
    MESHLINE_ASSIGN(
        const Rows rows,
        context_.warehouse.query(fmt::format(
            "select distinct reason, business_on from touched_days where client_id = {}",
            quote_literal(context_.client.id.text()))));
    changed_days_.emplace();
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        MESHLINE_ASSIGN(const BusinessDate day, BusinessDate::parse(rows.text(row, 1)));
        changed_days_->push_back({std::string(rows.text(row, 0)), day});
    }
    return &*changed_days_;
}

Result<std::set<BusinessDate>> TouchedDays::of_entries(const MetricDefinition& metric,
                                                       Position since) {
    MESHLINE_ASSIGN(const auto* const moved, entry_days(since));
    std::set<BusinessDate> days;
    for (const EntryDay& one : *moved) {
        const bool is_of_metric =
            one.book == name_of(metric.book) &&
            std::ranges::find(metric.entries, one.entry_type) != metric.entries.end();
        if (is_of_metric) days.insert(one.day);
    }
    return days;
}

Result<std::set<BusinessDate>> TouchedDays::of_changes(const MetricDefinition& metric) {
    MESHLINE_ASSIGN(const auto* const changed, changed_days());
    std::set<BusinessDate> days;
    for (const ChangedDay& one : *changed) {
        // Credits of another model, or of any where the metric has none, move nothing of it.
        const bool is_other_model = one.reason.starts_with("credits of ") &&
                                    one.reason != "credits of " + metric.attribution;
        if (!is_other_model) days.insert(one.day);
    }
    return days;
}

bool is_part(const StageContext& context) {
    return context.from || context.to;
}

bool is_in_run(const StageContext& context, BusinessDate day) {
    return (!context.from || *context.from <= day) && (!context.to || day <= *context.to);
}

Result<void> clear_touched_days(StageContext& context) {
    return context.warehouse.execute("delete from touched_days where client_id = " +
                                     quote_literal(context.client.id.text()));
}

}  // namespace meshline
