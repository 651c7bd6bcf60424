#pragma once

#include "core/eventlog/forwarding_log.hpp"

#include <functional>
#include <mutex>
#include <string>
#include <unordered_map>

namespace meshline {

/// Stands before the log for a capture that is only looked at: says what would become of drafts,
/// also of those that others of the same files repeat, and stores none.
class PreviewLog : public ForwardingLog {
  public:
    using Take = std::function<void(const EventDraft& draft)>;

    /// `take` is given each draft, by one thread at a time.
    PreviewLog(EventLog& log, Take take) : ForwardingLog(log), take_(std::move(take)) {}

    Result<std::vector<Appended>> append(const ClientId& client,
                                         std::span<const EventDraft> drafts) override;
    Result<std::vector<Appended>> append(const ClientId& client, std::span<const EventDraft> drafts,
                                         Turn turn) override;
    Result<std::vector<Appended>> look_up(const ClientId& client,
                                          std::span<const EventDraft> drafts) override;

  private:
    struct Seen {
        Digest payload;
        Position position = 0;
    };
    Appended outcome_of(const EventDraft& draft, const Appended& in_log,
                        const Digest& payload) const;

    const Take take_;
    std::mutex mutex_;
    /// What the log does not have: of each event id the payloads that came.
    std::unordered_map<std::string, std::vector<Seen>> seen_;
    Position seen_count_ = 0;
};

}  // namespace meshline
