#include "base/text/text.hpp"
#include "operate/answers/run_json.hpp"
#include "operate/orchestrate/forget_removed.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/dates.hpp"
#include "surface/cli/run_text.hpp"
#include "surface/cli/text_line.hpp"
#include "surface/cli/zone_rules_text.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

struct RunArguments {
    std::vector<std::string> clients;
    std::string from;
    std::string to;
    bool takes_zone_rules = false;
};

/// Not all of it was done where something that concerns the clients asked for was left out.
int exit_code_of_left_out(const Workspace& workspace, const std::vector<std::string>& clients) {
    for (const LeftOut& one : workspace.left_out) {
        const bool concerns =
            clients.empty() || std::ranges::any_of(clients, [&](const std::string& client) {
                return one.concerns(client);
            });
        if (concerns) return exit_code_of(ErrorKind::invalid);
    }
    return 0;
}

/// Tells of clients whose folder is gone, not of those whose files have a mistake.
Result<void> forget_removed_clients(Session& session, const Workspace& workspace,
                                    const RunStores& stores) {
    FileSystem& files = session.installation().files();
    const auto is_removed = [&](const ClientId& client) {
        return !workspace.find_client(client.text()) &&
               !workspace.find_left_out(LeftOutKind::client, client.text()) &&
               !files.exists(fmt::format("{}/clients/{}", workspace.root, client.text()));
    };
    MESHLINE_ASSIGN(const auto forgotten,
                    forget_removed(stores, session.installation().stages(), is_removed));
    if (session.is_json()) return {};
    for (const ClientId& client : forgotten) {
        print(
            text_line("{}  is no longer in the workspace: its exceptions are closed, its events"
                      " and publications kept",
                      client.text()));
    }
    return {};
}

Result<std::vector<ClientReport>> run_once(Session& session, const Workspace& workspace,
                                           const RunRequest& request, const RunStores& stores) {
    MESHLINE_TRY(forget_removed_clients(session, workspace, stores));
    return run_clients(workspace, session.installation().stages(), stores, request);
}

/// The damage of the warehouse that something ended with, if it was that.
std::optional<Error> damage_behind(const Result<std::vector<ClientReport>>& ran) {
    if (!ran.ok())
        return is_mended_by_remaking(ran.error()) ? std::optional(ran.error()) : std::nullopt;
    for (const ClientReport& report : *ran)
        if (report.error && is_mended_by_remaking(*report.error)) return report.error;
    return std::nullopt;
}

/// A warehouse that turns out damaged on the way is made again and the run repeated, once.
Result<std::vector<ClientReport>> run_and_mend(Session& session, const Workspace& workspace,
                                               const RunRequest& request) {
    auto ran = [&]() -> Result<std::vector<ClientReport>> {
        MESHLINE_ASSIGN(const RunStores stores, session.opened().run_stores_to_fill());
        return run_once(session, workspace, request, stores);
    }();
    const auto damage = damage_behind(ran);
    if (!damage) return ran;
    MESHLINE_TRY(session.opened().remake_warehouse(*damage));
    MESHLINE_ASSIGN(const RunStores stores, session.opened().run_stores());
    return run_once(session, workspace, request, stores);
}

/// The exit code of the first client's error.
int report_errors(const std::vector<ClientReport>& reports) {
    int code = 0;
    for (const ClientReport& report : reports) {
        if (!report.error) continue;
        const int one = report_error(*report.error);
        if (code == 0) code = one;
    }
    return code;
}

/// Takes the machine's rules for the clients that were just run with those they kept, and runs them
/// again: what that run publishes is what the rules move, and nothing else. Its reports are added.
Result<std::vector<TakenZoneRules>> take_and_run_again(Session& session,
                                                       std::vector<ClientReport>& reports) {
    MESHLINE_ASSIGN(const RunStores stores, session.opened().run_stores());
    std::vector<TakenZoneRules> taken;
    for (ClientReport& report : reports) {
        // A client whose run ended early would publish what that run left over.
        if (report.error || report.other_zone_rules.empty()) continue;
        MESHLINE_TRY(take_zone_rules(stores.control, stores.clock.now(), report.client,
                                     report.other_zone_rules));
        taken.push_back({report.client, std::move(report.other_zone_rules), {}});
        report.other_zone_rules.clear();
    }
    if (taken.empty()) return taken;
    MESHLINE_ASSIGN(const auto workspace, session.opened().reload());
    RunRequest request;
    for (const TakenZoneRules& one : taken)
        request.clients.push_back(workspace->find_client(one.client.text()));
    MESHLINE_ASSIGN(const auto again,
                    run_clients(*workspace, session.installation().stages(), stores, request));
    for (std::size_t index = 0; index < again.size(); ++index) {
        MESHLINE_ASSIGN(taken[index].days, days_moved(stores.control, *workspace,
                                                      again[index].client, again[index].run));
        reports.push_back(again[index]);
    }
    return taken;
}

Result<int> run(Session& session, const RunArguments& arguments) {
    MESHLINE_ASSIGN(const auto workspace, session.workspace());
    RunRequest request;
    for (const std::string& name : arguments.clients) {
        MESHLINE_ASSIGN(const ClientDefinition* client, session.client(name));
        request.clients.push_back(client);
    }
    if (request.clients.empty()) {
        for (const ClientDefinition& client : workspace->clients)
            request.clients.push_back(&client);
    }
    MESHLINE_ASSIGN(request.from, optional_first_day(arguments.from));
    MESHLINE_ASSIGN(request.to, optional_last_day(arguments.to));
    MESHLINE_TRY(check_order(request.from, request.to));
    MESHLINE_ASSIGN(auto reports, run_and_mend(session, *workspace, request));
    const int left_out = exit_code_of_left_out(*workspace, arguments.clients);
    if (arguments.takes_zone_rules) {
        MESHLINE_ASSIGN(const auto taken, take_and_run_again(session, reports));
        session.is_json() ? print_json(run_json(reports, taken))
                          : print(run_text(reports) + taken_rules_text(taken));
    } else {
        session.is_json() ? print_json(run_json(reports)) : print(run_text(reports));
    }
    const int code = report_errors(reports);
    return code == 0 ? left_out : code;
}

}  // namespace

void add_run(CLI::App& app, CommandBody& chosen) {
    CLI::App* command =
        app.add_subcommand("run", "Normalize, validate, enrich, reconcile and publish");
    auto arguments = std::make_shared<RunArguments>();
    command->add_option("CLIENT", arguments->clients, "clients of the workspace (default: all)");
    CLI::Option* from =
        command->add_option("--from", arguments->from, "publish no day before this one")
            ->type_name("DATE");
    CLI::Option* to = command->add_option("--to", arguments->to, "publish no day after this one")
                          ->type_name("DATE");
    // Rules are taken for all days: a part of them would leave the others for a later surprise.
    command
        ->add_flag("--take-zone-rules", arguments->takes_zone_rules,
                   "take this machine's time zone rules and restate the days that they move")
        ->excludes(from)
        ->excludes(to);
    command->callback([&chosen, arguments] {
        chosen = [arguments](Session& session) { return run(session, *arguments); };
    });
}

}  // namespace meshline
