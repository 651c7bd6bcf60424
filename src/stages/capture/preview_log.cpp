#include "stages/capture/preview_log.hpp"

#include <algorithm>
#include <utility>

namespace meshline {

Result<std::vector<Appended>> PreviewLog::append(const ClientId& client,
                                                 std::span<const EventDraft> drafts) {
    const std::lock_guard lock(mutex_);
    MESHLINE_ASSIGN(const LogHead head, this->head(client));
    MESHLINE_ASSIGN(auto appended, ForwardingLog::look_up(client, drafts));
    for (std::size_t index = 0; index < drafts.size(); ++index) {
        const EventDraft& draft = drafts[index];
        take_(draft);
        if (appended[index].outcome == Outcome::duplicate) continue;
        const Digest payload = sha256(draft.payload);
        appended[index] = outcome_of(draft, appended[index], payload);
        if (appended[index].outcome == Outcome::duplicate) continue;
        // As the log would give it, but for the acts that say which capture it was.
        appended[index].position = head.position + ++seen_count_;
        seen_[std::string(draft.event_id)].push_back({payload, appended[index].position});
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

Result<std::vector<Appended>> PreviewLog::look_up(const ClientId& client,
                                                  std::span<const EventDraft> drafts) {
    const std::lock_guard lock(mutex_);
    MESHLINE_ASSIGN(auto found, ForwardingLog::look_up(client, drafts));
    for (std::size_t index = 0; index < drafts.size(); ++index) {
        if (found[index].outcome == Outcome::duplicate) continue;
        found[index] = outcome_of(drafts[index], found[index], sha256(drafts[index].payload));
    }
    return found;
}

/// Of a draft that the log does not have. One stream is captured at a time, so an event id alone
/// tells.
Appended PreviewLog::outcome_of(const EventDraft& draft, const Appended& in_log,
                                const Digest& payload) const {
    const auto seen = seen_.find(std::string(draft.event_id));
    if (seen == seen_.end()) return in_log;
    const auto same = std::ranges::find(seen->second, payload, &Seen::payload);
    if (same != seen->second.end()) return {Outcome::duplicate, same->position};
    return {draft.has_revisions ? Outcome::revision : Outcome::conflict, in_log.position};
}

}  // namespace meshline
