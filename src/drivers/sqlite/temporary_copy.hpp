#pragma once

#include "base/result/result.hpp"

#include <memory>
#include <string>
#include <utility>

namespace meshline {

/// A copy of a database in a folder of this process's own, for one whose folder nothing may be
/// written to: to read a write-ahead log that a killed process left, SQLite has to take it up.
class TemporaryCopy {
  public:
    /// Of the file and its write-ahead log, as far as they are there. Error control.failed.
    static Result<std::unique_ptr<TemporaryCopy>> make(const std::string& path);
    ~TemporaryCopy();
    TemporaryCopy(const TemporaryCopy&) = delete;
    TemporaryCopy& operator=(const TemporaryCopy&) = delete;

    std::string path() const { return folder_ + "/control.sqlite"; }

  private:
    explicit TemporaryCopy(std::string folder) : folder_(std::move(folder)) {}
    const std::string folder_;
};

}  // namespace meshline
