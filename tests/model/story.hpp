#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// One record of the market, whatever its stream: what a stream does not ask for is left empty.
struct Fact {
    std::string stream;
    int id = 0;
    int revision = 0;
    int minute = 0;  ///< Since the start of March 2026 in UTC.
    std::int64_t cents = 0;
    std::int64_t discount_cents = 0;
    int quantity = 0;
    std::string order;
    std::string customer;
    std::string email;
    std::string product;
    std::string payout;
    std::string campaign;
    std::string medium;
    std::string note;  ///< The contract says how long it may be.

    std::string json() const;
};

/// Streams on which a greater revision replaces a lesser one; on the others the first record of an
/// id stays.
bool has_revisions(const std::string& stream);

enum class ActKind : std::uint8_t { capture, retract, widen, run };

/// Something that happens to the market.
struct Act {
    ActKind kind = ActKind::run;
    // capture
    std::string stream;
    int day = 0;                     ///< Of March, on which it is done.
    std::vector<std::size_t> facts;  ///< Places in the story's facts.
    // retract: the number of the capture, from 0. widen: notes may be longer from now on.
    std::size_t capture = 0;
    // run: the days of March that are published, all where there are none.
    std::optional<int> from;
    std::optional<int> to;
};

struct Story {
    std::vector<Fact> facts;
    std::vector<Act> acts;
    std::size_t events_per_batch = 1;
    std::int64_t rows_per_commit = 1;
};

/// The longest note that the contract takes before it was widened, and after.
inline constexpr std::size_t note_length_max = 3;
inline constexpr std::size_t note_length_max_widened = 8;

/// A random story whose values lie on the edges of what the market's definitions say: amounts at
/// the checks' bounds, touches at the lookback's end, days at the settling. It ends with a run.
Story generate_story();

std::ostream& operator<<(std::ostream& out, const Story& story);

}  // namespace meshline
