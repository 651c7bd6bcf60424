#include "stages/publish/client_days.hpp"

#include "core/stage/as_of.hpp"
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

}  // namespace

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
    for (StreamReach& reach : reaches) {
        auto books = stream_books(*context.client.find(reach.source), reach.stream);
        days.streams_.push_back({std::move(reach), std::move(books)});
    }
    return days;
}

std::vector<Feed> ClientDays::feeds_of(const MetricDefinition& metric) const {
    std::vector<Feed> feeds;
    const auto add = [&](const StreamReach& reach) {
        feeds.push_back({reach.name(), reach.first_on, reach.last_on});
    };
    for (const Connected& stream : streams_) {
        const bool wrote = std::ranges::any_of(origins_, [&](const EntryOrigin& origin) {
            return counts(metric, origin) && origin.source == stream.reach.source &&
                   origin.stream == stream.reach.stream;
        });
        if (wrote) add(stream.reach);
    }
    if (!feeds.empty()) return feeds;
    for (const Connected& stream : streams_) {
        if (stream.books.contains(metric.book)) add(stream.reach);
    }
    return feeds;
}

std::string ClientDays::open_reason(const std::vector<Feed>& feeds, BusinessDate day) const {
    // A source that was removed or taken back leaves days behind of which nobody knows any more.
    if (feeds.empty()) return "open: no source of the client fills the metric";
    if (closed_.contains(day)) return "";
    for (const Feed& feed : feeds) {
        if (!feed.last_on || *feed.last_on <= day)
            return fmt::format("open: {} has no record of a later day", feed.name);
    }
    if (is_first_stated_) return "";
    // A source that was connected later began later; before the first of them there is no word.
    const Feed& earliest = *std::ranges::min_element(feeds, {}, &Feed::first_on);
    if (*earliest.first_on <= day) return "";
    return fmt::format("open: {} has no record of this day or before", earliest.name);
}

}  // namespace meshline
