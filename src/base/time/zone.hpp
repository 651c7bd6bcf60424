#pragma once

#include "base/result/result.hpp"
#include "base/time/instant.hpp"
#include "base/time/zone_rules.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace meshline {

/// A named IANA time zone with its rules. Cheap to copy.
class Zone {
  public:
    /// With the rules of the machine. Error time.unknown_zone, also for paths, for the machine's
    /// own zone and for zones that count leap seconds.
    static Result<Zone> open(std::string_view name);
    /// With rules that were kept.
    Zone(std::string name, ZoneRules rules);
    static Zone utc();
    const std::string& name() const;
    const ZoneRules& rules() const;

    /// What the clocks show, as microseconds since 1970-01-01T00:00:00 on the clock.
    std::int64_t local_micros(Instant instant) const;
    /// The instant at which the clocks show this. A time that a clock change skips is the first
    /// instant after the gap; one that happens twice is the earlier.
    Instant instant_of(std::int64_t local_micros) const;

    struct Implementation;

  private:
    friend class BusinessCalendar;
    // Shared: the loaded rules are immutable and used from every thread.
    std::shared_ptr<const Implementation> implementation_;
};

/// The one home of the conversion from instants to business dates. The business day of a client
/// starts at `cutoff_hour` (0 to 23) local time: with 4, an order at 03:59 belongs to the day
/// before. Safe from several threads.
class BusinessCalendar {
  public:
    BusinessCalendar(Zone zone, int cutoff_hour);

    /// Instants of a day beyond the years 1 to 9999 are taken to the first or last day there is.
    BusinessDate business_on(Instant instant) const;
    /// The same, but nothing for a day beyond the years 1 to 9999.
    std::optional<BusinessDate> existing_business_on(Instant instant) const;
    /// The first instant of the business date, within the years 1 to 9999. Where the local time
    /// does not exist (a clock going forward), the first instant after the gap; where it exists
    /// twice, the earlier.
    Instant start_of(BusinessDate date) const;
    const Zone& zone() const { return zone_; }
    int cutoff_hour() const { return cutoff_hour_; }

  private:
    std::int64_t day_of(Instant instant) const;

    Zone zone_;
    int cutoff_hour_;
};

/// Reads the forms that sources write: RFC 3339 with offset or Z; "2021-09-15 5:00:00", with or
/// without fraction (cut off after six digits), "2010-12-01T08:26", offsets as "+0200" or " UTC",
/// and "2026-03-01" alone (its midnight). A text without an offset is local time in `zone`, with
/// the rule of start_of() for times that do not exist or exist twice; where no zone is given that
/// is the error time.no_zone. Errors: time.bad_instant (also for dates that do not exist, and for
/// instants that UTC counts to a year before 1 or after 9999), time.no_zone.
Result<Instant> parse_instant(std::string_view text, const std::optional<Zone>& zone);

}  // namespace meshline
