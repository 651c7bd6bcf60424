#pragma once

#include "base/result/result.hpp"

#include <string>
#include <string_view>
#include <sys/types.h>

namespace meshline {

/// An open file descriptor, closed when the handle goes.
class FileHandle {
  public:
    FileHandle() = default;
    /// Takes over the descriptor.
    explicit FileHandle(int descriptor) : descriptor_(descriptor) {}
    ~FileHandle();
    FileHandle(FileHandle&& other) noexcept;
    FileHandle& operator=(FileHandle&& other) noexcept;

    bool is_open() const { return descriptor_ >= 0; }
    int descriptor() const { return descriptor_; }
    /// Closes now and says whether the system took everything; errno tells why not.
    bool close();

  private:
    int descriptor_ = -1;
};

/// Writes all bytes, however many calls it takes. `path` is for messages. Errors: files.disk_full,
/// files.write_failed.
Result<void> write_fully(const FileHandle& file, std::string_view bytes, const std::string& path);

/// Makes the entries of a folder durable. Errors: files.disk_full, files.write_failed.
Result<void> sync_folder(const std::string& folder);

/// Gives what was just made the mode that the user's umask leaves of `asked`. Error
/// files.write_failed.
Result<void> give_user_mode(const std::string& path, mode_t asked);

/// Makes the folder and those above it that are missing, each durable, with the modes that the user
/// wants. Errors: files.disk_full, files.write_failed.
Result<void> make_folders(const std::string& folder);

}  // namespace meshline
