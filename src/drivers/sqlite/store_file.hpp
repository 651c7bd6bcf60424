#pragma once

#include "base/result/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace meshline {

/// The files around the control store that are not SQLite's own. Errors: control.disk_full,
/// control.failed, located at the file.

/// Everything that is in it; "" where it is not there.
Result<std::string> read_store_file(const std::string& path);
/// Over what was there from that byte on, with one call where the system takes all of it, unsynced.
Result<void> write_store_file(const std::string& path, std::uint64_t offset,
                              std::string_view bytes);
/// 0 where it is not there.
Result<std::uint64_t> size_of_store_file(const std::string& path);
Result<void> remove_store_file(const std::string& path);
/// Puts `path` in the place of `target`, durably: after a crash one of the two is there.
Result<void> put_in_place(const std::string& path, const std::string& target);

}  // namespace meshline
