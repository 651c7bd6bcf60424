#include "stages/normalize/rejected.hpp"

#include "base/json/json_pointer.hpp"
#include "core/records/identify.hpp"
#include "core/records/named_days.hpp"
#include "core/stage/stream_transforms.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <ranges>
#include <utility>

namespace meshline {
namespace {

/// What the record's values at the paths say; nothing where there are none, or no record.
std::optional<std::string> said_at(const RejectedRecord& of, const std::vector<FieldPath>& paths) {
    if (paths.empty() || of.record == nullptr) return std::nullopt;
    auto id = identity_at(*of.record, paths, of.stream.identity.empty_ids, of.read);
    return id.ok() ? std::optional(std::move(id).value()) : std::nullopt;
}

/// The event id that the record has once its contract takes it.
std::optional<std::string> record_id_of(const RejectedRecord& of) {
    const Identity& identity = of.stream.identity;
    if (of.event.verdict == Verdict::kept) return std::string(of.event.event_id);
    if (identity.rule == IdentityRule::fields) return said_at(of, identity.event_id);
    // A failed event knows its place, or its row, as its object where the stream names no other.
    if (!identity.object_id.empty()) return std::nullopt;
    const bool is_row = identity.rule == IdentityRule::row;
    if (is_row && of.event.verdict == Verdict::unreadable) return std::nullopt;
    return std::string(of.event.object_id);
}

/// Whether the contract refuses the very field that says which revision the record is.
bool is_revision_refused(const RejectedRecord& of) {
    const auto& path = of.stream.identity.revision;
    if (!path) return false;
    std::string inside;
    for (const std::string& member : *path | std::views::drop(1))
        inside += pointer_step(member);
    const ColumnNames names = of.read.names_of(path->front());
    return std::ranges::any_of(of.violations, [&](const SchemaError& error) {
        return std::ranges::any_of(names, [&](const std::string& name) {
            return error.instance_location == pointer_step(name) + inside;
        });
    });
}

}  // namespace

Rejected reject(const Event& event, std::string kind, std::string code, std::string message,
                std::string place) {
    Rejected rejected;
    rejected.position = event.position;
    rejected.source = event.source;
    rejected.stream = event.stream;
    rejected.kind = std::move(kind);
    rejected.event_id = event.event_id;
    rejected.object_id = event.object_id;
    rejected.code = std::move(code);
    rejected.message = std::move(message);
    rejected.place = std::move(place);
    rejected.received_at = event.received_at;
    return rejected;
}

Rejected reject_currency(const Event& event, const std::string& code) {
    return reject(event, "unknown_currency", "money.unknown_currency",
                  fmt::format("unknown currency \"{}\"", code), code);
}

void identify(const RejectedRecord& of, Rejected& rejected) {
    const Identity& identity = of.stream.identity;
    if (!identity.has_revisions()) {
        rejected.record_id = record_id_of(of);
        return;
    }
    const auto object =
        identity.object_id.empty() ? record_id_of(of) : said_at(of, identity.object_id);
    if (!object || *object != of.event.object_id) return;
    if (of.record == nullptr || is_revision_refused(of)) return;
    rejected.revision = stated_revision(*of.record, of.stream, of.read, of.event.position);
}

void name_days(const RejectedRecord& of, const BusinessCalendar& calendar, Rejected& rejected) {
    const NamedDays named =
        named_days(*of.record, of.stream.contract->payload_type(), of.read, calendar);
    rejected.named_days = named.text();
    rejected.has_unread_day = named.has_unread;
}

void describe(const RejectedRecord& of, const ClientDefinition& client, Rejected& rejected) {
    identify(of, rejected);
    name_days(of, client.calendar, rejected);
    rejected.at_risk = money_at_risk(*of.record, of.stream, of.read, client.currency);
    const auto happened = occurred_at(*of.record, of.stream, of.read, client.calendar);
    if (happened) rejected.business_on = client.calendar.business_on(*happened);
}

Rejected refuse(const Event& event, const ClientDefinition& client) {
    Rejected refused =
        reject(event, "conflict", "capture.conflict",
               fmt::format("\"{}\" came again with another payload", event.event_id));
    refused.business_on = client.calendar.business_on(event.occurred_at);
    const SourceDefinition* source = client.find(event.source);
    const StreamDefinition* stream = source ? source->pack->find(event.stream) : nullptr;
    if (stream == nullptr) return refused;
    JsonDocument document;
    const auto record = document.parse(event.payload, stream->duplicate_keys);
    if (!record.ok()) return refused;
    const ReadOptions read = transforms_of(client, *source, *stream).read;
    name_days({event, &*record, *stream, read}, client.calendar, refused);
    return refused;
}

}  // namespace meshline
