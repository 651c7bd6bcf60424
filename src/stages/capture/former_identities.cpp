#include "stages/capture/former_identities.hpp"

#include "core/records/identify.hpp"
#include "stages/capture/row_identities.hpp"

#include <map>
#include <unordered_set>

namespace meshline {
namespace {

/// The file of an identity by file and line, "orders.csv" of "orders.csv:17". Other ids have none
/// in common, or one that means nothing: equal bytes under them are then counted for themselves.
std::string file_of(std::string_view event_id) {
    return std::string(event_id.substr(0, event_id.rfind(':') + 1));
}

/// Whether an id is of the kind that the stream's records have now; of ids by fields the fields
/// say.
bool is_by_rule(const Event& event, IdentityRule rule) {
    switch (rule) {
        case IdentityRule::row:
            return event.event_id.starts_with(row_identity(event.payload_digest));
        case IdentityRule::file_line: {
            const std::size_t colon = event.event_id.rfind(':');
            return colon != std::string_view::npos && colon + 1 < event.event_id.size() &&
                   event.event_id.find_first_not_of("0123456789", colon + 1) ==
                       std::string_view::npos;
        }
        case IdentityRule::fields:
            break;
    }
    return false;
}

/// What is noted: the rule, and how it makes an id of fields.
std::string noted_text(const Identity& identity) {
    const bool is_joined = identity.event_id.size() > 1 || identity.object_id.size() > 1;
    const bool is_of_fields = identity.rule == IdentityRule::fields || !identity.object_id.empty();
    return identity.text() + (is_joined ? " joined by \"/\", one in a field is \"\\/\"" : "") +
           (is_of_fields ? ", numbers by their value" : "");
}

}  // namespace

Result<FormerIdentities> FormerIdentities::note(EventLog& log, ControlStore& control,
                                                const ClientDefinition& client,
                                                const SourceDefinition& source,
                                                const StreamDefinition& stream,
                                                const PositionSet& fallen, CaptureMode mode) {
    const StreamName name{source.head.name, stream.name};
    const std::string identity = noted_text(stream.identity);
    MESHLINE_ASSIGN(const auto noted, control.captured_identities(client.id, name));
    if (noted.size() == 1 && noted.front() == identity) return FormerIdentities();
    MESHLINE_ASSIGN(const LogHead head, log.head(client.id));
    MESHLINE_ASSIGN(const auto events, log.read(client.id, 1, head.position));
    MESHLINE_ASSIGN(FormerIdentities former, read(*events, source, stream, fallen));
    if (mode == CaptureMode::preview) return former;
    // Of what was captured before identities were noted the log alone tells.
    if (noted.empty() && !former.is_empty())
        MESHLINE_TRY(control.note_captured_identity(client.id, name, ""));
    MESHLINE_TRY(control.note_captured_identity(client.id, name, identity));
    return former;
}

Result<FormerIdentities> FormerIdentities::read(EventCursor& events, const SourceDefinition& source,
                                                const StreamDefinition& stream,
                                                const PositionSet& fallen) {
    FormerIdentities former;
    const IdentityRule rule = stream.identity.rule;
    const ReadOptions& options = source.read.at(stream.name);
    const bool needs_record = rule == IdentityRule::fields || !stream.identity.object_id.empty();
    std::map<std::string, RowIdentities> rows;
    std::unordered_set<std::string> present;
    JsonDocument document;
    Event event;
    while (true) {
        MESHLINE_ASSIGN(const bool has_more, events.next(event));
        if (!has_more) break;
        const bool is_of_stream = event.source == source.head.name && event.stream == stream.name;
        if (!is_of_stream || event.verdict == Verdict::unreadable) continue;
        if (fallen.contains(event.position)) continue;
        const auto record = needs_record ? document.parse(event.payload, stream.duplicate_keys)
                                         : Result<JsonValue>(Error{});
        if (record.ok()) former.see_object(event, *record, stream, options);
        // A failed event claims no identity.
        if (event.verdict != Verdict::kept || is_by_rule(event, rule)) continue;
        const EventIds ids{std::string(event.event_id), std::string(event.object_id)};
        if (rule == IdentityRule::fields) {
            if (!record.ok()) continue;
            const auto id =
                identity_at(*record, stream.identity.event_id, stream.identity.empty_ids, options);
            if (id.ok() && *id == ids.event_id) {
                present.insert(*id);
                continue;
            }
            if (id.ok()) former.by_fields_.try_emplace(*id, ids);
        }
        MESHLINE_ASSIGN(std::string row, rows[file_of(ids.event_id)].next(event.payload_digest));
        former.by_row_.try_emplace(std::move(row), ids);
    }
    // What came under its present identity, too, is revised by that.
    for (const std::string& id : present)
        former.by_fields_.erase(id);
    for (const std::string& id : former.present_objects_)
        former.by_object_.erase(id);
    former.present_objects_.clear();
    return former;
}

void FormerIdentities::see_object(const Event& event, JsonValue record,
                                  const StreamDefinition& stream, const ReadOptions& options) {
    const Identity& identity = stream.identity;
    const auto& paths = identity.object_id.empty() ? identity.event_id : identity.object_id;
    const auto id = identity_at(record, paths, identity.empty_ids, options);
    if (!id.ok()) return;
    if (*id == event.object_id) {
        present_objects_.insert(*id);
    } else if (earlier_identity_at(record, paths, options) == event.object_id) {
        by_object_.try_emplace(*id, event.object_id);
    }
}

const EventIds* FormerIdentities::find(const std::string& row, const std::string& event_id) const {
    if (const auto found = by_row_.find(row); found != by_row_.end()) return &found->second;
    const auto found = by_fields_.find(event_id);
    return found == by_fields_.end() ? nullptr : &found->second;
}

const std::string* FormerIdentities::find_object(const std::string& object_id) const {
    const auto found = by_object_.find(object_id);
    return found == by_object_.end() ? nullptr : &found->second;
}

}  // namespace meshline
