#pragma once

#include "base/hash/digest.hpp"
#include "base/result/result.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// No clock is farther from UTC (RFC 9636 section 3.2).
inline constexpr std::int32_t zone_offset_max = 26 * 3600 - 1;
/// 2400-01-01T00:00:00Z. Rules hold no transition from here on.
inline constexpr std::int64_t zone_rules_end = 13'569'465'600;

/// UTC seconds: from <= second < to.
struct Stretch {
    std::int64_t from = std::numeric_limits<std::int64_t>::min();
    std::int64_t to = std::numeric_limits<std::int64_t>::max();
    friend auto operator<=>(const Stretch&, const Stretch&) = default;
};

/// What the clocks of a zone show, as a value: the offsets from UTC and the seconds from which they
/// hold, from the first change on until 2400-01-01T00:00:00Z. After that the last offset stays.
/// Changes of the abbreviation or of the daylight saving flag alone are no part of it, nor is the
/// zone's name: two files, or two zones, by which clocks show the same have the same rules.
class ZoneRules {
  public:
    /// From `second` on local time minus UTC is `offset` seconds.
    struct Transition {
        std::int64_t second = 0;
        std::int32_t offset = 0;
        friend auto operator<=>(const Transition&, const Transition&) = default;
    };
    struct OffsetStretch {
        Stretch stretch;
        std::int32_t offset = 0;
    };

    /// One offset for ever.
    explicit ZoneRules(std::int32_t offset);
    /// What the zone files of the machine say: of the folder in TZDIR, else of the system. Error
    /// time.unknown_zone, also for names that are not of the IANA list.
    static Result<ZoneRules> of_machine(std::string_view name);
    /// Reads text(). Error time.bad_zone_rules, of kind corrupt: the text was stored.
    static Result<ZoneRules> parse(std::string_view text);

    /// "start -29548", then a line "1884-01-01T08:12:28Z -28800" for each transition.
    const std::string& text() const { return text_; }
    /// Of the text.
    const Digest& digest() const { return digest_; }
    /// The longest stretch around the second in which the offset stays.
    OffsetStretch around(std::int64_t second) const;
    /// The first second at which clocks show `local` (seconds since 1970-01-01T00:00:00 on the
    /// clock) or more: of a time that happens twice the earlier, of one that is skipped the end of
    /// the gap.
    std::int64_t first_showing(std::int64_t local) const;
    /// The stretches in which the offsets of the two differ, in order.
    std::vector<Stretch> differences(const ZoneRules& other) const;

    friend bool operator==(const ZoneRules& left, const ZoneRules& right) {
        return left.digest_ == right.digest_;
    }

    /// `start` is the offset before the first transition; those after it are in order, before
    /// zone_rules_end, and each changes the offset. Error time.bad_zone_rules.
    static Result<ZoneRules> create(std::int32_t start, std::vector<Transition> transitions);

  private:
    void write_text();

    std::int32_t start_ = 0;  ///< The offset before the first transition.
    std::vector<Transition> transitions_;
    std::string text_;
    Digest digest_;
};

}  // namespace meshline
