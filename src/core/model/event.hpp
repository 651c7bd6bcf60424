#pragma once

#include "base/hash/digest.hpp"
#include "base/time/instant.hpp"
#include "core/model/ids.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace meshline {

/// The longest source, stream, event id or object id.
inline constexpr std::size_t id_bytes_max = 64u << 10;

/// What became of a record handed to the log. Enumerators equal their stored text.
enum class Outcome : std::uint8_t {
    added,      ///< A new identity.
    revision,   ///< A known identity with another payload, on a stream that declares revisions.
    conflict,   ///< The same on a stream that does not: kept as evidence, never normalised.
    duplicate,  ///< A known identity with a payload already held: counted, not stored again.
};

/// Whether the record kept its stream's contract when it was captured.
enum class Verdict : std::uint8_t {
    kept,        ///< The contract holds.
    broken,      ///< A failed event: well-formed JSON that breaks its contract.
    unreadable,  ///< A failed event: not a record at all (broken JSON, invalid UTF-8, ...).
};

/// A record on its way into the log. Views are owned by the caller until append() returns.
struct EventDraft {
    std::string_view source;
    std::string_view stream;
    std::string_view event_id;
    std::string_view object_id;
    Instant occurred_at;
    Instant received_at;
    bool has_revisions = false;  ///< The stream declares revisions.
    Verdict verdict = Verdict::kept;
    Digest contract_digest;  ///< Of the contract that judged it; zero when none did.
    std::string_view payload;
};

/// A stored event. The texts are views into the block that the reader holds.
struct Event {
    Position position = 0;
    std::string_view source;
    std::string_view stream;
    std::string_view event_id;
    std::string_view object_id;
    Instant occurred_at;
    Instant received_at;
    Outcome outcome = Outcome::added;
    Verdict verdict = Verdict::kept;
    Digest contract_digest;
    Digest payload_digest;  ///< SHA-256 of payload.
    std::string_view payload;
};

std::string_view name_of(Outcome outcome);
std::string_view name_of(Verdict verdict);

/// The bytes whose hash is the event's leaf in the client's Merkle tree: a canonical text of every
/// field, with the payload by its digest. Appended to `out`, which is cleared first:
///   "meshline event 1\n" client \n source \n stream \n event_id \n object_id \n occurred_at \n
///   received_at \n outcome \n verdict \n contract digest \n payload digest \n
/// where texts and names are JSON strings, instants are microseconds and digests are hex.
void encode_leaf(const ClientId& client, const Event& event, std::string& out);

}  // namespace meshline
