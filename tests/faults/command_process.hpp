#pragma once

#include "faults/fault_double.hpp"

#include <string>
#include <vector>

namespace meshline::test {

/// How a process ended that ran commands.
struct Ended {
    int exit_code = 0;   ///< Of the last command; 128 + the signal's number where one ended it.
    std::string output;  ///< What all of them printed.
    FaultReport report;
};

/// Runs the commands in a fork of this process, one after the other as `meshline` does, until one
/// fails. The fault happens to what lies below `data`.
Ended run_commands(const std::vector<std::vector<std::string>>& commands, const std::string& data,
                   const Fault& fault);

}  // namespace meshline::test
