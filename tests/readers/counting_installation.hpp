#pragma once

#include "drivers/duckdb/duckdb_transforms.hpp"
#include "drivers/files/disk_files.hpp"
#include "operate/installation/installation.hpp"

#include <memory>
#include <optional>
#include <string>

namespace meshline::test {

/// A real log and control store in a folder; no warehouse, and a count of who asked for it. No
/// stages: nothing can be run.
class CountingInstallation : public Installation {
  public:
    int warehouses_asked_for() const { return warehouses_asked_for_; }

    FileSystem& files() override { return files_; }
    Clock& clock() override { return clock_; }
    Progress& progress() override { return progress_; }
    TransformEngine& transforms() override { return transforms_; }
    const StageList& stages() override { return stages_; }
    Result<std::unique_ptr<DataFolder>> open_data(const std::string& folder,
                                                  const std::string& group,
                                                  DataAccess access) override;
    Result<std::unique_ptr<Warehouse>> scratch_warehouse() override;
    std::optional<std::string> ask(const std::string& /*question*/) override { return {}; }
    std::string current_folder() override { return "/"; }
    Result<void> remove_folder(const std::string& /*folder*/) override { return {}; }

  private:
    class Noon : public Clock {
      public:
        /// 2026-11-28T12:00:00Z
        Instant now() override { return {1'795'867'200'000'000}; }
    };
    class Silent : public Progress {
      public:
        void advance(std::string_view /*step*/, std::int64_t /*done*/,
                     std::int64_t /*total*/) override {}
        void finish(std::string_view /*step*/) override {}
    };

    DiskFiles files_;
    Noon clock_;
    Silent progress_;
    DuckdbTransforms transforms_;
    const StageList stages_;
    int warehouses_asked_for_ = 0;
};

}  // namespace meshline::test
