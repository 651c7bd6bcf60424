#include "stages/normalize/worker.hpp"

#include "base/text/text.hpp"
#include "core/contract/annotation.hpp"
#include "core/contract/shown_place.hpp"
#include "core/model/reserved_source.hpp"
#include "core/records/identify.hpp"
#include "core/stage/stream_transforms.hpp"
#include "stages/normalize/identities.hpp"
#include "stages/normalize/rejected.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

/// "/line_items/3/price" and "/line_items/7/price" are one cause.
std::string without_indices(const std::string& pointer) {
    std::string path;
    for (std::size_t at = 0; at < pointer.size();) {
        const std::size_t end = std::min(pointer.find('/', at + 1), pointer.size());
        const std::string_view step = std::string_view(pointer).substr(at, end - at);
        const bool is_index =
            step.size() > 1 && step.find_first_not_of("0123456789", 1) == std::string_view::npos;
        path += is_index ? std::string_view("/*") : step;
        at = end;
    }
    return path;
}

/// The first currency that no table knows, where the record breaks its contract for nothing else.
std::optional<std::string> only_unknown_currency(const std::vector<SchemaError>& violations,
                                                 JsonValue record) {
    std::optional<std::string> first;
    for (const SchemaError& violation : violations) {
        auto code = unknown_currency(violation, record);
        if (!code) return std::nullopt;
        if (!first) first = std::move(code);
    }
    return first;
}

/// A row of a table that capture could not read is kept as its file had it: what is wrong with it
/// as JSON says nothing.
Error why_unreadable(const Event& event, const StreamDefinition& stream, const Error& as_json) {
    const bool is_row = event.verdict == Verdict::unreadable && stream.takes_columns &&
                        !event.payload.starts_with('{');
    if (!is_row) {
        return Error{.code = as_json.code,
                     .message = fmt::format("the record is not readable: {}", as_json.message)};
    }
    const bool is_text = !find_invalid_utf8(event.payload);
    return Error{.code = is_text ? "capture.unreadable_row" : "capture.invalid_utf8",
                 .message = is_text ? "the row is not readable" : "the row is not UTF-8"};
}

}  // namespace

Result<NormalizeWorker::StreamState*> NormalizeWorker::state_of(std::string_view source,
                                                                std::string_view stream) {
    const std::pair<std::string, std::string> key(source, stream);
    const auto found = streams_.find(key);
    if (found != streams_.end()) return &found->second;
    StreamState& state = streams_[key];
    state.source = client_.find(source);
    // A stream that the source no longer lists books nothing, whatever the log holds of it.
    const bool is_listed = state.source && std::ranges::find(state.source->streams, stream) !=
                                               state.source->streams.end();
    state.stream = is_listed ? state.source->pack->find(stream) : nullptr;
    if (!state.stream) return &state;
    const StreamTransforms made = transforms_of(client_, *state.source, *state.stream);
    state.read = made.read;
    state.judgement = judgement_digest(*state.stream, state.source->head.facts_digest, state.read);
    MESHLINE_ASSIGN(state.program, engine_.compile(made));
    state.missing = std::make_unique<MissingColumns>(state.read);
    state.drift =
        std::make_unique<DriftCounter>(*state.source, *state.stream, state.read, client_.calendar);
    return &state;
}

bool NormalizeWorker::breaks_contract(const Event& event, JsonValue record, StreamState& state,
                                      NormalizedBatch& out) const {
    const auto violations = state.stream->contract->judge(record, state.read);
    if (violations.empty()) return false;
    const auto place_of = [&](const SchemaError& error) {
        return without_indices(shown_place(error.instance_location,
                                           state.stream->contract->payload_type(), state.read));
    };
    const SchemaError& first = violations.front();
    const auto currency = only_unknown_currency(violations, record);
    Rejected& rejected = out.rejected.emplace_back(
        currency ? reject_currency(event, *currency)
                 : reject(event, "failed_event", "contract." + first.keyword, first.message,
                          place_of(first)));
    describe({event, &record, *state.stream, state.read, violations}, client_, rejected);
    for (const SchemaError& one : violations) {
        if (one.keyword != "enum") continue;
        state.drift->see_value(event, record, one.instance_location, place_of(one), out);
    }
    return true;
}

