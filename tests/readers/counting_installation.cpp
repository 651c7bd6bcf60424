#include "readers/counting_installation.hpp"

#include "drivers/segments/segment_log.hpp"
#include "drivers/sqlite/sqlite_control.hpp"

namespace meshline::test {
namespace {

class CountingData : public DataFolder {
  public:
    CountingData(std::string folder, int& warehouses_asked_for)
        : folder_(std::move(folder)), warehouses_asked_for_(warehouses_asked_for) {}

    Result<void> check_writable() override { return {}; }
    Result<EventLog*> log() override {
        if (!log_) {
            MESHLINE_ASSIGN(log_, SegmentLog::open(folder_ + "/log", {}));
        }
        return log_.get();
    }
    Result<ControlStore*> control() override {
        if (!control_) {
            MESHLINE_ASSIGN(control_, SqliteControl::open(folder_ + "/control.sqlite", {}));
        }
        return control_.get();
    }
    Result<bool> accept_loss(Instant /*at*/) override { return false; }
    Result<Warehouse*> warehouse() override {
        ++warehouses_asked_for_;
        return Error{.kind = ErrorKind::conflict,
                     .code = "warehouse.in_use",
                     .message = "somebody works with the warehouse",
                     .hint = "Wait."};
    }
    Result<void> remake_warehouse() override { return warehouse().error(); }

  private:
    const std::string folder_;
    int& warehouses_asked_for_;
    std::unique_ptr<EventLog> log_;
    std::unique_ptr<ControlStore> control_;
};

}  // namespace

Result<std::unique_ptr<DataFolder>> CountingInstallation::open_data(const std::string& folder,
                                                                    const std::string& /*group*/,
                                                                    DataAccess /*access*/) {
    return std::unique_ptr<DataFolder>(
        std::make_unique<CountingData>(folder, warehouses_asked_for_));
}

Result<std::unique_ptr<Warehouse>> CountingInstallation::scratch_warehouse() {
    ++warehouses_asked_for_;
    return Error{.kind = ErrorKind::conflict, .code = "warehouse.in_use", .message = "none here"};
}

}  // namespace meshline::test
