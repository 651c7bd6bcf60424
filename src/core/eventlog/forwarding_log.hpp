#pragma once

#include "core/eventlog/event_log.hpp"

#include <utility>

namespace meshline {

/// Hands every call on to another log, which must outlive it: for those that do one thing
/// otherwise.
class ForwardingLog : public EventLog {
  public:
    explicit ForwardingLog(EventLog& log) : log_(log) {}

    Result<std::vector<Appended>> append(const ClientId& client,
                                         std::span<const EventDraft> drafts) override {
        return log_.append(client, drafts);
    }
    Result<std::vector<Appended>> append(const ClientId& client, std::span<const EventDraft> drafts,
                                         Turn turn) override {
        return log_.append(client, drafts, std::move(turn));
    }
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
    EventLog& log_;
};

}  // namespace meshline
