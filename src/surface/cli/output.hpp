#pragma once

#include "base/result/result.hpp"

#include <string_view>

namespace meshline {

/// Prints lines for people to standard output, the result of a command. Texts come from records,
/// file names and arguments too: none of theirs may steer the reader's terminal, so everything that
/// is printed is printed here. Whoever makes the lines sees to it that no text makes one of its
/// own: text_line(), Table, render().
void print(std::string_view text);
/// The same for JSON: what would steer is escaped, so every value stays what it is.
void print_json(std::string_view json);
/// Prints what is exported, byte for byte.
void print_data(std::string_view bytes);
/// Prints a remark to standard error: no result, and no error.
void print_note(std::string_view text);
/// Prints an error to standard error and returns its exit code.
int report_error(const Error& error);
/// Whether everything that was printed is written. Error output.not_written, of the kind
/// `exhausted` where there is no room.
Result<void> finish_output();

}  // namespace meshline
