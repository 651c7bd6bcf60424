#pragma once

#include "core/stage/stage.hpp"
#include "core/workspace/touches.hpp"

#include <functional>
#include <map>
#include <optional>
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

    /// Canonical text of the check results that gate publications, one per line.
    const std::string& checks() const { return checks_; }
    const Digest& checks_digest() const { return checks_digest_; }
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

    std::optional<Touches> touches_;
    std::vector<CheckResult> holds_;
    std::vector<ExceptionItem> open_;
    std::map<std::string, std::vector<Doubted>, std::less<>> doubted_;  ///< By book.
    std::string checks_;
    Digest checks_digest_;
};

}  // namespace meshline
