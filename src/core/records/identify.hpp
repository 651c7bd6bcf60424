#pragma once

#include "base/hash/digest.hpp"
#include "base/json/json.hpp"
#include "base/money/wide_money.hpp"
#include "base/result/result.hpp"
#include "base/time/zone.hpp"
#include "core/contract/read_options.hpp"
#include "core/packs/pack.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace meshline {

/// The value at a path of a record, columns renamed as the source says. Nothing when a member is
/// missing, null or empty text.
std::optional<JsonValue> value_at(JsonValue record, const FieldPath& path,
                                  const ReadOptions& options);

/// The texts at the paths joined with "/", a "/" in one of several written as "\/", so that
/// different texts never make one id; what the source says of all its records counts as theirs.
/// A number is its value: 7, 7.0 and 70e-1 are one id, as they are one integer to a contract.
/// Error capture.no_identity names the part that is missing, empty (as `empty_ids` are), no single
/// value or too long.
Result<std::string> identity_at(JsonValue record, const std::vector<FieldPath>& paths,
                                const std::vector<std::string>& empty_ids,
                                const ReadOptions& options);

/// The id as it was in version 0.1.0: numbers by their digits, and a "/" in one of several texts
/// not told from one that joins. For records that have an id.
std::string earlier_identity_at(JsonValue record, const std::vector<FieldPath>& paths,
                                const ReadOptions& options);

/// The instant the record says it happened; nothing when the field is missing. The contract has
/// judged the field, so what is there can be read.
std::optional<Instant> occurred_at(JsonValue record, const StreamDefinition& stream,
                                   const ReadOptions& options, const BusinessCalendar& calendar);

/// A text that is greater for a later revision of an object: the stream's revision field (instants
/// and integers padded so that text order is theirs; the position where revisions go by arrival),
/// then a blank and the position: of equal ones the later in the log is the greater.
/// So without its last revision_tie_size characters it is what the record states, where revisions
/// do not go by arrival.
inline constexpr std::size_t revision_tie_size = 21;
std::string revision_of(JsonValue record, const StreamDefinition& stream,
                        const ReadOptions& options, std::uint64_t position);

/// What revision_of() begins with, before what decides between equal ones: equal for equal
/// revisions. Nothing where the stream's revision field is missing or cannot be read.
std::optional<std::string> stated_revision(JsonValue record, const StreamDefinition& stream,
                                           const ReadOptions& options, std::uint64_t position);

/// What the record is worth by its stream's at_risk, without its sign, rounded half away from zero
/// to six digits where it is a product; nothing where that cannot be
/// read. A missing currency is the client's.
std::optional<WideMoney> money_at_risk(JsonValue record, const StreamDefinition& stream,
                                       const ReadOptions& options, const Currency& client_currency);

/// What judged an event: its contract read with its source's options, and the currencies that the
/// workspace adds. An event whose digest is still this need not be judged again.
Digest judgement_digest(const StreamDefinition& stream, const Digest& source_digest,
                        const ReadOptions& options);

}  // namespace meshline
