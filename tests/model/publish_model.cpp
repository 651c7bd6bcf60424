#include "model/publish_model.hpp"

#include "base/money/decimal.hpp"
#include "base/time/civil.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <set>
#include <vector>

namespace meshline {
namespace {

constexpr int settle_days = 2;
constexpr int hold_cents_min = -30'000;

/// Periods that hold the days of March 2026, by their first and last day in days of March: the
/// 1st is a Sunday.
struct Period {
    const char* grain;
    int first;
    int last;
};
constexpr int forever = std::numeric_limits<int>::max();
constexpr Period periods[] = {
    {"week", -5, 1},           {"week", 2, 8},       {"week", 9, 15},
    {"week", 16, 22},          {"week", 23, 29},     {"week", 30, 36},
    {"month", 1, 31},          {"quarter", -58, 31}, {"year", -58, 306},
    {"all", -20'512, forever},
};

std::string date_text(int day_of_march) {
    return BusinessDate{BusinessDate::parse("2026-03-01")->days + day_of_march - 1}.text();
}

/// The days that the check of returns stops: from the first failing one to the last.
std::optional<std::pair<int, int>> held_days(const std::vector<ModelEntry>& entries) {
    std::optional<std::pair<int, int>> held;
    for (const ModelEntry& entry : entries) {
        if (entry.type != "return" || entry.cents >= hold_cents_min) continue;
        if (!held) held = {entry.day, entry.day};
        held = {std::min(held->first, entry.day), std::max(held->second, entry.day)};
    }
    return held;
}

/// The streams that bring the metric's entries; while none did, those that could.
std::vector<std::string> feeds_of(const ModelMetric& metric, const StandingModel& standing) {
    std::vector<std::string> feeds;
    for (const std::string& stream : metric.streams) {
        const bool wrote = std::ranges::any_of(
            metric.types, [&](const std::string& type) { return standing.wrote(stream, type); });
        if (wrote) feeds.push_back(stream);
    }
    if (!feeds.empty()) return feeds;
    for (const std::string& stream : metric.streams) {
        if (standing.is_connected(stream)) feeds.push_back(stream);
    }
    return feeds;
}

/// What there is none of is 0; of parts, where the other has any at all.
bool say_otherwise(const ModelFigures& before, const ModelFigures& now) {
    const auto differs = [](const ModelFigures& one, const ModelFigures& other) {
        return std::ranges::any_of(one, [&](const auto& figure) {
            const bool is_total = figure.first.ends_with("||");
            if (!is_total && other.empty()) return false;
            const auto found = other.find(figure.first);
            return figure.second != (found == other.end() ? 0 : found->second);
        });
    };
    return differs(before, now) || differs(now, before);
}

}  // namespace

/// One metric in one run.
class PublishModel::Run {
  public:
    Run(PublishModel& published, const StandingModel& standing, const Act& act,
        const ModelMetric& metric)
        : published_(published),
          standing_(standing),
          act_(act),
          metric_(metric),
          entries_(standing.entries()),
          credits_(credits_of(standing)),
          feeds_(feeds_of(metric, standing)),
          held_(held_days(entries_)),
          today_(standing.today().value_or(0)) {}

    void publish() {
        for (const int day : days())
            publish_day(day);
        if (metric_.kind != ModelMetric::Kind::distinct) return;
        for (const Period& period : periods)
            publish_period(period);
    }

  private:
    bool has_unit(int day) const { return published_.units_.contains({metric_.name, "day", day}); }

    ModelFigures figures(int first, int last) const {
        return figures_of(metric_, entries_, credits_, first, last);
    }

    /// Those that have a figure or had one, and from the client's first day to today every one.
    std::set<int> days() const {
        std::set<int> days;
        for (const auto& [key, unit] : published_.units_) {
            if (key.metric == metric_.name && key.grain == "day") days.insert(key.first);
        }
        for (const ModelEntry& entry : entries_) {
            if (metric_.is_of(entry)) days.insert(entry.day);
        }
        for (int day = 1; !feeds_.empty() && day <= today_; ++day)
            days.insert(day);
        return days;
    }

    /// Every stream must have told of a later day before an empty one is believed.
    bool is_open(int day) const {
        return feeds_.empty() || std::ranges::any_of(feeds_, [&](const std::string& stream) {
                   const auto reach = standing_.reach(stream).last_day;
                   return !reach || *reach <= day;
               });
    }

