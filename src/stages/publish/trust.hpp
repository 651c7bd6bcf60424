#pragma once

#include "core/stage/stage.hpp"
#include "core/workspace/touches.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace meshline {

/// What decides how far a day's figures can be trusted, read once per run.
class Trust {
  public:
    static Result<Trust> read(StageContext& context);

    struct Judgement {
        bool is_held = false;
        bool is_settled = false;
        /// The day has no entries, and nothing says that there will be none.
        bool is_open = false;
        std::string reason;  ///< Empty when the day is settled and nothing is open.
    };
    Judgement judge(const MetricDefinition& metric, BusinessDate day) const;

    /// Canonical text of the results of the checks that count in the metric, one per line.
    std::string checks_of(const MetricDefinition& metric) const;
    BusinessDate as_of() const { return as_of_; }

  private:
    BusinessDate as_of_;
    int settle_days_ = 1;
    /// Days that an open exception makes doubtful: `item` of open_.
    struct Doubted {
        BusinessDate from;
        BusinessDate to;
        std::size_t item = 0;
    };

    /// The open exceptions, of open_, that doubt the metric's day: each once.
    std::set<std::size_t> doubting_items(const MetricDefinition& metric, BusinessDate day) const;

    std::optional<Touches> touches_;
    std::vector<CheckResult> results_;
    std::vector<ExceptionItem> open_;
    std::map<std::string, std::vector<Doubted>, std::less<>> doubted_;  ///< By Doubt::book.
};

}  // namespace meshline
