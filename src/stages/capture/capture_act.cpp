#include "stages/capture/capture_act.hpp"

#include "core/model/reserved_source.hpp"
#include "core/stage/client_captures.hpp"

#include <span>
#include <utility>

namespace meshline {

Result<CaptureAct> CaptureAct::prepare(EventLog& log, ControlStore& control, const ClientId& client,
                                       const StreamName& stream, const Digest& judgement,
                                       Instant at, CaptureMode mode) {
    CaptureAct act(log, control, client, stream, at, mode);
    MESHLINE_ASSIGN(const LogHead head, log.head(client));
    MESHLINE_ASSIGN(act.history_, captures_of(log, control, client, head));
    act.record_.id = capture_id(client, head.position, head.root, stream);
    act.record_.judgement = judgement;
    return act;
}

Result<void> CaptureAct::append(std::string event_id, std::string payload) {
    const std::string object_id = stream_.source + "/" + stream_.stream;
    const EventDraft draft{.source = reserved_source,
                           .stream = captures_stream,
                           .event_id = event_id,
                           .object_id = object_id,
                           .occurred_at = at_,
                           .received_at = at_,
                           .contract_digest = {},
                           .payload = payload};
    MESHLINE_ASSIGN(const auto appended, log_.append(client_, std::span(&draft, 1)));
    written_.push_back({appended.front().position, std::string(captures_stream),
                        std::move(event_id), at_, std::move(payload)});
    return {};
}

Result<void> CaptureAct::open() {
    if (!written_.empty() || mode_ == CaptureMode::preview) return {};
    return append(opening_event_id(record_.id),
                  encode(CaptureOpened{record_.id, stream_, record_.coverage}));
}

void CaptureAct::add(CapturedFile file) {
    record_.brought.add(file.brought);
    record_.found.add(file.found);
    record_.files.push_back(std::move(file));
}

void CaptureAct::add_unread(std::string name, const PositionSet& brought,
                            const PositionSet& found) {
    record_.brought.add(brought);
    record_.found.add(found);
    record_.unread.push_back(std::move(name));
}

Result<void> CaptureAct::close(const CaptureCounts& counts) {
    MESHLINE_TRY(open());
    record_.counts = counts;
    // What the capture brought itself it does not have to find: a record may be there twice.
    record_.found = record_.found.without(record_.brought);
    if (mode_ == CaptureMode::preview) return {};
    MESHLINE_TRY(append(closing_event_id(record_.id), encode(record_)));
    MESHLINE_ASSIGN(const LogHead head, log_.head(client_));
    return control_.keep_reserved_events(client_, {head.position, head.root, std::move(written_)},
                                         false);
}

std::uint64_t CaptureAct::risen() const {
    return record_.found.common_with(history_.fallen()).size();
}

/// Those of the stream that cut, identified and judged its records as this one does.
std::vector<const CaptureClosed*> CaptureAct::captures_alike(Within within) const {
    std::vector<const CaptureClosed*> alike;
    for (const Capture& capture : history_.captures()) {
        const bool is_alike = capture.closed && capture.stream.source == stream_.source &&
                              capture.stream.stream == stream_.stream &&
                              capture.record.judgement == record_.judgement;
        if (is_alike) alike.push_back(&capture.record);
    }
    if (within == Within::this_capture_too) alike.push_back(&record_);
    return alike;
}

bool CaptureAct::may_know(std::optional<std::uint64_t> bytes, Within within) const {
    for (const CaptureClosed* record : captures_alike(within)) {
        for (const CapturedFile& file : record->files) {
            if (!bytes || file.bytes == *bytes) return true;
        }
    }
    return false;
}

std::optional<KnownFile> CaptureAct::find(const FileContent& content, Within within) const {
    for (const CaptureClosed* record : captures_alike(within)) {
        for (const CapturedFile& file : record->files) {
            if (file.bytes != content.bytes || file.digest != content.digest) continue;
            KnownFile known{file.name, record->id, file.brought};
            known.events.add(file.found);
            return known;
        }
    }
    return std::nullopt;
}

}  // namespace meshline
