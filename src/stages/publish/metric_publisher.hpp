#pragma once

#include "core/stage/stage.hpp"
#include "stages/publish/client_days.hpp"
#include "stages/publish/decide.hpp"
#include "stages/publish/figure_sums.hpp"
#include "stages/publish/trust.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace meshline {

/// The publications of one metric that a run brings: of its days, and of longer periods where days
/// do not add up.
class MetricPublisher {
  public:
    /// What it is given must outlive it.
    MetricPublisher(StageContext& context, const MetricDefinition& metric, const Trust& trust,
                    const ClientDays& days);

    /// Decides on every day and period and adds what there is to say. `changes` are what the last
    /// sum_new_entries() added to the metric's days, `moved` to its longer periods.
    Result<void> collect(const Watermarks& watermarks, TouchedDays& touched,
                         const ChangesByDay& changes, const std::set<PeriodKey>& moved,
                         std::vector<ControlStore::NewPublication>& out);

    const MetricDefinition& metric() const { return metric_; }
    /// Every act of the metric, those of this run included.
    const std::vector<Publication>& history() const { return history_; }
    std::int64_t computed_days() const { return computed_days_; }
    const std::vector<StoredDefinition>& definitions() const { return definitions_; }
    const Digest& definitions_digest() const { return definitions_digest_; }

  private:
    struct Act {
        BusinessDate from;
        BusinessDate through;
        NextAct next;
        std::optional<std::string> figures;  ///< Where the act brings some.
        Digest result_digest;
        /// The figures are those of the prefix and the definitions of the act before.
        bool keeps_prefix = false;
    };

    Result<void> read_history();
    bool is_live_good(const PeriodKey& unit) const;
    Result<std::string> changed_from_live(BusinessDate day, const ChangesByDay& changes);
    Result<std::set<BusinessDate>> days_to_compute(const Watermark& watermark,
                                                   TouchedDays& touched);
    Result<std::optional<Act>> act_on_day(BusinessDate day, std::optional<std::string> figures);
    Result<void> collect_days(const Watermarks& watermarks, TouchedDays& touched,
                              const ChangesByDay& changes,
                              std::vector<ControlStore::NewPublication>& out);
    Result<void> collect_periods(const std::set<PeriodKey>& changed, bool is_enough,
                                 std::vector<ControlStore::NewPublication>& out);
    Trust::Judgement judge_period(const PeriodKey& period) const;
    Result<std::optional<Act>> act_on_unit(const Unit& unit, std::optional<std::string> figures,
                                           const Trust::Judgement& judgement) const;
    Result<std::optional<Act>> act_outside(const Unit& unit,
                                           const std::optional<std::string>& figures,
                                           Trust::Judgement judgement) const;
    Result<PublicationState> state_if_trusted(const Unit& unit,
                                              const std::optional<std::string>& figures) const;
    void publish(Grain grain, Act act, std::vector<ControlStore::NewPublication>& out);
    Result<bool> is_published_by_other_zone_rules(const Watermarks& watermarks);
    bool is_change_enough(const Watermarks& watermarks) const;

    StageContext& context_;
    const MetricDefinition& metric_;
    const Trust& trust_;
    const ClientDays& days_;
    const std::vector<Feed> feeds_;
    const std::string checks_;  ///< Results of the checks that count in the metric.
    const Digest checks_digest_;
    std::string manifest_;
    std::vector<StoredDefinition> definitions_;
    Digest definitions_digest_;
    std::vector<Publication> history_;
    std::map<PeriodKey, Unit> units_;  ///< Ranges of days are days here.
    std::int64_t computed_days_ = 0;
};

}  // namespace meshline
