#pragma once

#include "drivers/sqlite/database.hpp"

#include <cstdint>
#include <string>

namespace meshline {

/// The number of the last migration that was applied; 0 for a new file. Error control.newer for one
/// that this version does not know.
Result<std::int64_t> schema_of(Database& database);
std::int64_t newest_schema();

/// Brings the file at `path` to the newest schema, and makes it anew with checksums in its pages
/// where it has none. Error control.newer.
Result<Database> migrate_control(Database database, const std::string& path);

}  // namespace meshline
