#pragma once

#include "core/ports/input_file.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace meshline {

/// Entries that one listing looks at. Links can show a folder under many paths, so that a few of
/// them could make more paths than any disk has files.
inline constexpr std::size_t entries_listed_max = 1'000'000;

/// FileSystem::list() of what is a folder.
Result<FileList> list_folder(const std::string& path, const std::vector<std::string>& left_out,
                             std::size_t entries_max = entries_listed_max);

}  // namespace meshline
