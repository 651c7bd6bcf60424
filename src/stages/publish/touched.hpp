#pragma once

#include "core/stage/stage.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace meshline {

/// Business dates on which figures may have moved, read once for all metrics of a run.
class TouchedDays {
  public:
    explicit TouchedDays(StageContext& context) : context_(context) {}

    /// Days of the metric's entries beyond `since`.
    Result<std::set<BusinessDate>> of_entries(const MetricDefinition& metric, Position since);
    /// Days on which the metric moved for another reason than new entries: the quarantine changed,
    /// or credits of the model it is attributed by.
    Result<std::set<BusinessDate>> of_changes(const MetricDefinition& metric);

  private:
    struct EntryDay {
        std::string book;
        std::string entry_type;
        BusinessDate day;
    };
    struct ChangedDay {
        std::string reason;
        BusinessDate day;
    };

    Result<const std::vector<EntryDay>*> entry_days(Position since);
    Result<const std::vector<ChangedDay>*> changed_days();

    StageContext& context_;
    std::map<Position, std::vector<EntryDay>> entry_days_;
    std::optional<std::vector<ChangedDay>> changed_days_;
};

/// Whether the run publishes a part of the calendar only.
bool is_part(const StageContext& context);
/// Whether the day is in that part; every day is where there is none.
bool is_in_run(const StageContext& context, BusinessDate day);

/// Forgets the changes.
Result<void> clear_touched_days(StageContext& context);

}  // namespace meshline
