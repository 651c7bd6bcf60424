#pragma once

#include "base/result/result.hpp"
#include "base/time/instant.hpp"
#include "core/captures/capture_history.hpp"
#include "core/control/control_store.hpp"
#include "core/eventlog/event_log.hpp"
#include "stages/capture/capture_mode.hpp"
#include "stages/capture/hashed_file.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meshline {

/// A file of the same content that a capture of the stream read before, and by the same rules.
struct KnownFile {
    std::string name;
    std::string capture;
    PositionSet events;  ///< What it brought and found.
};

/// Where a file of the same content is looked for.
enum class Within : std::uint8_t { earlier_captures, this_capture_too };

/// One capture in the making: its opening and closing events, and what lies between. The opening
/// event is written before the first record, so that a capture which finds nothing to read leaves
/// nothing behind. One that is only looked at writes neither.
class CaptureAct {
  public:
    /// Reads what was captured before. What it is given must outlive it.
    static Result<CaptureAct> prepare(EventLog& log, ControlStore& control, const ClientId& client,
                                      const StreamName& stream, const Digest& judgement, Instant at,
                                      CaptureMode mode);

    /// Writes the opening event, where that has not been done.
    Result<void> open();
    bool is_open() const { return !written_.empty(); }
    /// Notes a file that was read to its end.
    void add(CapturedFile file);
    /// Notes a file that was not, with what it brought.
    void add_unread(std::string name, const PositionSet& brought, const PositionSet& found);
    /// What it is to cover, before it is opened, and in the end what it does.
    void cover(Coverage coverage) { record_.coverage = std::move(coverage); }
    /// Writes the closing event.
    Result<void> close(const CaptureCounts& counts);

    /// How many events were found that had been taken back, and stand again by this capture.
    std::uint64_t risen() const;
    const CaptureHistory& history() const { return history_; }
    /// Whether a file of that size, or of any where it is not told, may be one that find() knows.
    bool may_know(std::optional<std::uint64_t> bytes, Within within) const;
    std::optional<KnownFile> find(const FileContent& content, Within within) const;
    const std::string& id() const { return record_.id; }
    Instant at() const { return at_; }

  private:
    CaptureAct(EventLog& log, ControlStore& control, const ClientId& client, StreamName stream,
               Instant at, CaptureMode mode)
        : log_(log),
          control_(control),
          client_(client),
          stream_(std::move(stream)),
          at_(at),
          mode_(mode) {}
    Result<void> append(std::string event_id, std::string payload);
    std::vector<const CaptureClosed*> captures_alike(Within within) const;

    EventLog& log_;
    ControlStore& control_;
    const ClientId& client_;
    StreamName stream_;
    Instant at_;
    CaptureMode mode_;
    CaptureHistory history_;
    CaptureClosed record_;
    std::vector<ReservedEvent> written_;
};

}  // namespace meshline
