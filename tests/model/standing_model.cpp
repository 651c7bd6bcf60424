#include "model/standing_model.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace meshline {
namespace {

std::vector<ModelEntry> entries_of(const Fact& fact) {
    const int day = berlin_day(fact.minute);
    if (fact.stream == "orders") {
        std::vector<ModelEntry> entries = {
            {"gross_sale", &fact, fact.cents, fact.quantity, day, fact.cents > 50'000}};
        if (fact.discount_cents != 0)
            entries.push_back({"discount", &fact, -fact.discount_cents, 0, day});
        return entries;
    }
    if (fact.stream == "returns") return {{"return", &fact, -fact.cents, -fact.quantity, day}};
    if (fact.stream == "charges") return {{"charge", &fact, fact.cents, 0, day}};
    if (fact.stream == "payouts") return {{"bank_credit", &fact, fact.cents, 0, day}};
    return {};
}

}  // namespace

int berlin_day(int minute) {
    return (minute + 60) / (24 * 60) + 1;
}

bool StandingModel::keeps_contract(const Fact& fact) const {
    return fact.note.size() <= note_length_;
}

void StandingModel::capture(const Act& act, const std::vector<Fact>& facts) {
    Capture& capture = captures_.emplace_back();
    capture.stream = act.stream;
    capture.day = act.day;
    capture.opened = ++position_;
    for (const std::size_t place : act.facts) {
        const Fact& fact = facts[place];
        // The same record again adds nothing. One that failed claims no id: when it comes again
        // and keeps the contract, it is another.
        const bool is_kept = keeps_contract(fact);
        const auto known = std::ranges::find_if(events_, [&](const Event& one) {
            return one.fact->json() == fact.json() && one.fact->stream == fact.stream &&
                   one.was_kept == is_kept;
        });
        if (known != events_.end()) {
            const auto at = static_cast<std::size_t>(known - events_.begin());
            if (!capture.brought.contains(at)) capture.found.insert(at);
            continue;
        }
        capture.brought.insert(events_.size());
        events_.push_back({&fact, ++position_, is_kept});
    }
    ++position_;
}

void StandingModel::retract(std::size_t capture) {
    captures_[capture].is_retracted = true;
    ++position_;
}

void StandingModel::widen() {
    note_length_ = note_length_max_widened;
}

const StandingModel::Capture* StandingModel::stands_by(std::size_t event) const {
    for (const Capture& capture : captures_) {
        const bool has_event = capture.brought.contains(event) || capture.found.contains(event);
        if (has_event && !capture.is_retracted) return &capture;
    }
    return nullptr;
}

bool StandingModel::is_accepted(std::size_t event) const {
    const Event& one = events_[event];
    if (!stands_by(event) || !keeps_contract(*one.fact)) return false;
    if (has_revisions(one.fact->stream)) return true;
    // A record that failed comes in when it is captured again.
    if (!one.was_kept) return false;
    // Since when it stands: its own place in the log, or the opening of the capture that found it.
    const auto since = [&](std::size_t other) {
        const Capture& capture = *stands_by(other);
        const std::size_t position = events_[other].position;
        return std::pair(capture.brought.contains(other) ? position : capture.opened, position);
    };
    for (std::size_t other = 0; other < events_.size(); ++other) {
        const Event& rival = events_[other];
        const bool is_rival = rival.fact->stream == one.fact->stream &&
                              rival.fact->id == one.fact->id && rival.was_kept && stands_by(other);
        if (is_rival && since(other) < since(event)) return false;
    }
    return true;
}

std::vector<std::size_t> StandingModel::accepted(const std::string& stream) const {
    std::vector<std::size_t> events;
    for (std::size_t event = 0; event < events_.size(); ++event) {
        if (events_[event].fact->stream == stream && is_accepted(event)) events.push_back(event);
    }
    return events;
}

std::vector<std::size_t> StandingModel::states(const std::string& stream) const {
    std::map<int, std::size_t> state_of_id;
    for (const std::size_t event : accepted(stream)) {
        const Fact& fact = *events_[event].fact;
        const auto [state, is_first] = state_of_id.emplace(fact.id, event);
        if (!is_first && fact.revision > events_[state->second].fact->revision)
            state->second = event;
    }
    std::vector<std::size_t> events;
    for (const auto& [id, event] : state_of_id)
        events.push_back(event);
    return events;
}

std::vector<ModelEntry> StandingModel::entries() const {
    std::vector<ModelEntry> entries;
    for (const char* stream : {"orders", "returns", "charges", "payouts"}) {
        for (const std::size_t event : states(stream)) {
            for (ModelEntry& entry : entries_of(*events_[event].fact))
                entries.push_back(std::move(entry));
        }
    }
    return entries;
}

std::vector<ModelSignal> StandingModel::signals(const std::string& stream) const {
    std::vector<ModelSignal> signals;
    for (const std::size_t event : states(stream))
        signals.push_back({events_[event].fact, events_[event].position});
    return signals;
}

std::optional<int> StandingModel::today() const {
    std::optional<int> today;
    for (const Capture& capture : captures_) {
        if (!capture.is_retracted) today = std::max(today, std::optional(capture.day));
    }
    return today;
}

bool StandingModel::is_connected(const std::string& stream) const {
    return std::ranges::any_of(captures_, [&](const Capture& capture) {
        return capture.stream == stream && !capture.is_retracted;
    });
}

bool StandingModel::wrote(const std::string& stream, const std::string& type) const {
    return std::ranges::any_of(accepted(stream), [&](std::size_t event) {
        return std::ranges::any_of(entries_of(*events_[event].fact),
                                   [&](const ModelEntry& entry) { return entry.type == type; });
    });
}

ModelReach StandingModel::reach(const std::string& stream) const {
    ModelReach reach;
    for (const std::size_t event : accepted(stream)) {
        const int day = berlin_day(events_[event].fact->minute);
        if (day <= *today()) reach.last_day = std::max(reach.last_day, std::optional(day));
        reach.last_receipt = std::max(reach.last_receipt, std::optional(stands_by(event)->day));
    }
    return reach;
}

}  // namespace meshline
