#pragma once

#include "base/result/result.hpp"

#include <string>

namespace meshline::bench {

/// Seconds to parse every line of an NDJSON file with simdjson's DOM, whole lines and all values.
Result<double> seconds_to_parse(const std::string& path);

/// Seconds to copy the file piece by piece to `to` and to have it on the disk with one fdatasync.
Result<double> seconds_to_write(const std::string& path, const std::string& to);

/// Seconds in which DuckDB reads the orders of the file with the columns that their transforms
/// read, declared, and counts the values of each, on two threads.
Result<double> seconds_to_read_with_duckdb(const std::string& path);

}  // namespace meshline::bench
