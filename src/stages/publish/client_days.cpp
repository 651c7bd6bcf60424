#include "stages/publish/client_days.hpp"

#include "core/captures/capture_history.hpp"
#include "core/stage/as_of.hpp"
#include "core/stage/client_captures.hpp"
#include "core/stage/plausible_days.hpp"
#include "core/workspace/stream_books.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

bool counts(const MetricDefinition& metric, const EntryOrigin& origin) {
    return origin.book == name_of(metric.book) &&
           std::ranges::find(metric.entries, origin.entry_type) != metric.entries.end();
}

using Days = std::pair<BusinessDate, BusinessDate>;

/// The business days that lie within the coverage as a whole, and were over when it was given.
std::optional<Days> days_within(const Coverage& coverage, Instant said_at,
                                const BusinessCalendar& calendar) {
    const Instant until = std::min(coverage.ends_at, said_at);
    Days days{calendar.business_on(coverage.starts_at), calendar.business_on(until)};
    if (calendar.start_of(days.first) < coverage.starts_at) ++days.first.days;
    // The day that `until` is of has not ended by then.
    --days.second.days;
    return days.first <= days.second ? std::optional(days) : std::nullopt;
}

std::vector<Days> covered_days(const CaptureHistory& captures, const StreamReach& reach,
                               const BusinessCalendar& calendar) {
    std::vector<Days> covered;
    for (const Capture& capture : captures.captures()) {
        const auto& coverage = capture.record.coverage;
        const bool is_said = coverage && coverage->holds() && coverage->scope_column.empty() &&
                             !capture.is_retracted && capture.stream.source == reach.source &&
                             capture.stream.stream == reach.stream;
        if (!is_said) continue;
        if (const auto days = days_within(*coverage, capture.opened_at, calendar))
            covered.push_back(*days);
    }
    return covered;
}

}  // namespace

bool Feed::covers(BusinessDate day) const {
    return std::ranges::any_of(
        covered, [&](const Days& days) { return days.first <= day && day <= days.second; });
}

std::optional<BusinessDate> Feed::first_known() const {
    std::optional<BusinessDate> first = first_on;
    for (const auto& [from, to] : covered)
        first = std::min(first.value_or(from), from);
    return first;
}

Result<ClientDays> ClientDays::read(StageContext& context) {
    ClientDays days;
    MESHLINE_ASSIGN(days.today_, as_of(context));
    days.closed_ = context.client.closed;
    days.is_first_stated_ = context.client.starts_on.has_value();
    if (days.is_first_stated_) {
        days.first_ = context.client.starts_on;
    } else {
        MESHLINE_ASSIGN(days.first_,
                        first_entry_day(context, earliest_day(context.client, days.today_)));
    }
    MESHLINE_ASSIGN(days.origins_, entry_origins(context));
    MESHLINE_ASSIGN(auto reaches, stream_reaches(context));
    MESHLINE_ASSIGN(const CaptureHistory captures,
                    captures_of(context.log, context.control, context.client.id, context.head));
    for (StreamReach& reach : reaches) {
        auto covered = covered_days(captures, reach, context.client.calendar);
        auto books = stream_books(*context.client.find(reach.source), reach.stream);
        days.streams_.push_back({std::move(reach), std::move(books), std::move(covered)});
    }
    return days;
}

std::vector<Feed> ClientDays::feeds_of(const MetricDefinition& metric) const {
    std::vector<Feed> feeds;
    const auto add = [&](const Connected& stream) {
        const StreamReach& reach = stream.reach;
        feeds.push_back({reach.name(), reach.first_on, reach.last_on, stream.covered});
    };
    for (const Connected& stream : streams_) {
        const bool wrote = std::ranges::any_of(origins_, [&](const EntryOrigin& origin) {
            return counts(metric, origin) && origin.source == stream.reach.source &&
                   origin.stream == stream.reach.stream;
        });
        if (wrote) add(stream);
    }
    if (!feeds.empty()) return feeds;
    for (const Connected& stream : streams_) {
        if (stream.books.contains(metric.book)) add(stream);
    }
    return feeds;
}

std::string ClientDays::open_reason(const std::vector<Feed>& feeds, BusinessDate day) const {
    // A source that was removed or taken back leaves days behind of which nobody knows any more.
    if (feeds.empty()) return "open: no source of the client fills the metric";
    if (closed_.contains(day)) return "";
    for (const Feed& feed : feeds) {
        const bool is_passed = feed.last_on && *feed.last_on > day;
        if (!is_passed && !feed.covers(day))
            return fmt::format("open: {} has no record of a later day", feed.name);
    }
    if (is_first_stated_) return "";
    // A source that was connected later began later; before the first of them there is no word.
    const Feed& earliest = *std::ranges::min_element(feeds, {}, &Feed::first_known);
    if (earliest.first_known() <= day) return "";
    return fmt::format("open: {} has no record of this day or before", earliest.name);
}

}  // namespace meshline
