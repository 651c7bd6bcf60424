#pragma once

#include "base/result/result.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace meshline::bench {

/// Whether a larger value is the better one.
enum class Better { higher, lower };

/// What the machine can do at best for a part of the same work, measured in the same run.
struct Floor {
    std::string name;
    double value = 0;  ///< In the unit of its measure.
};

/// One line of the table: the median of `runs` runs.
struct Measure {
    std::string name;
    double ours = 0;
    std::string unit;
    Better better = Better::higher;
    std::optional<double> goal;
    std::vector<Floor> floors;
    int runs = 0;

    bool is_goal_met() const;
    /// How many times the floor's time (or memory) ours takes.
    double ratio_to(const Floor& floor) const;
};

/// The table for people, one line per measure and floor.
std::string table_of(const std::vector<Measure>& measures);

/// Not empty.
double median_of(std::vector<double> values);

using Work = std::function<Result<void>()>;

/// How long the work took; its error where it failed.
Result<double> seconds_of(const Work& work);

}  // namespace meshline::bench
