#pragma once

#include "core/ports/input_file.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace meshline {

/// A file system in memory, for tests: path -> bytes. Keeps the promises of FileSystem that a
/// loader relies on: sorted lists without hidden files, errors for what is not there.
class MemoryFiles : public FileSystem {
  public:
    std::map<std::string, std::string> files;
    std::vector<std::string> broken_links;

    Result<std::unique_ptr<InputFile>> open(const std::string& path) override {
        MESHLINE_ASSIGN(std::string text, read_text(path));
        return std::unique_ptr<InputFile>(std::make_unique<Reader>(std::move(text)));
    }

    Result<std::string> read_text(const std::string& path) override {
        const auto found = files.find(path);
        if (found != files.end()) return found->second;
        return Error{.kind = ErrorKind::not_found,
                     .code = "files.not_found",
                     .message = "there is no file \"" + path + "\""};
    }

    Result<FileList> list(const std::string& path,
                          const std::vector<std::string>& left_out) override {
        const auto is_listed = [&](const std::string& file) {
            const bool is_left_out = std::ranges::any_of(left_out, [&](const std::string& name) {
                return (file + "/").starts_with(path + "/" + name + "/");
            });
            return file.starts_with(path + "/") && !is_left_out &&
                   file.find("/.", path.size()) == std::string::npos;
        };
        FileList found;
        for (const auto& [file, bytes] : files) {
            if (is_listed(file)) found.files.push_back(file);
        }
        for (const std::string& link : broken_links) {
            if (!is_listed(link)) continue;
            found.problems.push_back(
                Error{.kind = ErrorKind::not_found,
                      .code = "files.broken_link",
                      .message = "\"" + link + "\" is a link that leads nowhere"}
                    .at({.file = link}));
        }
        if (!found.files.empty()) return found;
        return Error{.kind = ErrorKind::not_found,
                     .code = "files.not_found",
                     .message = "there is no folder \"" + path + "\""};
    }

    bool is_folder(const std::string& path) override {
        const auto next = files.lower_bound(path + "/");
        return next != files.end() && next->first.starts_with(path + "/");
    }

    bool exists(const std::string& path) override {
        return files.contains(path) || is_folder(path);
    }

    Result<void> write_text(const std::string& path, const std::string& text) override {
        files[path] = text;
        return {};
    }

  private:
    class Reader : public InputFile {
      public:
        explicit Reader(std::string text) : text_(std::move(text)) {}
        Result<std::size_t> read(char* into, std::size_t size) override {
            const std::size_t taken = std::min(size, text_.size() - at_);
            std::memcpy(into, text_.data() + at_, taken);
            at_ += taken;
            return taken;
        }

      private:
        std::string text_;
        std::size_t at_ = 0;
    };
};

}  // namespace meshline
