#include "stages/capture/prepare.hpp"

#include "base/hash/sha256_each.hpp"
#include "core/contract/shown_place.hpp"
#include "core/records/identify.hpp"
#include "stages/capture/row_identities.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

std::string_view keep(std::string text, PreparedBatch& out) {
    return out.texts.emplace_back(std::move(text));
}

}  // namespace

Preparer::Preparer(const PrepareOptions& options) : options_(options) {
    const auto found = options.source.read.find(options.stream.name);
    if (found != options.source.read.end()) read_ = found->second;
    blank_ = {.source = options.source.head.name,
              .stream = options.stream.name,
              .occurred_at = options.received_at,
              .received_at = options.received_at,
              .has_revisions = options.stream.identity.has_revisions(),
              .contract_digest =
                  judgement_digest(options.stream, options.source.head.facts_digest, read_)};
}

void Preparer::prepare(PreparedBatch& prepared) {
    prepared.texts.clear();
    prepared.drafts.clear();
    prepared.digests.clear();
    prepared.problems.clear();
    prepared.has_unknown_object = false;
    for (const RawRecord& record : prepared.batch.records)
        add(record, prepared);
    if (!options_.wants_digests) return;
    std::vector<std::string_view> payloads;
    payloads.reserve(prepared.drafts.size());
    for (const EventDraft& draft : prepared.drafts)
        payloads.push_back(draft.payload);
    prepared.digests = sha256_each(payloads);
}

void Preparer::add(const RawRecord& record, PreparedBatch& out) {
    EventDraft draft = blank_;
    draft.payload = out.batch.text(record);
    if (!record.problem.empty()) {
        fail(draft, record, Verdict::unreadable, record.problem, out);
    } else if (auto parsed = document_.parse(draft.payload, options_.stream.duplicate_keys);
               !parsed.ok()) {
        fail(draft, record, Verdict::unreadable,
             fmt::format("{} at byte {}", parsed.error().message, parsed.error().where.offset + 1),
             out);
    } else {
        judge(draft, record, *parsed, out);
    }
    out.drafts.push_back(draft);
}

void Preparer::judge(EventDraft& draft, const RawRecord& record, JsonValue value,
                     PreparedBatch& out) {
    const Identity& identity = options_.stream.identity;
    const auto violations = options_.stream.contract->judge(value, read_);
    auto event_id = identity.rule == IdentityRule::file_line
                        ? place_of(record)
                        : identity_at(value, identity.event_id, identity.empty_ids, read_);
    auto object_id = identity.object_id.empty()
                         ? event_id
                         : identity_at(value, identity.object_id, identity.empty_ids, read_);
    if (object_id.ok()) draft.object_id = keep(std::move(object_id).value(), out);
    if (!violations.empty()) {
        const SchemaError& first = violations.front();
        fail(draft, record, Verdict::broken,
             fmt::format("{}{}{}",
                         shown_place(first.instance_location,
                                     options_.stream.contract->payload_type(), read_),
                         first.instance_location.empty() ? "" : ": ", first.message),
             out);
    } else if (!event_id.ok() || !object_id.ok()) {
        const Error& error = event_id.ok() ? object_id.error() : event_id.error();
        fail(draft, record, Verdict::broken, error.message, out);
    } else {
        draft.event_id = keep(std::move(event_id).value(), out);
        const auto happened = occurred_at(value, options_.stream, read_, options_.client.calendar);
        if (happened) draft.occurred_at = *happened;
    }
}

/// "orders.csv:17"
std::string Preparer::place_of(const RawRecord& record) const {
    return fmt::format("{}:{}", options_.file_name, record.number);
}

/// A failed event is known by its bytes, so it never claims the identity of the good record that
/// may follow, and capturing it again changes nothing. Where no bytes are left, it is known by its
/// place.
void Preparer::fail(EventDraft& draft, const RawRecord& record, Verdict verdict,
                    const std::string& message, PreparedBatch& out) {
    draft.verdict = verdict;
    if (draft.object_id.empty()) {
        // A row is the object that it will be when its contract takes it, which heals it.
        const bool is_row =
            options_.stream.identity.rule == IdentityRule::row && verdict == Verdict::broken;
        out.has_unknown_object = out.has_unknown_object || !is_row;
        draft.object_id =
            keep(is_row ? row_identity(sha256(draft.payload)) : place_of(record), out);
    }
    const std::string_view known_by = draft.payload.empty() ? draft.object_id : draft.payload;
    draft.event_id = keep("failed/" + sha256(known_by).hex(), out);
    out.problems.push_back({options_.file_name, record.line, message, out.drafts.size()});
}

}  // namespace meshline
