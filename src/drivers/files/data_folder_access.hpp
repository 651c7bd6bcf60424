#pragma once

#include "base/result/result.hpp"

#include <string>
#include <sys/types.h>

namespace meshline {

/// What the umask of the process was when it started: what the user wants for reports and other
/// files outside the data folder.
mode_t umask_at_start();

/// From here on every file that the process makes, whichever library does it, is for its user
/// alone, or for the group of the data folder too. What is not of the data folder is given the mode
/// that the user wants by whoever makes it.
void close_new_files(bool to_group);

/// Lets the user alone at what lies in the data folder: files 0600, folders 0700; with a group
/// 0660 and 2770. Other users' files are left to them, and so is what is none of ours, with the
/// folder around it. Errors: files.unknown_group, files.write_failed.
Result<void> close_data_folder(const std::string& folder, const std::string& group);

}  // namespace meshline
