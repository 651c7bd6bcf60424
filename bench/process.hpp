#pragma once

#include "base/result/result.hpp"

#include <string>
#include <vector>

namespace meshline::bench {

/// Starts the program, waits for it and returns how long that took. What it prints goes nowhere.
/// Error bench.trouble when it cannot be started or does not end with 0.
Result<double> seconds_of_program(const std::vector<std::string>& arguments);

/// What the program prints to standard output. The same error.
Result<std::string> output_of_program(const std::vector<std::string>& arguments);

/// The most memory that this process has had at once, in bytes.
Result<double> peak_memory_bytes();

/// CPU time of this process and of those that it waited for: on a busy machine it tells more than
/// the time on the wall.
double cpu_seconds();

}  // namespace meshline::bench
