#pragma once

#include "base/result/result.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace meshline {

/// A byte stream that is read once, decompressed where its first bytes say gzip or zstd.
class InputFile {
  public:
    virtual ~InputFile() = default;
    /// Fills up to `size` bytes; 0 at the end. Errors: files.read_failed, files.bad_compression.
    virtual Result<std::size_t> read(char* into, std::size_t size) = 0;
};

/// Files and folders of the machine.
class FileSystem {
  public:
    virtual ~FileSystem() = default;
    /// "-" is standard input. Errors: files.not_found, files.unreadable, files.is_folder.
    virtual Result<std::unique_ptr<InputFile>> open(const std::string& path) = 0;
    /// Whole text of a small file (16 MiB at most; files.too_large).
    virtual Result<std::string> read_text(const std::string& path) = 0;
    /// Regular files below a folder, sorted by path; hidden ones and symbolic links to folders are
    /// left out. Returns {path} for a file.
    virtual Result<std::vector<std::string>> list(const std::string& path) = 0;
    virtual bool is_folder(const std::string& path) = 0;
    virtual bool exists(const std::string& path) = 0;
    /// Replaces the file as a whole: written beside it, synced, renamed. Makes missing folders.
    /// Errors: files.disk_full, files.write_failed.
    virtual Result<void> write_text(const std::string& path, const std::string& text) = 0;
};

}  // namespace meshline
