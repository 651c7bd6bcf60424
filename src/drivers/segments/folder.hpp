#pragma once

#include "base/result/result.hpp"

#include <string>
#include <string_view>
#include <vector>

// A namespace of its own: drivers/files has helpers of the same names, and one binary links both.
namespace meshline::inline segments {

/// Names in folders and files small enough to be read and replaced as a whole. Errors as of File.

bool file_exists(const std::string& path);
/// The whole of a small file (4 MiB at most); empty when there is none.
Result<std::string> read_small_file(const std::string& path);
/// Replaces the file as a whole: written beside it, synced, renamed, folder synced.
Result<void> replace_file(const std::string& path, std::string_view bytes);
Result<void> remove_file(const std::string& path);
/// An empty file of this process's own in the system's folder for temporary files; its path.
Result<std::string> make_temporary_file(const std::string& name);
/// Makes the folder and those above it that are missing, each synced into its parent.
Result<void> make_folders(const std::string& path);
/// Makes new and removed names of the folder durable.
Result<void> sync_folder(const std::string& path);
/// Names in the folder, sorted; none when there is no such folder or it is a file.
Result<std::vector<std::string>> list_folder(const std::string& path);

}  // namespace meshline::inline segments