    void publish_day(int day) {
        const ModelFigures of_day = figures(day, day);
        const Key key{metric_.name, "day", day};
        const bool is_no_day = of_day.empty() && (feeds_.empty() || day < 1 || day > today_);
        if (!has_unit(day) && is_no_day) return;
        Judgement judgement;
        judgement.is_no_day = is_no_day;
        judgement.is_held = held_ && metric_.types != std::vector<std::string>{"gross_sale"} &&
                            metric_.name != "cash" && held_->first <= day && day <= held_->second;
        judgement.is_open = !judgement.is_held && (is_no_day || (of_day.empty() && is_open(day)));
        judgement.is_certain = today_ > day + settle_days && !judgement.is_open;
        const bool is_in_part = (!act_.from || *act_.from <= day) && (!act_.to || day <= *act_.to);
        const bool was_held = has_unit(day) && published_.units_.at(key).state == "held";
        if (is_in_part || was_held) {
            published_.decide(key, of_day, judgement);
        } else {
            published_.decide_outside(key, of_day, judgement);
        }
    }

    /// The least of its days, and uncertain while it has not ended.
    void publish_period(const Period& period) {
        Judgement judgement;
        judgement.is_open = true;
        judgement.is_certain = period.last < today_;
        bool has_day = false;
        for (const auto& [key, unit] : published_.units_) {
            const bool is_within = key.metric == metric_.name && key.grain == "day" &&
                                   period.first <= key.first && key.first <= period.last;
            if (!is_within) continue;
            has_day = true;
            if (unit.state == "no day") continue;
            if (unit.state == "held") judgement.is_held = true;
            if (unit.version > 0) judgement.is_open = false;
            if (unit.state == "provisional") judgement.is_certain = false;
        }
        if (!has_day) return;
        const Key key{metric_.name, period.grain, period.first};
        const ModelFigures of_period = figures(period.first, period.last);
        if (act_.from || act_.to) {
            published_.decide_outside(key, of_period, judgement);
        } else {
            published_.decide(key, of_period, judgement);
        }
    }

    PublishModel& published_;
    const StandingModel& standing_;
    const Act& act_;
    const ModelMetric& metric_;
    const std::vector<ModelEntry> entries_;
    const std::map<std::string, ModelCredit> credits_;
    const std::vector<std::string> feeds_;
    const std::optional<std::pair<int, int>> held_;
    const int today_;
};

void PublishModel::run(const StandingModel& standing, const Act& act) {
    for (const ModelMetric& metric : model_metrics())
        Run(*this, standing, act, metric).publish();
}

void PublishModel::decide(const Key& key, const ModelFigures& figures, Judgement judgement) {
    Unit& unit = units_[key];
    if (judgement.is_held) {
        unit.state = "held";
        return;
    }
    if (judgement.is_open) {
        unit.version = 0;
        unit.figures = figures;
        unit.state = judgement.is_no_day ? "no day" : "provisional";
        return;
    }
    // What was held, or is open, has no version.
    if (unit.version == 0 || figures != unit.figures) unit.version = ++unit.last_version;
    unit.figures = figures;
    if (!judgement.is_certain) {
        unit.state = "provisional";
        return;
    }
    if (!unit.trusted) unit.trusted_state = "verified";
    if (unit.trusted && say_otherwise(*unit.trusted, figures)) unit.trusted_state = "restated";
    unit.trusted = figures;
    unit.state = unit.trusted_state;
}

void PublishModel::decide_outside(const Key& key, const ModelFigures& figures,
                                  Judgement judgement) {
    const bool has_figure = units_.contains(key) && units_[key].version > 0;
    const bool awaits_run = judgement.is_open || figures != units_[key].figures;
    if (has_figure && awaits_run) judgement.is_certain = false;
    judgement.is_open = !has_figure;
    judgement.is_no_day = judgement.is_no_day && !has_figure;
    decide(key, ModelFigures(units_[key].figures), judgement);
}

Told PublishModel::published() const {
    Told told;
    for (const auto& [key, unit] : units_) {
        if (unit.state == "no day") continue;
        std::string text = fmt::format("{} {}", unit.state, unit.version);
        for (const auto& [name, micros] : unit.figures)
            text += fmt::format(" {}={}", name, Decimal::from_micros(micros)->text());
        told[fmt::format("{} {} {}", key.metric, key.grain, date_text(key.first))] = text;
    }
    return told;
}

}  // namespace meshline
