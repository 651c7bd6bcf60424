#pragma once

#include "base/money/wide_money.hpp"
#include "core/model/event.hpp"
#include "core/warehouse/transform.hpp"
#include "core/workspace/definitions.hpp"
#include "stages/normalize/decide_standing.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

inline constexpr std::size_t batch_payload_bytes = 32u << 20;

/// A stretch of the log with its bytes, as read.
struct LogBatch {
    std::int64_t number = 0;
    std::vector<Event> events;
    std::vector<std::unique_ptr<char[]>> storage;
    std::size_t payload_bytes = 0;

    /// Copies the event's texts into the batch.
    void add(const Event& event);
    bool is_full(std::size_t events_max) const;
};

/// An event of a stream that declares revisions, which became facts.
struct Revised {
    Position position = 0;
    std::string source;
    std::string stream;
    std::string object_id;
    std::string revision;
    BusinessDate business_on;
    Instant received_at;
    Position capture = 0;  ///< Of the opening event of the capture that brought it.
    /// The log knew another event of the object when this one came.
    bool may_replace = false;
    /// It had broken its contract when it was captured. The log knows it by its bytes, so what came
    /// after it is new to the log.
    bool was_failed = false;
};

struct Rejected {
    Position position = 0;
    std::string source;
    std::string stream;
    /// failed_event, transform_failure, unknown_currency, conflict, unknown_stream
    std::string kind;
    std::string event_id;
    std::string object_id;
    std::string code;
    std::string message;
    std::string place;  ///< In the record or the SQL; of an unknown currency its code.
    std::optional<WideMoney> at_risk;
    std::optional<BusinessDate> business_on;
    Instant received_at;
    /// By what a later event makes up for it (healed_events.hpp); at most one of them.
    std::optional<std::string> record_id;
    std::optional<std::string> revision;
    std::string named_days;  ///< NamedDays::text()
    bool has_unread_day = false;
};

/// A column that the source's file maps and the event's record does not have.
struct LackedColumn {
    Position position = 0;
    std::string source;
    std::string stream;
    std::string column;
    std::string object_id;
    BusinessDate business_on;
    Instant received_at;
};

/// How often something came that the contract does not know: what, and on which day of receipt.
struct DriftKey {
    std::string source;
    std::string stream;
    std::string kind;   ///< "field", "object", "value"
    std::string place;  ///< JSON Pointer with "*" for items.
    BusinessDate received_on;
    friend auto operator<=>(const DriftKey&, const DriftKey&) = default;
};

struct Drift {
    std::int64_t event_count = 0;
    // Of the first event that had it.
    Position position = 0;
    Instant received_at;
    std::string object_id;
    std::string found;  ///< What it was: a type of JSON.

    void add(const Event& event, std::string_view what);
    /// Events that come after, or before, those counted here.
    void add(const Drift& other);
};

/// What a stretch of the log became, ready to be committed.
struct NormalizedBatch {
    std::int64_t number = 0;
    Position last = 0;
    std::vector<std::unique_ptr<RowBatch>> rows;
    std::vector<Revised> revised;
    std::vector<Rejected> rejected;
    std::vector<LackedColumn> lacked;
    std::vector<std::uint64_t> identities;  ///< identity_hash() of every event.
    std::map<DayKey, DayCount> days;
    std::map<DriftKey, Drift> drift;

    /// Takes in what the next stretch became.
    void absorb(NormalizedBatch next);
    std::int64_t row_count() const;
};

}  // namespace meshline
