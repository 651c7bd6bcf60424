#include "base/text/text.hpp"
#include "operate/demo/demo.hpp"
#include "stages/capture/capture.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/exception_text.hpp"
#include "surface/cli/find_stream.hpp"
#include "surface/cli/html_report.hpp"
#include "surface/cli/metric_report_text.hpp"
#include "surface/cli/table.hpp"
#include "surface/cli/text_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace meshline {
namespace {

/// The demo's ninety days pass in seconds: its clock stands where the story is.
class StoryClock : public Clock {
  public:
    Instant now() override { return now_; }
    void set(Instant instant) { now_ = instant; }

  private:
    Instant now_;
};

constexpr const char* marker_name = "/demo.marker";

Result<void> write_workspace(Session& session, const Demo& demo, const std::string& folder) {
    FileSystem& files = session.installation().files();
    const bool is_ours = files.exists(folder + marker_name);
    if (files.exists(folder) && !is_ours) {
        return Error{.kind = ErrorKind::conflict,
                     .code = "demo.folder_in_use",
                     .message = fmt::format("\"{}\" exists and was not made by the demo", folder),
                     .hint = "Name another folder with --into."};
    }
    MESHLINE_TRY(session.installation().remove_folder(folder));
    MESHLINE_TRY(
        files.write_text(folder + marker_name, "Made by meshline demo; made anew each time.\n"));
    for (const DemoWorkspaceFile& file : demo.workspace) {
        MESHLINE_TRY(files.write_text(folder + "/" + file.path, file.text));
    }
    return {};
}

Result<void> capture_delivery(Session& session, const RunStores& stores, const std::string& folder,
                              const DemoDelivery& delivery) {
    const std::string path = fmt::format("{}/data/{}/{}/{}/{}", folder, delivery.client,
                                         delivery.source, delivery.stream, delivery.file_name);
    MESHLINE_TRY(session.installation().files().write_text(path, delivery.text));
    MESHLINE_ASSIGN(const ClientDefinition* client, session.client(delivery.client));
    MESHLINE_ASSIGN(const StreamChoice choice,
                    find_stream(*client, delivery.source + "/" + delivery.stream));
    CaptureContext context{stores.log, stores.control, session.installation().files(), stores.clock,
                           stores.progress};
    MESHLINE_ASSIGN(const CaptureReport report,
                    capture(context, {*client, *choice.source, *choice.stream, {path}}));
    if (!report.file_errors.empty()) return report.file_errors.front();
    return {};
}

/// Captures and runs round after round; returns how many events there are.
Result<Position> play(Session& session, const Demo& demo, const std::string& folder) {
    MESHLINE_ASSIGN(const auto workspace, session.workspace());
    MESHLINE_ASSIGN(RunStores stores, session.opened().run_stores());
    StoryClock clock;
    const RunStores story{stores.log, stores.warehouse, stores.transforms, stores.control,
                          clock,      stores.progress};
    RunRequest request;
    for (const ClientDefinition& client : workspace->clients)
        request.clients.push_back(&client);
    for (const DemoRound& round : demo.rounds) {
        for (const DemoDelivery& delivery : round.deliveries) {
            clock.set(delivery.received_at);
            MESHLINE_TRY(capture_delivery(session, story, folder, delivery));
        }
        MESHLINE_ASSIGN(const auto reports,
                        run_clients(*workspace, session.installation().stages(), story, request));
        for (const ClientReport& report : reports) {
            if (report.error) return *report.error;
        }
    }
    Position events = 0;
    for (const ClientDefinition& client : workspace->clients) {
        MESHLINE_ASSIGN(const LogHead head, stores.log.head(client.id));
        events += head.position;
    }
    return events;
}

Result<std::string> figures_text(ControlStore& control, EventLog& log, const Workspace& workspace) {
    constexpr const char* shown[] = {"gross_sales", "discounts", "returns",       "net_sales",
                                     "total_sales", "orders",    "cash_received", "ad_spend"};
    Table table({{"client"},
                 {"metric"},
                 {"total", Table::Align::right},
                 {"unit"},
                 {"verified", Table::Align::right},
                 {"restated", Table::Align::right},
                 {"provisional", Table::Align::right},
                 {"held", Table::Align::right}});
    for (const ClientDefinition& client : workspace.clients) {
        for (const char* name : shown) {
            const MetricDefinition* metric = workspace.find_metric(name);
            if (!metric) continue;
            MESHLINE_ASSIGN(const MetricReport report,
                            read_report(control, log, client, *metric, {}));
            DaysByState days = days_by_state(report);
            table.add({client.id.text(), name, shown_value(report, report.total),
                       report.currency.empty() ? "count" : report.currency,
                       std::to_string(days[PublicationState::verified]),
                       std::to_string(days[PublicationState::restated]),
                       std::to_string(days[PublicationState::provisional]),
                       std::to_string(days[PublicationState::held])});
        }
    }
    return table.text();
}

Result<int> demo(Session& session, const std::string& folder) {
    MESHLINE_ASSIGN(const Demo story, generate_demo(demo_seed));
    MESHLINE_TRY(write_workspace(session, story, folder));
    GlobalOptions options;
    options.workspace = folder;
    options.is_json = session.is_json();
    Session own(session.installation(), options);
    MESHLINE_ASSIGN(const Position events, play(own, story, folder));
    MESHLINE_ASSIGN(const auto workspace, own.workspace());
    MESHLINE_ASSIGN(DataFolder * data, own.opened().data());
    MESHLINE_ASSIGN(ControlStore * control, data->control());
    MESHLINE_ASSIGN(EventLog * log, data->log());
    MESHLINE_ASSIGN(const ExceptionList broken, list_exceptions(*control, {}));
    std::vector<const ClientDefinition*> clients;
    for (const ClientDefinition& client : workspace->clients)
        clients.push_back(&client);
    const std::string page_path = folder + "/report.html";
    MESHLINE_ASSIGN(const std::string page,
                    html_report(*control, *log, *workspace, {.clients = clients, .query = {}}));
    MESHLINE_TRY(session.installation().files().write_text(page_path, page));
    if (session.is_json()) {
        print_json(exception_list_json(broken));
        return 0;
    }
    MESHLINE_ASSIGN(const std::string figures, figures_text(*control, *log, *workspace));
    print(
        fmt::format("{} shops, {} to {}, {} events captured, normalized, checked, reconciled and"
                    " published\n\n{}\n",
                    clients.size(), story.from.text(), story.to.text(),
                    with_thousands(static_cast<std::int64_t>(events)), figures));
    print("What broke, by severity and money at risk, with the recovery proposed\n" +
          exceptions_text(broken));
    print("\n" + text_line("The report is at {}/report.html", folder) + "Look further:\n" +
          text_line("  meshline --workspace {} exceptions --json", folder) +
          text_line("  meshline --workspace {} explain {} net_sales 2026-03", folder,
                    clients.front()->id.text()) +
          text_line("  meshline --workspace {} verify", folder));
    return 0;
}

}  // namespace

void add_demo(CLI::App& app, CommandBody& chosen) {
    CLI::App* command =
        app.add_subcommand("demo", "An agency's three shops, ninety days, with faults planted");
    auto folder = std::make_shared<std::string>("meshline-demo");
    command->add_option("--into", *folder, "folder that is made anew (default: meshline-demo)")
        ->type_name("DIR");
    command->callback([&chosen, folder] {
        chosen = [folder](Session& session) { return demo(session, *folder); };
    });
}

}  // namespace meshline
