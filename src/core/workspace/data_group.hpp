#pragma once

#include "base/result/result.hpp"
#include "core/ports/input_file.hpp"

#include <string>

namespace meshline {

/// The group of this machine that the data folder is open to, as meshline.yaml in `root` says; ""
/// where it names none. It is read before the rest of the workspace, which needs the data folder.
/// Any problem of the file is an error; load_workspace() tells of all of them.
Result<std::string> read_data_group(const std::string& root, FileSystem& files);

}  // namespace meshline
