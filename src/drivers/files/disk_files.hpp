#pragma once

#include "core/ports/input_file.hpp"

#include <memory>
#include <string>
#include <vector>

namespace meshline {

/// The files of this machine. Holds nothing: any number may exist, in any thread.
class DiskFiles : public FileSystem {
  public:
    Result<std::unique_ptr<InputFile>> open(const std::string& path) override;
    Result<std::string> read_text(const std::string& path) override;
    Result<FileList> list(const std::string& path,
                          const std::vector<std::string>& left_out) override;
    bool is_folder(const std::string& path) override;
    bool exists(const std::string& path) override;
    Result<void> write_text(const std::string& path, const std::string& text) override;
};

}  // namespace meshline
