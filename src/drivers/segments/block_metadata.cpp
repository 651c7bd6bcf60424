#include "drivers/segments/block_metadata.hpp"

#include "drivers/segments/bytes.hpp"

#include <algorithm>
#include <utility>

namespace meshline {
namespace {

bool is_same_kind(const EventDraft& left, const EventDraft& right) {
    return left.source == right.source && left.stream == right.stream &&
           left.contract_digest == right.contract_digest &&
           left.has_revisions == right.has_revisions;
}

/// Wraps instead of overflowing: both ends are any 64-bit number.
std::int64_t difference(std::int64_t left, std::int64_t right) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(left) -
                                     static_cast<std::uint64_t>(right));
}

std::int64_t sum(std::int64_t left, std::int64_t right) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(left) +
                                     static_cast<std::uint64_t>(right));
}

std::vector<Event> read_kinds(ByteReader& reader, std::uint32_t count) {
    const std::uint64_t kind_count = reader.varint();
    std::vector<Event> kinds;
    // Every kind is used by some event; more of them than events is no metadata.
    if (kind_count > count) return kinds;
    for (std::uint64_t index = 0; index < kind_count && reader.is_good(); ++index) {
        Event kind;
        kind.source = reader.text();
        kind.stream = reader.text();
        const std::string_view digest = reader.take(kind.contract_digest.bytes.size());
        std::ranges::copy(digest, kind.contract_digest.bytes.begin());
        reader.take(1);
        kinds.push_back(kind);
    }
    return kinds;
}

}  // namespace

void MetadataWriter::add(const Record& record) {
    const EventDraft& draft = *record.draft;
    put_varint(events_, kind_of(draft));
    events_.push_back(static_cast<char>(static_cast<unsigned>(record.outcome) |
                                        static_cast<unsigned>(draft.verdict) << 4));
    put_text(events_, draft.event_id);
    put_text(events_, draft.object_id);
    put_signed_varint(events_, difference(draft.occurred_at.micros, occurred_at_before_));
    put_signed_varint(events_, difference(draft.received_at.micros, received_at_before_));
    put_varint(events_, draft.payload.size());
    occurred_at_before_ = draft.occurred_at.micros;
    received_at_before_ = draft.received_at.micros;
}

std::uint64_t MetadataWriter::kind_of(const EventDraft& draft) {
    // An append brings one stream or a few, and runs of the same: the last ones are tried first.
    for (std::size_t index = kind_drafts_.size(); index-- > 0;) {
        if (is_same_kind(*kind_drafts_[index], draft)) return index;
    }
    kind_drafts_.push_back(&draft);
    put_text(kinds_, draft.source);
    put_text(kinds_, draft.stream);
    kinds_.append(draft.contract_digest.view());
    kinds_.push_back(draft.has_revisions ? 1 : 0);
    return kind_drafts_.size() - 1;
}

std::string MetadataWriter::finish() {
    std::string metadata;
    metadata.reserve(size() + 10);
    put_varint(metadata, kind_drafts_.size());
    metadata += kinds_;
    metadata += events_;
    *this = MetadataWriter();
    return metadata;
}

bool read_metadata(std::string_view metadata, std::uint32_t count, std::vector<Event>& events,
                   std::vector<std::uint64_t>& payload_bytes) {
    ByteReader reader(metadata);
    const std::vector<Event> kinds = read_kinds(reader, count);
    std::int64_t occurred_at = 0;
    std::int64_t received_at = 0;
    for (std::uint32_t index = 0; index < count; ++index) {
        const std::uint64_t kind = reader.varint();
        const auto flags = reader.integer<std::uint8_t>();
        const unsigned outcome = flags & 15;
        const unsigned verdict = flags >> 4;
        if (!reader.is_good() || kind >= kinds.size()) return false;
        // A duplicate is never stored.
        if (outcome > static_cast<unsigned>(Outcome::conflict)) return false;
        if (verdict > static_cast<unsigned>(Verdict::unreadable)) return false;
        Event& event = events.emplace_back(kinds[kind]);
        event.outcome = static_cast<Outcome>(outcome);
        event.verdict = static_cast<Verdict>(verdict);
        event.event_id = reader.text();
        event.object_id = reader.text();
        event.occurred_at.micros = occurred_at = sum(occurred_at, reader.signed_varint());
        event.received_at.micros = received_at = sum(received_at, reader.signed_varint());
        payload_bytes.push_back(reader.varint());
    }
    return reader.is_good() && reader.remaining() == 0;
}

}  // namespace meshline
