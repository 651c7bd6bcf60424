#pragma once

#include "core/eventlog/event_log.hpp"
#include "drivers/segments/segment_options.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace meshline {

class Partition;

/// The event log in a folder of segment files: <folder>/<client>/. The caller sees to it that no
/// other process uses the folder. A client's partition is opened, and its end repaired or refused,
/// by the first call that names it. Cursors must not outlive the log.
class SegmentLog : public EventLog {
  public:
    /// Makes the folder if it is missing, unless it is only read. Errors log.disk_full,
    /// log.write_failed.
    static Result<std::unique_ptr<SegmentLog>> open(const std::string& folder,
                                                    const SegmentOptions& options = {});
    ~SegmentLog() override;

    Result<std::vector<Appended>> append(const ClientId& client,
                                         std::span<const EventDraft> drafts) override;
    Result<std::vector<Appended>> append(const ClientId& client, std::span<const EventDraft> drafts,
                                         Turn turn) override;
    Result<std::vector<Appended>> look_up(const ClientId& client,
                                          std::span<const EventDraft> drafts) override;
    void rest(const ClientId& client) override;
    Result<std::unique_ptr<EventCursor>> read(const ClientId& client, Position from,
                                              Position to) override;
    Result<LogHead> head(const ClientId& client) override;
    Result<Digest> root_at(const ClientId& client, Position position) override;
    Result<std::vector<ClientId>> clients() override;
    Result<LogHead> verify(const ClientId& client, const VerifyProgress& progress) override;

    /// How much of a torn end was cut off when the client's partition was opened.
    Result<std::uint64_t> removed_bytes(const ClientId& client);

  private:
    struct Entry {
        std::mutex opening;
        std::unique_ptr<Partition> partition;
    };

    SegmentLog(std::string folder, const SegmentOptions& options);
    /// Opens the partition on its first use. Error log.bad_client for what is no name.
    Result<Partition*> partition(const ClientId& client);

    const std::string folder_;
    const SegmentOptions options_;
    std::mutex mutex_;
    std::map<ClientId, std::unique_ptr<Entry>> entries_;
};

}  // namespace meshline
