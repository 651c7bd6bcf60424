#pragma once

#include "operate/installation/installation.hpp"

namespace meshline {

/// Parses the arguments, runs the command and returns its exit code.
int run_command_line(int argument_count, char** arguments, Installation& installation);

}  // namespace meshline
