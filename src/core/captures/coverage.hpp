#pragma once

#include "base/time/instant.hpp"
#include "core/captures/position_set.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace meshline {

/// Earlier revisions of an object that a coverage takes back, which happened outside of what is
/// covered. They go only where one of `by`, later and inside, stood: else they were its state.
struct TakenWith {
    PositionSet by;
    PositionSet taken;
};

/// The word of a capture that it has all records of its stream in a period, and in a scope of it.
struct Coverage {
    BusinessDate from;
    BusinessDate to;
    /// The days as the source's zone has them: from the first instant of the one up to that after
    /// the other.
    Instant starts_at;
    Instant ends_at;
    std::string scope_column;  ///< Of the records; empty for all of them.
    std::string scope_value;
    /// Why nothing is taken back, one of the void_* below; empty where it holds.
    std::string voided_by;
    /// How many objects stood there, and how many of them are taken back, or would be.
    std::int64_t objects = 0;
    std::int64_t missing = 0;
    /// All events there of objects that the capture did not bring, standing or not, so that the
    /// answer does not depend on what was retracted when it was given.
    PositionSet taken;
    std::vector<TakenWith> taken_with;

    bool holds() const { return voided_by.empty(); }
    /// Everything that it may take back, whatever stood.
    PositionSet all_taken() const;
};

/// A record of the capture has no readable object: it may be any of those that seem to be missing.
inline constexpr const char* void_unreadable = "unreadable_record";
/// The capture never came to its end, so what it would have brought is not known.
inline constexpr const char* void_unfinished = "unfinished_capture";
/// A file of the capture could not be read to its end.
inline constexpr const char* void_unread = "unread_file";
/// More would be taken back than is done without a word.
inline constexpr const char* void_too_many = "too_many_missing";

}  // namespace meshline
