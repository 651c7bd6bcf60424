#pragma once

#include "core/eventlog/event_log.hpp"

#include <functional>
#include <mutex>
#include <unordered_map>

namespace meshline {

/// Stands before the log for a capture that is only looked at: says what would become of drafts,
/// also of those that others of the same files repeat, and stores none.
class PreviewLog : public EventLog {
  public:
    using Take = std::function<void(const EventDraft& draft)>;

    /// `take` is given each draft, in order, by one thread at a time.
    PreviewLog(EventLog& log, Take take) : log_(log), take_(std::move(take)) {}

    Result<std::vector<Appended>> append(const ClientId& client,
                                         std::span<const EventDraft> drafts) override;
    Result<std::vector<Appended>> append(const ClientId& client, std::span<const EventDraft> drafts,
                                         Turn turn) override;
    Result<std::vector<Appended>> look_up(const ClientId& client,
                                          std::span<const EventDraft> drafts) override {
        return log_.look_up(client, drafts);
    }
    void rest(const ClientId& client) override { log_.rest(client); }
    Result<std::unique_ptr<EventCursor>> read(const ClientId& client, Position from,
                                              Position to) override {
        return log_.read(client, from, to);
    }
    Result<LogHead> head(const ClientId& client) override { return log_.head(client); }
    Result<Digest> root_at(const ClientId& client, Position position) override {
        return log_.root_at(client, position);
    }
    Result<std::vector<ClientId>> clients() override { return log_.clients(); }
    Result<LogHead> verify(const ClientId& client, const VerifyProgress& progress) override {
        return log_.verify(client, progress);
    }

  private:
    Outcome outcome_of(const EventDraft& draft, Outcome in_log);

    EventLog& log_;
    const Take take_;
    std::mutex mutex_;
    /// What the log does not have: of each event id the payloads that came.
    std::unordered_map<std::string, std::vector<Digest>> seen_;
};

}  // namespace meshline
