#pragma once

#include "base/json/json.hpp"
#include "core/captures/position_set.hpp"
#include "core/control/control_store.hpp"
#include "core/eventlog/event_log.hpp"
#include "core/workspace/definitions.hpp"
#include "stages/capture/capture_mode.hpp"

#include <string>
#include <unordered_map>
#include <unordered_set>

namespace meshline {

/// The ids of a stored event.
struct EventIds {
    std::string event_id;
    std::string object_id;
};

/// The events of a stream that were captured when its records were told apart by another identity.
/// What is in the log keeps its ids, so a record that is one of these is known by them: it comes as
/// a duplicate, or as a revision, and never counts beside itself.
class FormerIdentities {
  public:
    /// Notes the stream's identity, where that is written, and reads the log of the client as a
    /// whole where the stream was captured with another one before, or may have been. Events that
    /// do not stand (`fallen`) hold no record: that is how what an earlier identity took for one is
    /// parted.
    static Result<FormerIdentities> note(EventLog& log, ControlStore& control,
                                         const ClientDefinition& client,
                                         const SourceDefinition& source,
                                         const StreamDefinition& stream, const PositionSet& fallen,
                                         CaptureMode mode);

    /// The same of the events that the cursor walks.
    static Result<FormerIdentities> read(EventCursor& events, const SourceDefinition& source,
                                         const StreamDefinition& stream, const PositionSet& fallen);

    bool is_empty() const { return by_row_.empty() && by_object_.empty(); }
    /// The event that is the record: the one with its bytes (`row`, an id of RowIdentities), else,
    /// where fields tell records apart, the one whose fields say the same. Null for others.
    const EventIds* find(const std::string& row, const std::string& event_id) const;
    /// By what id the log knows an object whose fields held a "/" when that was not told from one
    /// that joins them, or a number that was not written plainly. Null for others.
    const std::string* find_object(const std::string& object_id) const;

  private:
    void see_object(const Event& event, JsonValue record, const StreamDefinition& stream,
                    const ReadOptions& options);

    std::unordered_map<std::string, EventIds> by_row_;
    std::unordered_map<std::string, EventIds> by_fields_;
    std::unordered_map<std::string, std::string> by_object_;
    std::unordered_set<std::string> present_objects_;  ///< While the log is read.
};

}  // namespace meshline
