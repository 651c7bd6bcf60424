#pragma once

namespace meshline {

/// From now on an exception that nobody catches, or that a library throws where none may be thrown
/// (DuckDB does, out of a destructor, when even the taking back of a commit fails), ends the
/// process with an error and its exit code like any other. Nothing is lost by that: whatever was
/// acknowledged is on the disk, as after a kill.
void end_exceptions_with_an_error();

}  // namespace meshline
