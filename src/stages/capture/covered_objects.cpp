#include "stages/capture/covered_objects.hpp"

#include "core/records/identify.hpp"

#include <algorithm>
#include <utility>

namespace meshline {
namespace {

/// The source's days are those of its zone, from midnight on.
BusinessCalendar calendar_of(const ReadOptions& read, const ClientDefinition& client) {
    return {read.zone ? *read.zone : client.calendar.zone(), 0};
}

}  // namespace

CoveredObjects::CoveredObjects(const CoverageRequest& request, const ClientDefinition& client,
                               const SourceDefinition& source, const StreamDefinition& stream)
    : request_(request),
      client_(client),
      source_(source),
      stream_(stream),
      read_(source.read.at(stream.name)) {
    const BusinessCalendar calendar = calendar_of(read_, client_);
    starts_at_ = calendar.start_of(request.from);
    ends_at_ = calendar.start_of({request.to.days + 1});
}

void CoveredObjects::note(const PreparedBatch& batch) {
    for (const EventDraft& draft : batch.drafts)
        brought_.emplace(draft.object_id);
    has_unreadable_ = has_unreadable_ || batch.has_unknown_object;
}

template <class Take>
Result<void> CoveredObjects::read_stream(EventLog& log, const LogHead& head, Take take) const {
    MESHLINE_ASSIGN(const auto cursor, log.read(client_.id, 1, head.position));
    Event event;
    while (true) {
        MESHLINE_ASSIGN(const bool has_more, cursor->next(event));
        if (!has_more) return {};
        const bool is_of_stream = event.source == source_.head.name && event.stream == stream_.name;
        // A failed event moves no figure, and says of no day when it happened.
        if (is_of_stream && event.verdict == Verdict::kept) take(event);
    }
}

bool CoveredObjects::is_inside(const Event& event, JsonDocument& document) const {
    if (event.occurred_at < starts_at_ || event.occurred_at >= ends_at_) return false;
    if (request_.scope_column.empty()) return true;
    const auto record = document.parse(event.payload, stream_.duplicate_keys);
    if (!record.ok() || !record->is(JsonType::object)) return false;
    const auto value = record->find(request_.scope_column);
    return value && !value->is(JsonType::object) && !value->is(JsonType::array) &&
           value->text() == request_.scope_value;
}

std::string CoveredObjects::revision(const Event& event, JsonDocument& document) const {
    const auto record = document.parse(event.payload, stream_.duplicate_keys);
    if (!record.ok()) return {};
    return revision_of(*record, stream_, read_, event.position);
}

Result<CoveredObjects::Missing> CoveredObjects::find_missing(EventLog& log, const LogHead& head,
                                                             const CaptureHistory& history,
                                                             Coverage& coverage) const {
    Missing missing;
    std::unordered_set<std::string> there;
    std::unordered_set<std::string> lost;
    JsonDocument document;
    MESHLINE_TRY(read_stream(log, head, [&](const Event& event) {
        if (!is_inside(event, document)) return;
        std::string object(event.object_id);
        const bool is_standing = history.standing_at(event.position) != nullptr;
        const bool is_missing = !brought_.contains(object);
        if (is_standing) there.insert(object);
        if (is_standing && is_missing) lost.insert(object);
        if (!is_missing) return;
        coverage.taken.add(event.position);
        Inside inside{event.position, {}};
        if (stream_.identity.has_revisions()) inside.revision = revision(event, document);
        missing[std::move(object)].push_back(std::move(inside));
    }));
    coverage.objects = static_cast<std::int64_t>(there.size());
    coverage.missing = static_cast<std::int64_t>(lost.size());
    return missing;
}

/// What an object was before its state inside goes with that state: else it would come to count
/// again, on a day that the source has corrected.
Result<void> CoveredObjects::take_earlier(EventLog& log, const LogHead& head,
                                          const Missing& missing, Coverage& coverage) const {
    JsonDocument document;
    std::map<std::string, TakenWith> by_cause;
    MESHLINE_TRY(read_stream(log, head, [&](const Event& event) {
        const auto found = missing.find(std::string(event.object_id));
        if (found == missing.end() || coverage.taken.contains(event.position)) return;
        const std::string own = revision(event, document);
        PositionSet by;
        for (const Inside& inside : found->second) {
            if (inside.revision > own) by.add(inside.position);
        }
        if (by.is_empty()) return;
        TakenWith& one = by_cause[by.text()];
        one.by = std::move(by);
        one.taken.add(event.position);
    }));
    for (auto& [cause, one] : by_cause)
        coverage.taken_with.push_back(std::move(one));
    return {};
}

bool CoveredObjects::is_accepted(const Coverage& coverage) const {
    if (request_.is_any_loss_accepted) return true;
    return request_.accepts_loss && request_.accepts_loss(coverage);
}

Coverage CoveredObjects::announced() const {
    return {.from = request_.from,
            .to = request_.to,
            .starts_at = starts_at_,
            .ends_at = ends_at_,
            .scope_column = request_.scope_column,
            .scope_value = request_.scope_value,
            .voided_by = void_unfinished};
}

Result<Coverage> CoveredObjects::decide(EventLog& log, const LogHead& head,
                                        const CaptureHistory& history, bool is_all_read) const {
    Coverage coverage = announced();
    coverage.voided_by = {};
    MESHLINE_ASSIGN(const Missing missing, find_missing(log, head, history, coverage));
    const bool is_large = coverage.missing * 100 > coverage.objects * missing_percent_max;
    if (!is_all_read) {
        coverage.voided_by = void_unread;
    } else if (has_unreadable_) {
        coverage.voided_by = void_unreadable;
    } else if (is_large && !is_accepted(coverage)) {
        coverage.voided_by = void_too_many;
    }
    if (!coverage.holds()) {
        coverage.taken = {};
    } else if (!missing.empty() && stream_.identity.has_revisions()) {
        MESHLINE_TRY(take_earlier(log, head, missing, coverage));
    }
    return coverage;
}

}  // namespace meshline
