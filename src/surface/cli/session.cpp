#include "surface/cli/session.hpp"

#include "base/text/text.hpp"
#include "core/workspace/data_group.hpp"
#include "core/workspace/load_workspace.hpp"
#include "operate/orchestrate/warehouse_origin.hpp"
#include "operate/orchestrate/zone_rules.hpp"
#include "surface/cli/output.hpp"
#include "surface/cli/text_line.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

/// Problems that are shown in full before a command goes on; meshline check shows them all.
constexpr std::size_t problems_shown_max = 10;

std::string more_problems(std::size_t count) {
    return fmt::format("meshline check lists {} more problem{}.",
                       with_thousands(static_cast<std::int64_t>(count)), count == 1 ? "" : "s");
}

Error first_of(const std::vector<Error>& problems) {
    Error first = problems.front();
    if (problems.size() == 1) return first;
    const std::string more = more_problems(problems.size() - 1);
    first.hint += first.hint.empty() ? more : " " + more;
    return first;
}

std::string kind_text(const LeftOut& one) {
    std::string text = fmt::format("{} {}", name_of(one.kind), one.name);
    if (one.kind == LeftOutKind::metric) text += ", whose published figures stay as they are";
    if (one.is_gate()) text += ", so no figure that it may concern is verified";
    return text;
}

/// The problems, the first of them in full, and what is left out for them.
std::string left_out_text(const Workspace& workspace, const std::vector<Error>& problems) {
    std::string text;
    for (std::size_t index = 0; index < problems.size() && index < problems_shown_max; ++index)
        text += render(problems[index]) + "\n";
    if (problems.size() > problems_shown_max)
        text += more_problems(problems.size() - problems_shown_max) + "\n";
    if (workspace.left_out.empty()) return text;
    text += "left out until that is mended:\n";
    for (const LeftOut& one : workspace.left_out)
        text += text_line("  {}", kind_text(one));
    return text;
}

}  // namespace

Result<std::string> Session::workspace_root() {
    if (!options_.workspace.empty()) return options_.workspace;
    return find_workspace(installation_.current_folder(), installation_.files());
}

Result<void> Session::load() {
    if (workspace_) return {};
    MESHLINE_ASSIGN(const std::string root, workspace_root());
    MESHLINE_ASSIGN(const KeptZones zones, kept_zones());
    LoadedWorkspace loaded = load_workspace(root, installation_.files(), zones);
    problems_ = std::move(loaded.problems);
    if (!loaded.workspace) return first_of(problems_);
    workspace_ = std::move(loaded.workspace);
    return {};
}

Result<const Workspace*> Session::workspace() {
    MESHLINE_TRY(load());
    if (!problems_.empty() && !is_left_out_said_) {
        print_note(left_out_text(*workspace_, problems_));
        is_left_out_said_ = true;
    }
    return &*workspace_;
}

Result<const Workspace*> Session::whole_workspace() {
    MESHLINE_TRY(load());
    if (!problems_.empty()) return first_of(problems_);
    return &*workspace_;
}

Result<const Workspace*> Session::reload_workspace() {
    workspace_.reset();
    return workspace();
}

/// A data folder that is not there keeps nothing, and is not made by a look at it.
Result<KeptZones> Session::kept_zones() {
    MESHLINE_ASSIGN(const std::string path, data_path());
    if (!data_ && !installation_.files().exists(path)) return KeptZones();
    // Whatever is wrong with meshline.yaml, the loader tells of it together with the rest.
    MESHLINE_ASSIGN(const std::string root, workspace_root());
    if (!read_data_group(root, installation_.files()).ok()) return KeptZones();
    MESHLINE_ASSIGN(DataFolder * folder, data());
    MESHLINE_ASSIGN(ControlStore * control, folder->control());
    return read_kept_zones(*control);
}

Result<std::string> Session::data_path() {
    if (!options_.data.empty()) return options_.data;
    MESHLINE_ASSIGN(const std::string root, workspace_root());
    return root + "/.meshline";
}

