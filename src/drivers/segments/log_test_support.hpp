#pragma once

#include "base/queue/turns.hpp"
#include "core/eventlog/event_log.hpp"
#include "drivers/segments/segment_log.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace meshline {

/// A folder that is gone after the test.
class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::string log() const { return path_ / "log"; }
    /// The segment files of a client, in order.
    std::vector<std::filesystem::path> segments(const std::string& client = "shop") const;

  private:
    std::filesystem::path path_;
};

/// A record with its texts, to make drafts of and to compare with what is read.
struct TestRecord {
    std::string stream = "orders";
    std::string event_id;
    std::string payload;
    bool has_revisions = true;
    std::string object_id = "object";
    std::int64_t occurred_at = 1'767'225'600'000'000;
    Verdict verdict = Verdict::kept;

    EventDraft draft() const;
};

/// A record whose payload is distinct for each number.
TestRecord numbered_record(std::uint64_t number, std::size_t payload_bytes = 60);
std::vector<TestRecord> numbered_records(std::uint64_t first, std::uint64_t count);

inline const ClientId shop("shop");

std::unique_ptr<SegmentLog> open_log(const std::string& folder, const SegmentOptions& options = {});
/// Small blocks and segments, so that few events make many of them.
SegmentOptions small_options();

std::vector<EventDraft> drafts_of(const std::vector<TestRecord>& records);
Result<std::vector<Appended>> try_append(EventLog& log, const std::vector<TestRecord>& records);
Result<std::vector<Appended>> append_in_turn(EventLog& log, const std::vector<TestRecord>& records,
                                             Turn turn);
/// As try_append(), for appends that must succeed.
std::vector<Appended> append(EventLog& log, const std::vector<TestRecord>& records);

/// What a stored event says, owning its texts.
struct StoredEvent {
    Position position = 0;
    std::string stream;
    std::string event_id;
    std::string payload;
    Outcome outcome = Outcome::added;
    friend bool operator==(const StoredEvent&, const StoredEvent&) = default;
};

Result<std::vector<StoredEvent>> try_read(EventLog& log, Position from, Position to);
std::vector<StoredEvent> read_all(EventLog& log);

/// The root of the log's events by the definition of RFC 6962, from their encoded leaves.
Digest naive_root(EventLog& log, Position position);

std::string file_bytes(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, const std::string& bytes);

}  // namespace meshline
