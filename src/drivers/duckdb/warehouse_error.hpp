#pragma once

#include "base/result/error.hpp"
#include "drivers/duckdb/engine.hpp"

#include <string>

namespace meshline {

/// What DuckDB said about the warehouse file at `path`, as an error of kind exhausted (disk, memory
/// or open files), refused (no right to the file), unavailable (another process has the file, or
/// the disk fails), corrupt (what is in the file is not what was written) or invalid.
Error warehouse_error(const EngineError& reason, const std::string& path);
/// The same for a file that does not open: nothing was asked of it yet, so what is neither the
/// machine's nor another process's fault is its content's, such as a write-ahead log that a killed
/// process left in the middle of a checkpoint.
Error warehouse_open_error(const EngineError& reason, const std::string& path);

}  // namespace meshline
