#include "surface/cli/session.hpp"

#include "base/text/text.hpp"
#include "core/workspace/load_workspace.hpp"
#include "operate/orchestrate/zone_rules.hpp"

#include <cstdio>
#include <fmt/format.h>

namespace meshline {

Result<std::string> Session::workspace_root() {
    if (!options_.workspace.empty()) return options_.workspace;
    return find_workspace(installation_.current_folder(), installation_.files());
}

Result<const Workspace*> Session::workspace() {
    if (workspace_) return &*workspace_;
    MESHLINE_ASSIGN(const std::string root, workspace_root());
    MESHLINE_ASSIGN(const KeptZones zones, kept_zones());
    LoadedWorkspace loaded = load_workspace(root, installation_.files(), zones);
    if (!loaded.problems.empty()) {
        Error first = loaded.problems.front();
        if (loaded.problems.size() > 1) {
            const std::string more =
                fmt::format("meshline check lists {} more problem{}.", loaded.problems.size() - 1,
                            loaded.problems.size() == 2 ? "" : "s");
            first.hint += first.hint.empty() ? more : " " + more;
        }
        return first;
    }
    workspace_ = std::move(loaded.workspace);
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
        MESHLINE_ASSIGN(data_, installation_.open_data(path));
    }
    return data_.get();
}

Result<const ClientDefinition*> Session::client(const std::string& name) {
    MESHLINE_ASSIGN(const Workspace* loaded, workspace());
    if (const ClientDefinition* found = loaded->find_client(name)) return found;
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
    return RunStores{*log,
                     *warehouse,
                     installation_.transforms(),
                     *control,
                     installation_.clock(),
                     installation_.progress()};
}

namespace {

/// Texts come from records too: a control byte of theirs must not steer the reader's terminal.
std::string without_control_bytes(std::string_view text) {
    constexpr char delete_byte = 0x7F;
    std::string shown(text);
    for (char& letter : shown) {
        const bool is_control = (letter >= 0 && letter < ' ') || letter == delete_byte;
        if (is_control && letter != '\n' && letter != '\t') letter = '?';
    }
    return shown;
}

}  // namespace

void print(std::string_view text) {
    const std::string shown = without_control_bytes(text);
    std::fwrite(shown.data(), 1, shown.size(), stdout);
}

int report_error(const Error& error) {
    const std::string shown = without_control_bytes(render(error)) + "\n";
    // Where both go to one place, the results that came first stand first.
    std::fflush(stdout);
    std::fwrite(shown.data(), 1, shown.size(), stderr);
    return exit_code_of(error.kind);
}

}  // namespace meshline
