#pragma once

#include "base/result/result.hpp"
#include "drivers/files/file_handle.hpp"

#include <string>

namespace meshline {

/// The right to a data folder, held by one process at a time as long as the object lives. The
/// system takes it back when the process ends, however it ends.
class DataFolderLock {
  public:
    /// Makes the folder if it is missing. Errors: files.locked (unavailable: another process holds
    /// it), files.disk_full, files.write_failed.
    static Result<DataFolderLock> open(const std::string& folder);
    /// For a folder that is only read, or is not there: makes nothing, and waits for nobody but a
    /// process that writes there all the same. Errors: files.locked, files.unreadable.
    static Result<DataFolderLock> open_to_read(const std::string& folder);

  private:
    explicit DataFolderLock(FileHandle file) : file_(std::move(file)) {}
    FileHandle file_;
};

}  // namespace meshline
