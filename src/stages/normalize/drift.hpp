#pragma once

#include "core/contract/unnamed_fields.hpp"
#include "core/stage/stage.hpp"
#include "stages/normalize/batch.hpp"

#include <optional>
#include <vector>

namespace meshline {

/// Counts, for one stream, the events that have fields their contract does not name, those that
/// have the objects which may hold such fields, and those that have values outside an enum, by the
/// day they were received on.
class DriftCounter {
  public:
    /// What it is given must outlive it.
    DriftCounter(const SourceDefinition& source, const StreamDefinition& stream,
                 const ReadOptions& options, const BusinessCalendar& calendar);

    void see_fields(const Event& event, JsonValue payload, NormalizedBatch& out);
    /// A value outside an enum at `pointer`; `place` is the same with "*" for items.
    void see_value(const Event& event, JsonValue payload, const std::string& pointer,
                   std::string place, NormalizedBatch& out);
    /// Hands over what was counted since.
    void finish(NormalizedBatch& out);

  private:
    DriftKey key_of(const char* kind, std::string place) const;
    void turn_to_day_of(const Event& event, NormalizedBatch& out);

    const SourceDefinition& source_;
    const StreamDefinition& stream_;
    const BusinessCalendar& calendar_;
    UnnamedFields unnamed_;
    std::optional<Instant> received_at_;
    BusinessDate day_;
    std::vector<Drift> counts_;  ///< By field, on `day_`.
    std::vector<Drift> object_counts_;
};

/// A stream's drift as one finding: the fields that appeared in a later capture than the object
/// that holds them, and the values outside enums. What the first capture brought is how the source
/// looks, and what the first refund brought is how its refunds look.
Result<std::vector<Finding>> drift_findings(StageContext& context);

}  // namespace meshline