Result<void> NormalizeWorker::take(Event& event, StreamState& state, NormalizedBatch& out) {
    const auto parsed = document_.parse(event.payload, state.stream->duplicate_keys);
    if (!parsed.ok()) {
        const Error why = why_unreadable(event, *state.stream, parsed.error());
        out.rejected.push_back(reject(event, "failed_event", why.code, why.message));
        identify({event, nullptr, *state.stream, state.read}, out.rejected.back());
        return {};
    }
    state.drift->see_fields(event, *parsed, out);
    if (event.verdict != Verdict::kept || event.contract_digest != state.judgement) {
        if (breaks_contract(event, *parsed, state, out)) return {};
        const Identity& identity = state.stream->identity;
        for (const auto* paths : {&identity.event_id, &identity.object_id}) {
            const auto id = identity_at(*parsed, *paths, identity.empty_ids, state.read);
            if (id.ok()) continue;
            out.rejected.push_back(
                reject(event, "failed_event", id.error().code, id.error().message));
            name_days({event, &*parsed, *state.stream, state.read}, client_.calendar,
                      out.rejected.back());
            return {};
        }
        // A failed event never claimed its identity. Where revisions settle what an object is, it
        // can be taken up now; elsewhere its record may come again as an event of its own, and
        // would count twice. One that nobody could read is of no object.
        const bool is_of_an_object =
            event.verdict != Verdict::unreadable && identity.has_revisions();
        if (event.verdict != Verdict::kept && !is_of_an_object) {
            out.rejected.push_back(reject(event, "failed_event", "normalize.capture_again",
                                          "the record keeps its contract now: capture it again"));
            describe({event, &*parsed, *state.stream, state.read}, client_, out.rejected.back());
            return {};
        }
        // The log dates a failed event by its receipt: what it said was not to be relied on.
        if (event.verdict != Verdict::kept)
            event.occurred_at = occurred_at(*parsed, *state.stream, state.read, client_.calendar)
                                    .value_or(event.occurred_at);
    }
    MESHLINE_TRY(state.program->add(event, *parsed));
    state.added.emplace(event.position, &event);
    for (const std::size_t index : state.missing->find(*parsed)) {
        out.lacked.push_back({event.position, std::string(event.source), std::string(event.stream),
                              state.missing->column(index), std::string(event.object_id),
                              client_.calendar.business_on(event.occurred_at), event.received_at});
    }
    if (state.stream->identity.has_revisions()) {
        const bool was_failed = event.verdict != Verdict::kept;
        // Events of one object may have an id each.
        const bool may_replace = event.outcome == Outcome::revision || was_failed ||
                                 !state.stream->identity.object_id.empty();
        state.revised.push_back({event.position, std::string(event.source),
                                 std::string(event.stream), std::string(event.object_id),
                                 revision_of(*parsed, *state.stream, state.read, event.position),
                                 client_.calendar.business_on(event.occurred_at), event.received_at,
                                 captures_.capture_of(event.position), may_replace, was_failed});
    }
    return {};
}

Result<void> NormalizeWorker::finish(StreamState& state, NormalizedBatch& out) {
    if (state.added.empty()) return {};
    MESHLINE_ASSIGN(TransformOutput output, state.program->run());
    for (const TransformFailure& failure : output.failures) {
        const auto found = state.added.find(failure.position);
        MESHLINE_CHECK(found != state.added.end());
        out.rejected.push_back(failure.unknown_currency.empty()
                                   ? reject(*found->second, "transform_failure", failure.error.code,
                                            failure.error.message, failure.error.where.text())
                                   : reject_currency(*found->second, failure.unknown_currency));
        if (const auto parsed =
                document_.parse(found->second->payload, state.stream->duplicate_keys);
            parsed.ok()) {
            describe({*found->second, &*parsed, *state.stream, state.read}, client_,
                     out.rejected.back());
        }
        state.added.erase(found);
    }
    for (auto& rows : output.batches)
        out.rows.push_back(std::move(rows));
    for (Revised& revised : state.revised) {
        if (state.added.contains(revised.position)) out.revised.push_back(std::move(revised));
    }
    for (const auto& [position, event] : state.added) {
        DayCount& count = out.days[{std::string(event->source), std::string(event->stream),
                                    client_.calendar.business_on(event->occurred_at),
                                    event->received_at, captures_.capture_of(position)}];
        ++count.events;
        ++count.records;
    }
    state.added.clear();
    state.revised.clear();
    return {};
}

/// A capture connects the stream that it names, whether it brings a record or not: on the day it
/// came it told of nothing, as far as its opening knows.
void NormalizeWorker::take_decision(const Event& event, NormalizedBatch& out) {
    if (event.stream != captures_stream) return;
    auto connected = connected_stream(event.event_id, event.object_id);
    Position capture = 0;
    if (const Capture* opened = captures_.opened_at(event.position)) {
        connected = opened->stream;
        capture = event.position;
    }
    if (!connected) return;
    const BusinessDate day = client_.calendar.business_on(event.received_at);
    out.days.try_emplace({connected->source, connected->stream, day, event.received_at, capture});
}

Result<NormalizedBatch> NormalizeWorker::run(LogBatch& batch) {
    NormalizedBatch out;
    out.number = batch.number;
    out.last = batch.events.back().position;
    for (Event& event : batch.events) {
        out.identities.push_back(identity_hash(event));
        MESHLINE_ASSIGN(StreamState * state, state_of(event.source, event.stream));
        if (event.source == reserved_source) {
            take_decision(event, out);
        } else if (event.outcome == Outcome::conflict) {
            out.rejected.push_back(refuse(event, client_));
        } else if (!state->stream) {
            out.rejected.push_back(
                reject(event, "unknown_stream", "normalize.unknown_stream",
                       fmt::format("the workspace has no stream \"{}/{}\" for this client",
                                   event.source, event.stream)));
        } else {
            MESHLINE_TRY(take(event, *state, out));
        }
    }
    for (auto& [key, state] : streams_) {
        MESHLINE_TRY(finish(state, out));
        if (state.drift) state.drift->finish(out);
    }
    return out;
}

}  // namespace meshline
