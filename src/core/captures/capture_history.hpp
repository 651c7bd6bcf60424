#pragma once

#include "base/result/result.hpp"
#include "base/time/instant.hpp"
#include "core/captures/capture_events.hpp"
#include "core/captures/position_set.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// One capture as a prefix of the log knows it.
struct Capture {
    std::string id;
    StreamName stream;
    Position opened = 0;
    Instant opened_at;
    std::optional<Position> closed;  ///< Nothing while it is unfinished.
    CaptureClosed record;  ///< Of a closed one; of an unfinished one what it was to cover.
    bool is_retracted = false;
};

/// A retraction as a prefix of the log knows it.
struct RetractionAct {
    Position position = 0;
    Instant at;
    Retraction retraction;
    bool is_retracted = false;
};

/// By what events stand. `capture` is a place in CaptureHistory::captures(), or nothing for what
/// came before captures were kept.
struct Standing {
    PositionRange range;
    std::optional<std::size_t> capture;
    friend bool operator==(const Standing&, const Standing&) = default;
};

/// The captures and retractions of one client up to a position of its log.
class CaptureHistory {
  public:
    /// Of the reserved events of the prefix that ends at `head`, in order. Others than captures and
    /// retractions are passed over. Error captures.not_readable.
    static Result<CaptureHistory> of(std::span<const ReservedEvent> events, Position head);

    const std::vector<Capture>& captures() const { return captures_; }
    const std::vector<RetractionAct>& retractions() const { return retractions_; }
    const Capture* find_capture(std::string_view id) const;
    const RetractionAct* find_retraction(std::string_view id) const;
    /// The capture whose opening event has this position.
    const Capture* opened_at(Position position) const;
    /// The position of the opening of the capture that brought the event; 0 where none did.
    Position capture_of(Position position) const;

    /// Which positions of the prefix stand, and by what: in order and disjoint. Positions of
    /// reserved events mean nothing here.
    const std::vector<Standing>& standing() const { return standing_; }
    /// The later capture that an event stands by, once the one that brought it was taken back: it
    /// is as if that had brought it. Null for others.
    const Capture* found_by(Position position) const;
    /// By what the position stands; nothing where it does not, or is beyond the prefix.
    const Standing* standing_at(Position position) const;
    /// Those that do not stand.
    const PositionSet& fallen() const { return fallen_; }
    /// Everything that the capture brought; of an unfinished one what came until the next opening.
    PositionSet brought_by(const Capture& capture) const;

  private:
    /// An act that takes events out of the captures that were opened before.
    struct Taking {
        Position at = 0;
        PositionSet events;
    };
    Result<void> add(const ReservedEvent& event);
    void judge_retractions();
    std::vector<Taking> takings() const;
    PositionSet taken_by(const Coverage& coverage, Position at,
                         const std::vector<Taking>& earlier) const;
    bool has_any(const PositionSet& events, Position at, const std::vector<Taking>& takings) const;
    void find_standing();

    Position head_ = 0;
    std::vector<Capture> captures_;
    std::vector<RetractionAct> retractions_;
    std::vector<Standing> brought_;  ///< In order.
    std::vector<Standing> standing_;
    PositionSet fallen_;
};

/// Positions that stand by another capture after than before, or came to stand or to fall.
PositionSet changed_standing(const CaptureHistory& before, const CaptureHistory& after);

}  // namespace meshline