Result<DataFolder*> Session::data() {
    if (!data_) {
        MESHLINE_ASSIGN(const std::string path, data_path());
        MESHLINE_ASSIGN(const std::string root, workspace_root());
        MESHLINE_ASSIGN(const std::string group, read_data_group(root, installation_.files()));
        MESHLINE_ASSIGN(data_, installation_.open_data(path, group, access_));
    }
    return data_.get();
}

Result<const ClientDefinition*> Session::client(const std::string& name) {
    MESHLINE_ASSIGN(const Workspace* loaded, workspace());
    if (const ClientDefinition* found = loaded->find_client(name)) return found;
    if (const LeftOut* one = loaded->find_left_out(LeftOutKind::client, name)) {
        return Error{
            .kind = ErrorKind::invalid,
            .code = "client.left_out",
            .message = fmt::format("the client \"{}\" is left out: {}", name, one->why.message),
            .hint = "Correct its definitions; the other clients go on without it.",
            .where = one->why.where};
    }
    std::vector<std::string> known;
    for (const ClientDefinition& one : loaded->clients)
        known.push_back(one.id.text());
    return Error{.kind = ErrorKind::not_found,
                 .code = "client.unknown",
                 .message = fmt::format("the workspace has no client \"{}\"", name),
                 .hint = hint_for_unknown(name, known)};
}

Result<const MetricDefinition*> Session::metric(const std::string& name) {
    MESHLINE_ASSIGN(const Workspace* loaded, workspace());
    if (const MetricDefinition* found = loaded->find_metric(name)) return found;
    if (const LeftOut* one = loaded->find_left_out(LeftOutKind::metric, name)) {
        return Error{
            .kind = ErrorKind::invalid,
            .code = "metric.left_out",
            .message = fmt::format("the metric \"{}\" is left out: {}", name, one->why.message),
            .hint = "Correct its definition; its published figures stay as they are.",
            .where = one->why.where};
    }
    std::vector<std::string> known;
    for (const MetricDefinition& one : loaded->metrics)
        known.push_back(one.head.name);
    return Error{.kind = ErrorKind::not_found,
                 .code = "metric.unknown",
                 .message = fmt::format("the workspace has no metric \"{}\"", name),
                 .hint = hint_for_unknown(name, known)};
}

Result<RunStores> Session::run_stores() {
    MESHLINE_ASSIGN(DataFolder * folder, data());
    MESHLINE_ASSIGN(EventLog * log, folder->log());
    MESHLINE_ASSIGN(ControlStore * control, folder->control());
    MESHLINE_ASSIGN(Warehouse * warehouse, folder->warehouse());
    return RunStores{*log,     *warehouse, installation_.transforms(),
                     *control, clock(),    installation_.progress()};
}

Result<RunStores> Session::run_stores_of(const ClientId& client) {
    MESHLINE_ASSIGN(const RunStores stores, run_stores());
    MESHLINE_TRY(check_origin(stores, client));
    return stores;
}

bool is_mended_by_remaking(const Error& error) {
    return error.code == "warehouse.other_tables" || error.code == "warehouse.other_stores" ||
           (error.code == "warehouse.failed" && error.kind == ErrorKind::corrupt);
}

Result<void> Session::remake_warehouse(const Error& reason) {
    MESHLINE_ASSIGN(DataFolder * folder, data());
    MESHLINE_TRY(folder->remake_warehouse());
    print_note(text_line("note: {}: it is made again from the log", reason.message));
    return {};
}

Result<RunStores> Session::run_stores_to_fill() {
    // A log or a control store that cannot be read is told of before anything is deleted.
    MESHLINE_ASSIGN(DataFolder * folder, data());
    MESHLINE_TRY(folder->check_writable());
    MESHLINE_TRY(folder->log());
    MESHLINE_TRY(folder->control());
    const auto warehouse = folder->warehouse();
    if (!warehouse.ok() && is_mended_by_remaking(warehouse.error()))
        MESHLINE_TRY(remake_warehouse(warehouse.error()));
    return run_stores();
}

}  // namespace meshline
