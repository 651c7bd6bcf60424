#include "base/text/text.hpp"
#include "base/time/civil.hpp"
#include "operate/answers/status.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/exception_text.hpp"
#include "surface/cli/table.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace meshline {
namespace {

/// "5 minutes": in the largest unit of which there are two, for ages are compared at a glance.
std::string age_text(Instant then, Instant now) {
    const std::int64_t minutes = (now.micros - then.micros) / (60 * micros_per_second);
    if (minutes < 0) return "ahead of this machine's clock";
    const auto counted = [](std::int64_t count, const char* unit) {
        return fmt::format("{} {}{}", with_thousands(count), unit, count == 1 ? "" : "s");
    };
    constexpr std::int64_t hour = 60;
    constexpr std::int64_t day = 24 * hour;
    if (minutes < 2 * hour) return counted(minutes, "minute");
    return minutes < 2 * day ? counted(minutes / hour, "hour") : counted(minutes / day, "day");
}

/// The longest silent first: where there is no room for all, they are the ones to see.
std::string sources_text(std::vector<SourceStatus> sources, Instant now) {
    std::ranges::sort(sources, {}, [](const SourceStatus& one) {
        return std::pair(one.last_record_at, one.source);
    });
    std::vector<std::string> texts;
    for (const SourceStatus& one : sources) {
        texts.push_back(
            fmt::format("{} {}", one.source,
                        one.last_record_at ? age_text(*one.last_record_at, now) : "never"));
    }
    return join(texts, ", ");
}

std::string exceptions_text(const std::vector<OpenExceptions>& exceptions) {
    std::vector<std::string> texts;
    for (const OpenExceptions& one : exceptions)
        texts.push_back(fmt::format("{} {}", with_thousands(one.count), name_of(one.severity)));
    return texts.empty() ? "none" : join(texts, ", ");
}

std::string oldest_text(const std::vector<OpenExceptions>& exceptions, Instant now) {
    const auto oldest = std::ranges::min_element(
        exceptions, {}, [](const OpenExceptions& one) { return one.oldest_opened_at.micros; });
    return oldest == exceptions.end() ? "" : age_text(oldest->oldest_opened_at, now);
}

std::string run_text(const std::optional<RunRecord>& run, Instant now) {
    if (!run) return "never";
    const std::string age = age_text(run->finished_at.value_or(run->started_at), now);
    return run->outcome == "done" ? age : fmt::format("{}, {}", age, run->outcome);
}

std::string status_text(const std::vector<ClientStatus>& clients, Instant now) {
    Table table({{"client"},
                 {"newest figure"},
                 {"state"},
                 {"last record"},
                 {"exceptions"},
                 {"at risk"},
                 {"oldest"},
                 {"last run"}});
    for (const ClientStatus& status : clients) {
        const auto& newest = status.newest;
        table.add({status.client.text(),
                   newest ? fmt::format("{} {}", newest->day.text(), newest->metric) : "none",
                   newest ? std::string(name_of(newest->state)) : "",
                   sources_text(status.sources, now), exceptions_text(status.exceptions),
                   money_at_risk_text(status.at_risk), oldest_text(status.exceptions, now),
                   run_text(status.last_run, now)});
    }
    return table.text();
}

Result<std::vector<const ClientDefinition*>> clients_asked(const Workspace& workspace,
                                                           const std::vector<std::string>& names) {
    std::vector<const ClientDefinition*> clients;
    for (const std::string& name : names) {
        MESHLINE_ASSIGN(const ClientDefinition* client, find_client(workspace, name));
        clients.push_back(client);
    }
    if (!names.empty()) return clients;
    for (const ClientDefinition& client : workspace.clients)
        clients.push_back(&client);
    return clients;
}

/// What is wrong with one client's stores keeps no other from being told of; it is said at the end.
Result<int> show_status(Session& session, const std::vector<std::string>& names) {
    session.opened().only_read();
    MESHLINE_ASSIGN(const auto workspace, session.workspace());
    MESHLINE_ASSIGN(const auto clients, clients_asked(*workspace, names));
    MESHLINE_ASSIGN(DataFolder * data, session.opened().data());
    MESHLINE_ASSIGN(ControlStore * control, data->control());
    MESHLINE_ASSIGN(EventLog * log, data->log());
    const Instant now = session.clock().now();
    std::vector<ClientStatus> told;
    std::vector<Error> errors;
    for (const ClientDefinition* client : clients) {
        auto status = read_status(*control, *log, *client);
        if (status.ok()) {
            told.push_back(std::move(*status));
        } else {
            errors.push_back(std::move(status).error());
        }
    }
    session.is_json() ? print_json(status_json(told, now)) : print(status_text(told, now));
    int code = 0;
    for (const Error& error : errors)
        code = std::max(code, report_error(error));
    return code;
}

}  // namespace

void add_status(CLI::App& app, CommandBody& chosen) {
    CLI::App* command =
        app.add_subcommand("status", "How each client stands: figures, records, exceptions, runs");
    auto names = std::make_shared<std::vector<std::string>>();
    command->add_option("CLIENT", *names, "a client of the workspace (default: all)")
        ->expected(0, 1);
    command->callback([&chosen, names] {
        chosen = [names](Session& session) { return show_status(session, *names); };
    });
}

}  // namespace meshline
