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

}  // namespace

Result<FormerIdentities> FormerIdentities::note(EventLog& log, ControlStore& control,
                                                const ClientDefinition& client,
                                                const SourceDefinition& source,
                                                const StreamDefinition& stream,
                                                const PositionSet& fallen, CaptureMode mode) {
    const StreamName name{source.head.name, stream.name};
    const std::string identity = stream.identity.text();
    MESHLINE_ASSIGN(const auto noted, control.captured_identities(client.id, name));
    if (noted.size() == 1 && noted.front() == identity) return FormerIdentities();
    MESHLINE_ASSIGN(FormerIdentities former, read(log, client, source, stream, fallen));
    if (mode == CaptureMode::preview) return former;
    // Of what was captured before identities were noted the log alone tells.
    if (noted.empty() && !former.is_empty())
        MESHLINE_TRY(control.note_captured_identity(client.id, name, ""));
    MESHLINE_TRY(control.note_captured_identity(client.id, name, identity));
    return former;
}

Result<FormerIdentities> FormerIdentities::read(EventLog& log, const ClientDefinition& client,
                                                const SourceDefinition& source,
                                                const StreamDefinition& stream,
                                                const PositionSet& fallen) {
    FormerIdentities former;
    const IdentityRule rule = stream.identity.rule;
    const ReadOptions& options = source.read.at(stream.name);
    std::map<std::string, RowIdentities> rows;
    std::unordered_set<std::string> present;
    JsonDocument document;
    MESHLINE_ASSIGN(const LogHead head, log.head(client.id));
    MESHLINE_ASSIGN(const auto cursor, log.read(client.id, 1, head.position));
    Event event;
    while (true) {
        MESHLINE_ASSIGN(const bool has_more, cursor->next(event));
        if (!has_more) break;
        const bool is_of_stream = event.source == source.head.name && event.stream == stream.name;
        // A failed event claims no identity.
        if (!is_of_stream || event.verdict != Verdict::kept) continue;
        if (is_by_rule(event, rule) || fallen.contains(event.position)) continue;
        const EventIds ids{std::string(event.event_id), std::string(event.object_id)};
        if (rule == IdentityRule::fields) {
            const auto record = document.parse(event.payload, stream.duplicate_keys);
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
    return former;
}

const EventIds* FormerIdentities::find(const std::string& row, const std::string& event_id) const {
    if (const auto found = by_row_.find(row); found != by_row_.end()) return &found->second;
    const auto found = by_fields_.find(event_id);
    return found == by_fields_.end() ? nullptr : &found->second;
}

}  // namespace meshline
