#pragma once

#include "core/ports/input_file.hpp"

#include <cstdint>
#include <string>

namespace meshline::bench {

/// Made-up Shopify orders of about 1.3 KB, always the same ones: `count` of them over a year, in
/// order of time, one JSON object each.
class Orders {
  public:
    explicit Orders(std::int64_t count) : count_(count) {}

    std::int64_t count() const { return count_; }
    /// Adds order `index` (from 0) without a line break.
    void append(std::int64_t index, std::string& out) const;
    std::string id_of(std::int64_t index) const;
    Result<void> write_ndjson(const std::string& path) const;

  private:
    std::int64_t count_;
};

/// A file system whose only file is the orders as NDJSON, made while it is read, so that capture
/// can be given more than the disk should hold twice.
class OrderFiles : public FileSystem {
  public:
    explicit OrderFiles(const Orders& orders) : orders_(orders) {}

    Result<std::unique_ptr<InputFile>> open(const std::string& path) override;
    Result<std::string> read_text(const std::string& path) override;
    Result<FileList> list(const std::string& path,
                          const std::vector<std::string>& left_out) override;
    bool is_folder(const std::string&) override { return false; }
    bool exists(const std::string&) override { return true; }
    Result<void> write_text(const std::string& path, const std::string& text) override;

  private:
    Orders orders_;
};

}  // namespace meshline::bench
