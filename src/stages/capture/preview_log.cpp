#include "stages/capture/preview_log.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace meshline {

Result<std::vector<Appended>> PreviewLog::append(const ClientId& client,
                                                 std::span<const EventDraft> drafts) {
    const std::lock_guard lock(mutex_);
    MESHLINE_ASSIGN(auto appended, log_.look_up(client, drafts));
    for (std::size_t index = 0; index < drafts.size(); ++index) {
        appended[index].outcome = outcome_of(drafts[index], appended[index].outcome);
        take_(drafts[index]);
    }
    return appended;
}

Result<std::vector<Appended>> PreviewLog::append(const ClientId& client,
                                                 std::span<const EventDraft> drafts, Turn turn) {
    if (!turn.wait()) {
        return Error{.code = "log.out_of_turn", .message = "a batch before this one failed"};
    }
    auto appended = append(client, drafts);
    if (appended.ok()) turn.finish();
    return appended;
}

/// One stream is captured at a time, so an event id alone tells.
Outcome PreviewLog::outcome_of(const EventDraft& draft, Outcome in_log) {
    if (in_log == Outcome::duplicate) return in_log;
    auto& payloads = seen_[std::string(draft.event_id)];
    const Digest payload = sha256(draft.payload);
    if (std::ranges::find(payloads, payload) != payloads.end()) return Outcome::duplicate;
    payloads.push_back(payload);
    if (payloads.size() == 1) return in_log;
    return draft.has_revisions ? Outcome::revision : Outcome::conflict;
}

}  // namespace meshline
