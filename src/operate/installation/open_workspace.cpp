#include "operate/installation/open_workspace.hpp"

#include "base/text/text.hpp"
#include "core/workspace/data_group.hpp"
#include "core/workspace/load_workspace.hpp"
#include "operate/orchestrate/warehouse_origin.hpp"
#include "operate/orchestrate/zone_rules.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

Error first_of(const std::vector<Error>& problems) {
    Error first = problems.front();
    if (problems.size() == 1) return first;
    const std::string more = more_problems(problems.size() - 1);
    first.hint += first.hint.empty() ? more : " " + more;
    return first;
}

}  // namespace

std::string more_problems(std::size_t count) {
    return fmt::format("meshline check lists {} more problem{}.",
                       with_thousands(static_cast<std::int64_t>(count)), count == 1 ? "" : "s");
}

Result<void> OpenWorkspace::load() {
    if (definitions_) return {};
    MESHLINE_ASSIGN(const std::string folder, root());
    MESHLINE_ASSIGN(const KeptZones zones, kept_zones());
    LoadedWorkspace loaded = load_workspace(folder, installation_.files(), zones);
    problems_ = std::move(loaded.problems);
    if (!loaded.workspace) return first_of(problems_);
    definitions_ = std::make_shared<const Workspace>(std::move(*loaded.workspace));
    return {};
}

Result<std::shared_ptr<const Workspace>> OpenWorkspace::definitions() {
    MESHLINE_TRY(load());
    if (!problems_.empty() && !is_left_out_told_) {
        request_.when_left_out(*definitions_, problems_);
        is_left_out_told_ = true;
    }
    return definitions_;
}

Result<std::shared_ptr<const Workspace>> OpenWorkspace::whole_definitions() {
    MESHLINE_TRY(load());
    if (!problems_.empty()) return first_of(problems_);
    return definitions_;
}

Result<std::shared_ptr<const Workspace>> OpenWorkspace::reload() {
    definitions_.reset();
    return definitions();
}

/// A data folder that is not there keeps nothing, and is not made by a look at it.
Result<KeptZones> OpenWorkspace::kept_zones() {
    MESHLINE_ASSIGN(const std::string path, data_path());
    if (!data_ && !installation_.files().exists(path)) return KeptZones();
    // Whatever is wrong with meshline.yaml, the loader tells of it together with the rest.
    MESHLINE_ASSIGN(const std::string folder, root());
    if (!read_data_group(folder, installation_.files()).ok()) return KeptZones();
    MESHLINE_ASSIGN(DataFolder * stores, data());
    MESHLINE_ASSIGN(ControlStore * control, stores->control());
    return read_kept_zones(*control);
}

Result<std::string> OpenWorkspace::root() {
    if (!request_.root.empty()) return request_.root;
    return find_workspace(installation_.current_folder(), installation_.files());
}

Result<std::string> OpenWorkspace::data_path() {
    if (!request_.data.empty()) return request_.data;
    MESHLINE_ASSIGN(const std::string folder, root());
    return folder + "/.meshline";
}

Result<DataFolder*> OpenWorkspace::data() {
    if (!data_) {
        MESHLINE_ASSIGN(const std::string path, data_path());
        MESHLINE_ASSIGN(const std::string folder, root());
        MESHLINE_ASSIGN(const std::string group, read_data_group(folder, installation_.files()));
        MESHLINE_ASSIGN(data_, installation_.open_data(path, group, access_));
    }
    return data_.get();
}

Result<RunStores> OpenWorkspace::run_stores() {
    MESHLINE_ASSIGN(DataFolder * stores, data());
    MESHLINE_ASSIGN(EventLog * log, stores->log());
    MESHLINE_ASSIGN(ControlStore * control, stores->control());
    MESHLINE_ASSIGN(Warehouse * warehouse, stores->warehouse());
    return RunStores{*log,     *warehouse, installation_.transforms(),
                     *control, clock_,     installation_.progress()};
}

Result<RunStores> OpenWorkspace::run_stores_of(const ClientId& client) {
    MESHLINE_ASSIGN(const RunStores stores, run_stores());
    MESHLINE_TRY(check_origin(stores, client));
    return stores;
}

bool is_mended_by_remaking(const Error& error) {
    return error.code == "warehouse.other_tables" || error.code == "warehouse.other_stores" ||
           (error.code == "warehouse.failed" && error.kind == ErrorKind::corrupt);
}

Result<void> OpenWorkspace::remake_warehouse(const Error& reason) {
    MESHLINE_ASSIGN(DataFolder * stores, data());
    MESHLINE_TRY(stores->remake_warehouse());
    request_.when_remade(reason);
    return {};
}

Result<RunStores> OpenWorkspace::run_stores_to_fill() {
    // A log or a control store that cannot be read is told of before anything is deleted.
    MESHLINE_ASSIGN(DataFolder * stores, data());
    MESHLINE_TRY(stores->check_writable());
    MESHLINE_TRY(stores->log());
    MESHLINE_TRY(stores->control());
    const auto warehouse = stores->warehouse();
    if (!warehouse.ok() && is_mended_by_remaking(warehouse.error()))
        MESHLINE_TRY(remake_warehouse(warehouse.error()));
    return run_stores();
}

}  // namespace meshline
