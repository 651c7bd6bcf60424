#pragma once

#include "base/json/json.hpp"
#include "base/money/wide_money.hpp"
#include "base/time/zone.hpp"
#include "core/model/event.hpp"
#include "core/workspace/definitions.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace meshline {

/// What records say of themselves: when, in which currency, from where.
class PreviewedRecords {
  public:
    PreviewedRecords(const ClientDefinition& client, const SourceDefinition& source,
                     const StreamDefinition& stream);

    /// A record that keeps its contract.
    void take(const Event& event, JsonValue record);

    std::int64_t kept = 0;
    std::optional<BusinessDate> first_on;  ///< As the source's zone has it.
    std::optional<BusinessDate> last_on;
    std::map<BusinessDate, std::int64_t> days;
    /// How many there are of each currency; of "" those that state none.
    std::map<std::string, std::int64_t> currencies;
    /// The sum of each field of money in each currency.
    std::map<std::pair<std::string, std::string>, WideDecimal> sums;
    /// By field that names a country or a zone: how often it has which value.
    std::map<std::string, std::map<std::string, std::int64_t>> places;
    /// Before the client's first day, and later than they came.
    std::int64_t before_start = 0;
    std::int64_t ahead = 0;
    /// Times that say how far their clock is from UTC, those of another clock than the source's
    /// zone has, and the last of these.
    std::int64_t offsets = 0;
    std::int64_t other_offsets = 0;
    std::int64_t other_offset = 0;

    const Zone& zone() const { return zone_; }

  private:
    std::string currency_of(JsonValue record) const;
    void take_offset(JsonValue record, Instant occurred_at);
    void add_money(JsonValue record, const std::string& field, const std::string& currency);

    const ClientDefinition& client_;
    const StreamDefinition& stream_;
    const ReadOptions& read_;
    const Zone zone_;
    const BusinessCalendar calendar_;
    std::vector<std::string> money_fields_;
    std::vector<FieldPath> place_fields_;
};

/// Whether the field names a zone, and not a country.
bool is_zone_field(const std::string& field);

}  // namespace meshline
