#include "operate/orchestrate/retract.hpp"

#include "base/hash/digest.hpp"
#include "base/text/text.hpp"
#include "core/model/reserved_source.hpp"
#include "core/stage/client_captures.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <span>

namespace meshline {
namespace {

Error unknown(const ClientId& client, std::string_view target) {
    return Error{.kind = ErrorKind::not_found,
                 .code = "retract.unknown",
                 .message = fmt::format("\"{}\" has no capture, retraction or record \"{}\"",
                                        client.text(), target),
                 .hint = fmt::format("meshline captures {} lists them.", client.text())};
}

Error already(std::string_view target) {
    return Error{.kind = ErrorKind::conflict,
                 .code = "retract.already",
                 .message = fmt::format("\"{}\" is taken back already", target),
                 .hint = "To make it stand again retract the retraction."};
}

/// Only records can be taken back one by one: acts have ids.
Result<void> check_positions(const PositionSet& positions, const std::vector<ReservedEvent>& acts,
                             Position head) {
    const Position last = positions.ranges().back().last;
    if (last > head) {
        return Error{.kind = ErrorKind::not_found,
                     .code = "retract.not_a_record",
                     .message = fmt::format("there is no event at position {}, the log ends at {}",
                                            last, head),
                     .hint = "meshline explain lists the positions behind a figure."};
    }
    for (const ReservedEvent& act : acts) {
        if (!positions.contains(act.position)) continue;
        return Error{.kind = ErrorKind::invalid,
                     .code = "retract.not_a_record",
                     .message = fmt::format("the event at position {} is no record but \"{}\"",
                                            act.position, act.event_id),
                     .hint = "Captures and retractions are taken back by their ids."};
    }
    return {};
}

Result<Retraction> read_targets(const RetractRequest& request, const CaptureHistory& history,
                                const std::vector<ReservedEvent>& acts, Position head) {
    Retraction retraction;
    retraction.reason = request.reason;
    if (request.targets.size() == 1) {
        const std::string& target = request.targets.front();
        if (const Capture* capture = history.find_capture(target)) {
            if (capture->is_retracted) return already(target);
            retraction.capture = target;
            return retraction;
        }
        if (const RetractionAct* act = history.find_retraction(target)) {
            if (act->is_retracted) return already(target);
            retraction.retraction = target;
            return retraction;
        }
    }
    for (const std::string& target : request.targets) {
        const auto positions = PositionSet::parse(target);
        if (!positions.ok() || positions->is_empty()) return unknown(request.client, target);
        retraction.positions.add(*positions);
    }
    MESHLINE_TRY(check_positions(retraction.positions, acts, head));
    if (retraction.positions.without(history.fallen()).is_empty())
        return already(retraction.positions.text());
    return retraction;
}

}  // namespace

Result<Retracted> retract(EventLog& log, ControlStore& control, const RetractRequest& request) {
    if (trim(request.reason).empty()) {
        return Error{.kind = ErrorKind::invalid,
                     .code = "retract.no_reason",
                     .message = "a retraction needs a reason",
                     .hint = "Say with --reason why it is taken back; the auditor will ask."};
    }
    MESHLINE_ASSIGN(const LogHead head, log.head(request.client));
    MESHLINE_ASSIGN(auto acts, reserved_events(log, control, request.client, head));
    MESHLINE_ASSIGN(const CaptureHistory before, CaptureHistory::of(acts, head.position));
    MESHLINE_ASSIGN(Retraction retraction, read_targets(request, before, acts, head.position));
    retraction.id = sha256(fmt::format("retraction {} {} {}", request.client.text(), head.position,
                                       head.root.hex()))
                        .brief();
    const std::string payload = encode(retraction);
    const EventDraft draft{.source = reserved_source,
                           .stream = retractions_stream,
                           .event_id = retraction.id,
                           .object_id = retraction.id,
                           .occurred_at = request.at,
                           .received_at = request.at,
                           .contract_digest = {},
                           .payload = payload};
    MESHLINE_ASSIGN(const auto appended, log.append(request.client, std::span(&draft, 1)));
    Retracted done{retraction.id, appended.front().position, 0, 0};
    acts.push_back(
        {done.position, std::string(retractions_stream), retraction.id, request.at, payload});
    MESHLINE_ASSIGN(const LogHead moved, log.head(request.client));
    MESHLINE_TRY(control.keep_reserved_events(request.client,
                                              {moved.position, moved.root, {acts.back()}}, false));
    MESHLINE_ASSIGN(const CaptureHistory after, CaptureHistory::of(acts, done.position));
    PositionSet reserved;
    for (const ReservedEvent& act : acts)
        reserved.add(act.position);
    done.fallen = after.fallen().without(before.fallen()).without(reserved).size();
    done.risen = before.fallen().without(after.fallen()).without(reserved).size();
    return done;
}

}  // namespace meshline
