#pragma once

#include "base/result/result.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// A byte stream that is read once, decompressed where its first bytes say gzip or zstd.
class InputFile {
  public:
    virtual ~InputFile() = default;
    /// Fills up to `size` bytes; 0 at the end. Errors: files.read_failed, files.bad_compression.
    virtual Result<std::size_t> read(char* into, std::size_t size) = 0;
    /// How many bytes reading gives in all, where the machine says so beforehand: not of what is
    /// compressed or comes through a pipe.
    virtual std::optional<std::uint64_t> size() const { return std::nullopt; }
};

struct FileList {
    std::vector<std::string> files;  ///< Sorted by path.
    /// What may stand for files and could not be looked into, each with its path as place:
    /// files.broken_link, files.link_loop, files.no_file, files.unreadable.
    std::vector<Error> problems;
};

/// Files and folders of the machine.
class FileSystem {
  public:
    virtual ~FileSystem() = default;
    /// "-" is standard input. Errors: files.not_found, files.broken_link,
    /// files.unreadable, files.is_folder.
    virtual Result<std::unique_ptr<InputFile>> open(const std::string& path) = 0;
    /// Whole text of a small file (16 MiB at most; files.too_large).
    virtual Result<std::string> read_text(const std::string& path) = 0;
    /// The files below a folder; what is hidden, and what is called one of `left_out` in the folder
    /// itself, is left out. Links are followed. {path} for a file. Errors: files.not_found,
    /// files.broken_link, files.unreadable, files.too_many.
    virtual Result<FileList> list(const std::string& path,
                                  const std::vector<std::string>& left_out) = 0;
    virtual bool is_folder(const std::string& path) = 0;
    virtual bool exists(const std::string& path) = 0;
    /// Replaces the file as a whole: written beside it, synced, renamed. Makes missing folders.
    /// Errors: files.disk_full, files.write_failed.
    virtual Result<void> write_text(const std::string& path, const std::string& text) = 0;
};

}  // namespace meshline
