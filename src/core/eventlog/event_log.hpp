#pragma once

#include "base/hash/digest.hpp"
#include "base/queue/turns.hpp"
#include "base/result/result.hpp"
#include "core/model/event.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace meshline {

/// What append() did with each draft, in order.
struct Appended {
    Outcome outcome = Outcome::added;
    Position position = 0;  ///< Of the stored event; for a duplicate, of the event it repeats.
};

/// The end of a client's log.
struct LogHead {
    Position position = 0;
    Digest root;
};

/// Walks events in position order. Views in the Event stay valid until the next call.
class EventCursor {
  public:
    virtual ~EventCursor() = default;
    /// False at the end of the range. Error log.corrupt names file, offset and positions.
    virtual Result<bool> next(Event& event) = 0;
};

/// Where verify() has come to, for progress.
using VerifyProgress = std::function<void(Position done, Position total)>;

/// The system of record: append-only, one partition per client, durable before it answers. Every
/// method is safe from several threads; writers of one client share one fdatasync.
class EventLog {
  public:
    virtual ~EventLog() = default;

    /// Stores the drafts in order and returns once they are durable. Identity is (source, stream,
    /// event_id), decided in position order; duplicates are not stored. All or nothing: with an
    /// error (log.disk_full, log.write_failed) none of the drafts is acknowledged, and this
    /// client's partition refuses appends until the log is opened again.
    virtual Result<std::vector<Appended>> append(const ClientId& client,
                                                 std::span<const EventDraft> drafts) = 0;
    /// The same for threads that append one input side by side: the drafts are decided, and get
    /// their positions, in the order of the turns. With an error the turn is dropped, so that
    /// nothing is stored of those after it; they get log.out_of_turn.
    virtual Result<std::vector<Appended>> append(const ClientId& client,
                                                 std::span<const EventDraft> drafts, Turn turn) = 0;

    /// What append() would do with each of the drafts, were it the only one. Stores nothing.
    virtual Result<std::vector<Appended>> look_up(const ClientId& client,
                                                  std::span<const EventDraft> drafts) = 0;

    /// Says that nothing is appended to this client for a while: the memory that only appends need
    /// is given back. Changes nothing else.
    virtual void rest(const ClientId& client) = 0;

    /// Events with from <= position <= to, clipped to what is there.
    virtual Result<std::unique_ptr<EventCursor>> read(const ClientId& client, Position from,
                                                      Position to) = 0;

    virtual Result<LogHead> head(const ClientId& client) = 0;
    /// Merkle root of the first `position` events. Error log.no_such_position.
    virtual Result<Digest> root_at(const ClientId& client, Position position) = 0;
    virtual Result<std::vector<ClientId>> clients() = 0;

    /// Reads every byte of a client's partition again: checksums, payload digests, leaves, roots.
    /// Returns the head it recomputed; error log.corrupt with the place of the first bad bytes.
    virtual Result<LogHead> verify(const ClientId& client, const VerifyProgress& progress) = 0;
};

}  // namespace meshline
