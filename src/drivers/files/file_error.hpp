#pragma once

#include "base/result/error.hpp"

#include <string>

namespace meshline {

/// The errors of this module for a failed system call; `number` is its errno.

/// Whether what cannot be opened is not there, or behind links that only lead to each other.
bool leads_nowhere(int number);
/// files.broken_link.
Error broken_link_error(const std::string& path);
/// files.broken_link, files.not_found or files.unreadable.
Error open_error(const std::string& path, int number);
/// files.read_failed.
Error read_error(const std::string& path, int number);
/// files.disk_full or files.write_failed.
Error write_error(const std::string& path, int number);

}  // namespace meshline
