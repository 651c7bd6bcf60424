#include "core/workspace/leave_out.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <tuple>

namespace meshline {
namespace {

// In the order of LeftOutKind.
constexpr std::array<std::string_view, 7> kind_names = {
    "client", "metric", "check", "reconciliation", "attribution", "report", "file"};

/// Folders whose files are found wrong by those who read them, or can be no gate.
constexpr std::array<std::string_view, 5> folders_without_gates = {"clients/", "packs/", "metrics/",
                                                                   "attribution/", "reports/"};

bool is_in(const std::vector<std::string>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

class Leaver {
  public:
    Leaver(Workspace& workspace, const std::vector<Error>& problems)
        : workspace_(workspace), problems_(problems) {}

    // Each kind is taken out before those that stand on it.
    void leave(const std::vector<std::string>& clients) {
        leave_clients(clients);
        leave_kind(LeftOutKind::attribution, workspace_.attributions,
                   [](const AttributionDefinition&) { return nullptr; });
        leave_kind(LeftOutKind::metric, workspace_.metrics, [&](const MetricDefinition& metric) {
            return why(LeftOutKind::attribution, metric.attribution);
        });
        leave_kind(LeftOutKind::check, workspace_.checks,
                   [&](const CheckDefinition& check) { return why_check(check); });
        leave_kind(LeftOutKind::reconciliation, workspace_.reconciliations,
                   [](const ReconciliationDefinition&) { return nullptr; });
        leave_kind(LeftOutKind::report, workspace_.reports,
                   [&](const ReportDefinition& report) { return why_report(report); });
        leave_misplaced();
        std::ranges::sort(workspace_.left_out, [](const LeftOut& one, const LeftOut& other) {
            return std::tie(one.kind, one.name) < std::tie(other.kind, other.name);
        });
    }

  private:
    /// The first problem of a file, or of those below a folder that ends in "/", or of what they
    /// lie in.
    const Error* problem_of(std::string_view path) const {
        for (const Error& problem : problems_) {
            const std::string& file = problem.where.file;
            const bool is_below = path.ends_with('/') && file.starts_with(path);
            const bool is_above =
                path.starts_with(file) && path.substr(file.size()).starts_with('/');
            if (file == path || is_below || is_above) return &problem;
        }
        return nullptr;
    }

    /// Two files of one name: nobody can say which of them counts.
    const Error* problem_of_twin(const std::string& file) const {
        const std::string stem = file.substr(0, file.rfind('.') + 1);
        for (const Error& problem : problems_) {
            if (problem.code == "workspace.duplicate_name" && problem.where.line == 0 &&
                problem.where.file.substr(0, problem.where.file.rfind('.') + 1) == stem) {
                return &problem;
            }
        }
        return nullptr;
    }

    /// Why what is named was left out; nothing where it was not.
    const Error* why(LeftOutKind kind, std::string_view name) const {
        for (const LeftOut& one : workspace_.left_out) {
            if (one.kind == kind && one.name == name) return &one.why;
        }
        return nullptr;
    }

    const Error* why_check(const CheckDefinition& check) const {
        if (const Error* problem = why(LeftOutKind::metric, check.metric)) return problem;
        if (const Error* problem = why(LeftOutKind::metric, check.measure)) return problem;
        for (const auto& [sign, metric] : check.parts) {
            if (const Error* problem = why(LeftOutKind::metric, metric)) return problem;
        }
        return nullptr;
    }

    const Error* why_report(const ReportDefinition& report) const {
        for (const std::string& metric : report.metrics) {
            if (const Error* problem = why(LeftOutKind::metric, metric)) return problem;
        }
        for (const std::string& name : report.reconciliations) {
            if (const Error* problem = why(LeftOutKind::reconciliation, name)) return problem;
        }
        return nullptr;
    }

    static std::vector<std::string> clients_of(const CheckDefinition& check) {
        return check.clients;
    }
    static std::vector<std::string> clients_of(const ReconciliationDefinition& reconciliation) {
        return reconciliation.clients;
    }
    template <class Definition>
    static std::vector<std::string> clients_of(const Definition&) {
        return {};
    }

    template <class Definition, class StandsOn>
    void leave_kind(LeftOutKind kind, std::vector<Definition>& definitions, StandsOn stands_on) {
        std::erase_if(definitions, [&](const Definition& definition) {
            const DefinitionHead& head = definition.head;
            const Error* own = problem_of(head.file);
            if (!own) own = problem_of_twin(head.file);
            const Error* problem = own ? own : stands_on(definition);
            if (!problem) return false;
            // Of a file with problems nothing is believed, nor whom it is for.
            std::vector<std::string> clients;
            if (!own) clients = clients_of(definition);
            workspace_.left_out.push_back(
                {kind, head.name, head.file, *problem, std::move(clients)});
            return true;
        });
        leave_unread(kind);
    }

    /// Files of the kind's folder that came to no definition at all.
    void leave_unread(LeftOutKind kind) {
        const std::string folder =
            fmt::format("{}{}/", name_of(kind), kind == LeftOutKind::attribution ? "" : "s");
        for (const Error& problem : problems_) {
            const std::string& file = problem.where.file;
            if (!file.starts_with(folder)) continue;
            const std::string name = file.substr(folder.size(), file.rfind('.') - folder.size());
            if (why(kind, name)) continue;
            workspace_.left_out.push_back({kind, name, file, problem, {}});
        }
    }

    void leave_clients(const std::vector<std::string>& names) {
        std::map<std::string, const ClientDefinition*> read;
        for (const ClientDefinition& client : workspace_.clients)
            read[client.id.text()] = &client;
        std::vector<std::string> left;
        for (const std::string& name : names) {
            const std::string folder = fmt::format("clients/{}/", name);
            const Error* problem = problem_of(folder);
            const auto client = read.find(name);
            if (!problem && client != read.end()) problem = problem_of_packs(*client->second);
            if (!problem) continue;
            left.push_back(name);
            workspace_.left_out.push_back(
                {LeftOutKind::client, name, folder + "client.yaml", *problem, {name}});
        }
        std::erase_if(workspace_.clients, [&](const ClientDefinition& client) {
            return is_in(left, client.id.text());
        });
    }

    const Error* problem_of_packs(const ClientDefinition& client) const {
        for (const SourceDefinition& source : client.sources) {
            const Error* problem = problem_of(fmt::format("packs/{}/", source.pack_name));
            if (problem) return problem;
        }
        return nullptr;
    }

    void leave_misplaced() {
        for (const Error& problem : problems_) {
            const std::string& file = problem.where.file;
            const bool has_no_gate = std::ranges::any_of(
                folders_without_gates,
                [&](std::string_view folder) { return file.starts_with(folder); });
            const bool is_of_kind =
                file.starts_with("checks/") || file.starts_with("reconciliations/");
            const bool is_top = file == "meshline.yaml" || file == "owners.yaml";
            if (has_no_gate || is_of_kind || is_top || why(LeftOutKind::file, file)) continue;
            workspace_.left_out.push_back({LeftOutKind::file, file, file, problem, {}});
        }
    }

    Workspace& workspace_;
    const std::vector<Error>& problems_;
};

}  // namespace

std::string_view name_of(LeftOutKind kind) {
    return kind_names[static_cast<std::size_t>(kind)];
}

bool LeftOut::is_gate() const {
    return kind == LeftOutKind::check || kind == LeftOutKind::reconciliation ||
           kind == LeftOutKind::file;
}

bool LeftOut::concerns(std::string_view client) const {
    return clients.empty() || is_in(clients, client);
}

const LeftOut* Workspace::find_left_out(LeftOutKind kind, std::string_view wanted) const {
    for (const LeftOut& one : left_out) {
        if (one.kind == kind && one.name == wanted) return &one;
    }
    return nullptr;
}

void leave_out_broken(Workspace& workspace, const std::vector<std::string>& clients,
                      const std::vector<Error>& problems) {
    Leaver(workspace, problems).leave(clients);
}

}  // namespace meshline
