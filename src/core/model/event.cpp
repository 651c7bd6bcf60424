#include "core/model/event.hpp"

#include "base/json/json_writer.hpp"

#include <array>
#include <charconv>

namespace meshline {
namespace {

constexpr std::array<std::string_view, 4> outcome_names = {"added", "revision", "conflict",
                                                           "duplicate"};
constexpr std::array<std::string_view, 3> verdict_names = {"kept", "broken", "unreadable"};

void append_text(std::string& out, std::string_view text) {
    append_json_string(out, text);
    out.push_back('\n');
}

void append_instant(std::string& out, Instant instant) {
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), instant.micros);
    out.append(digits.data(), end.ptr);
    out.push_back('\n');
}

void append_digest(std::string& out, const Digest& digest) {
    digest.append_hex(out);
    out.push_back('\n');
}

}  // namespace

std::string_view name_of(Outcome outcome) {
    return outcome_names[static_cast<std::size_t>(outcome)];
}

std::string_view name_of(Verdict verdict) {
    return verdict_names[static_cast<std::size_t>(verdict)];
}

void encode_leaf(const ClientId& client, const Event& event, std::string& out) {
    out = "meshline event 1\n";
    append_text(out, client.text());
    append_text(out, event.source);
    append_text(out, event.stream);
    append_text(out, event.event_id);
    append_text(out, event.object_id);
    append_instant(out, event.occurred_at);
    append_instant(out, event.received_at);
    append_text(out, name_of(event.outcome));
    append_text(out, name_of(event.verdict));
    append_digest(out, event.contract_digest);
    append_digest(out, event.payload_digest);
}

}  // namespace meshline
