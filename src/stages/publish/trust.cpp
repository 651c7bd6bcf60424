#include "stages/publish/trust.hpp"

#include "base/json/json.hpp"
#include "core/stage/as_of.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

std::string encode_result(const CheckResult& result) {
    JsonWriter writer;
    writer.begin_array().string(result.check).string(result.check_digest.hex());
    writer.string(result.subject).string(result.severity).boolean(result.is_passed);
    writer.integer(result.failing_rows).string(result.measured).end_array();
    return writer.take() + "\n";
}

bool is_within(const std::optional<BusinessDate>& from, const std::optional<BusinessDate>& to,
               BusinessDate day) {
    return from && to && *from <= day && day <= *to;
}

}  // namespace

Result<Trust> Trust::read(StageContext& context) {
    Trust trust;
    trust.touches_.emplace(context.workspace, context.client);
    MESHLINE_ASSIGN(trust.as_of_, meshline::as_of(context));
    trust.settle_days_ = context.client.settle_days;
    MESHLINE_ASSIGN(trust.results_, context.control.latest_check_results(context.client.id));
    ExceptionFilter filter;
    filter.client = context.client.id;
    MESHLINE_ASSIGN(trust.open_, context.control.exceptions(filter));
    // A restatement tells of a figure; it does not make one doubtful.
    std::erase_if(trust.open_, [](const ExceptionItem& item) {
        return item.finding.type == "restatement" || item.finding.severity == Severity::low;
    });
    for (std::size_t item = 0; item < trust.open_.size(); ++item) {
        for (const Doubt& doubt : trust.open_[item].finding.doubts)
            trust.doubted_[doubt.book].push_back({doubt.from, doubt.to, item});
    }
    return trust;
}

std::string Trust::checks_of(const MetricDefinition& metric) const {
    std::string text;
    for (const CheckResult& result : results_) {
        if (touches_->of_check(result.check, metric)) text += encode_result(result);
    }
    return text;
}

Trust::Judgement Trust::judge(const MetricDefinition& metric, BusinessDate day) const {
    Judgement judgement;
    judgement.is_settled = as_of_.days > day.days + settle_days_;
    for (const CheckResult& hold : results_) {
        if (hold.severity != "hold" || hold.is_passed) continue;
        // A failing check without days stops them all.
        if ((hold.from || hold.to) && !is_within(hold.from, hold.to, day)) continue;
        if (!touches_->of_check(hold.check, metric)) continue;
        judgement.is_held = true;
        judgement.reason = fmt::format("check {} failed: {}", hold.check, hold.measured);
        return judgement;
    }
    if (!judgement.is_settled) {
        judgement.reason = fmt::format("settles {} days after the day", settle_days_);
        return judgement;
    }
    const std::set<std::size_t> doubting = doubting_items(metric, day);
    if (doubting.empty()) return judgement;
    const ExceptionItem& first = open_[*doubting.begin()];
    judgement.reason =
        doubting.size() == 1
            ? fmt::format("open exception {}: {}", first.id.text(), first.finding.title)
            : fmt::format("{} open exceptions, first {}: {}", doubting.size(), first.id.text(),
                          first.finding.title);
    return judgement;
}

std::set<std::size_t> Trust::doubting_items(const MetricDefinition& metric,
                                            BusinessDate day) const {
    std::set<std::size_t> items;
    const auto look_at = [&](std::string_view book) {
        const auto doubted = doubted_.find(book);
        if (doubted == doubted_.end()) return;
        for (const Doubted& days : doubted->second) {
            if (!is_within(days.from, days.to, day)) continue;
            if (touches_->of_finding(open_[days.item].finding, metric)) items.insert(days.item);
        }
    };
    look_at(name_of(metric.book));
    if (!metric.attribution.empty()) look_at(credits_of(metric.attribution));
    return items;
}

}  // namespace meshline
