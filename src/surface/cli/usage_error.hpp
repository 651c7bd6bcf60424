#pragma once

#include "base/result/error.hpp"

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace meshline {

/// The place of the first argument that is neither an option nor the value of one of those that
/// stand before every command: the command. `argument_count` where there is none.
int first_word(int argument_count, char** arguments);

/// What of the arguments is wrong, cli.usage, with the nearest command or option where one is
/// misspelt. CLI11 knows them as unexpected arguments.
Error usage_error(const CLI::App& app, const CLI::ParseError& error, int argument_count,
                  char** arguments);

}  // namespace meshline
