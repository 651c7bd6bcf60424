#pragma once

#include "base/hash/digest.hpp"
#include "base/money/wide_decimal.hpp"
#include "base/result/result.hpp"
#include "base/time/instant.hpp"
#include "core/model/grain.hpp"
#include "core/model/ids.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// How far a published figure can be trusted. Enumerators equal their stored text.
enum class PublicationState : std::uint8_t {
    provisional,  ///< The day is not settled, or an open exception touches it.
    verified,     ///< Settled, every gate passed, nothing open touches it.
    held,         ///< A gate failed: the last good version stays live.
    restated,  ///< The value differs from an earlier verified one; settled and every gate passed.
};

std::optional<PublicationState> publication_state_of(std::string_view name);
std::string_view name_of(PublicationState state);

/// One value of a metric on one day: the total (dimension and member empty) or the part of one
/// member of one dimension. `amount` has the metric's unit: money in `currency`, or a count with
/// the currency empty.
struct Figure {
    std::string currency;
    std::string dimension;
    std::string member;
    WideDecimal amount;
    friend auto operator<=>(const Figure&, const Figure&) = default;
};

/// The canonical bytes of a day's figures, sorted, one JSON array per line; their SHA-256 is the
/// result digest: ["USD","channel","web","12.5"].
std::string encode_figures(std::vector<Figure> figures);
/// Error publication.bad_figures for bytes that encode_figures() does not make.
Result<std::vector<Figure>> decode_figures(std::string_view bytes);
/// What became of one figure: its value, or that it is no longer there.
struct FigureChange {
    Figure figure;
    bool is_there = true;
};
/// Encoded figures with some of them changed, each at most once. What does not change is copied as
/// it stands. Error publication.bad_figures for lines that cannot be told apart.
Result<std::string> change_figures(std::string_view bytes, std::vector<FigureChange> changes);

/// The total in `currency` ("" for a count) out of encoded figures, without decoding the others;
/// nothing where there is none. Errors as above.
Result<std::optional<WideDecimal>> total_of_figures(std::string_view bytes,
                                                    std::string_view currency);

/// The act that makes the figures of one client, metric and period official. Append-only; of the
/// acts that cover a day, the last is live. `version` grows only when the figures change; an act
/// with the same version records a change of state or of what was committed to. Version 0 has no
/// figure: the unit was held from its start, or it is open, also where it had a figure once; the
/// next figure counts on from the greatest version.
///
/// What adds up is published by day, and adjacent days that come to nothing are one act over a
/// range. What does not add up is published for the longer periods too.
struct Publication {
    /// The reason of version 0 of what was a day of the metric's once and, after something was
    /// taken back, is none any more: nothing is said of it.
    static constexpr std::string_view no_day = "no day of the client's any more";

    bool says_nothing() const { return reason == no_day; }

    std::int64_t sequence = 0;  ///< Grows over the whole control store; 0 until stored.
    ClientId client;
    std::string metric;
    Grain grain = Grain::day;
    BusinessDate period;   ///< The period's first day.
    BusinessDate through;  ///< Its last; beyond `period` for a range of days too.
    int version = 1;
    PublicationState state = PublicationState::provisional;
    std::string reason;  ///< Why it is not verified; empty when it is.
    Position log_position = 0;
    Digest log_root;            ///< Merkle root of the client's first log_position events.
    Digest definitions_digest;  ///< Of the manifest of every definition used.
    Digest checks_digest;       ///< Of the results of the checks that count in the metric.
    Digest result_digest;
    Instant published_at;
    RunId run;
};

/// "2026-03-01", "2026-03-02/2026-03-04" for a range of days, "2026-03" for a month.
std::string publication_period_text(const Publication& publication);

/// The leaf of the audit tree that a publication becomes: canonical JSON of every field but
/// sequence. Digests are hex, the instant and the dates their text. `grain` and `through` are left
/// out where they are a day and that day, as they were before there were others.
std::string encode_audit_leaf(const Publication& publication);

}  // namespace meshline
