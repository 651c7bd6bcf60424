#pragma once

#include "base/result/result.hpp"

#include <string>
#include <string_view>

namespace meshline {

/// Replaces the file as a whole and returns once that is durable: after any crash the file is the
/// old one or the new one. Keeps the permissions of the old one; makes missing folders. Errors:
/// files.disk_full, files.write_failed; the old file is then untouched.
Result<void> replace_file(const std::string& path, std::string_view bytes);

}  // namespace meshline
