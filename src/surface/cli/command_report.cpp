#include "operate/orchestrate/events_since_run.hpp"
#include "surface/cli/broken_definitions.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/dates.hpp"
#include "surface/cli/html_report.hpp"
#include "surface/cli/metric_report.hpp"
#include "surface/cli/table.hpp"
#include "surface/cli/text_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <set>

namespace meshline {
namespace {

struct ReportArguments {
    std::string client;
    std::string metric;
    std::string by = "day";
    std::string from;
    std::string to;
    std::string currency;
    std::string csv;
    std::string html;
};

/// Every metric's total, with how many of its days stand where.
Result<std::string> overview_text(ControlStore& control, EventLog& log, const Workspace& workspace,
                                  const ClientDefinition& client, const ReportQuery& query,
                                  Instant now) {
    std::string header;
    std::string notes;
    Table table({{"metric"},
                 {"total", Table::Align::right},
                 {"unit"},
                 {"verified", Table::Align::right},
                 {"restated", Table::Align::right},
                 {"provisional", Table::Align::right},
                 {"held", Table::Align::right},
                 {"owner"}});
    MESHLINE_ASSIGN(const auto reports,
                    read_reports(control, log, workspace, client, nullptr, query));
    std::set<std::string> other_currencies;
    std::set<BusinessDate> left_out;
    for (const MetricReport& report : reports) {
        left_out.insert(report.days_left_out.begin(), report.days_left_out.end());
        if (report.figures.empty()) continue;
        const DefinitionHead& head = report.metric->head;
        if (header.empty()) {
            header = fmt::format("{}, {} to {}, {}\n\n", client.id.text(), report.from->text(),
                                 report.to->text(), as_of_text(report, now));
        }
        DaysByState days = days_by_state(report);
        table.add({head.name, shown_value(report, report.total),
                   report.currency.empty() ? "count" : report.currency,
                   with_thousands(days[PublicationState::verified]),
                   with_thousands(days[PublicationState::restated]),
                   with_thousands(days[PublicationState::provisional]),
                   with_thousands(days[PublicationState::held]), head.owner});
        if (!report.total) notes += text_line("{} has no total: {}", head.name, report.total_note);
        other_currencies.insert(report.other_currencies.begin(), report.other_currencies.end());
    }
    const std::string broken = broken_text(broken_behind(workspace, client, nullptr));
    if (table.is_empty())
        return why_nothing(client, reports) + "\n" + days_left_out_text(left_out) + broken;
    notes += days_left_out_text(left_out) + other_currencies_text(other_currencies) + broken;
    return header + table.text() + (notes.empty() ? "" : "\n" + notes);
}

/// To the file, or to standard output for "-".
Result<void> write_out(FileSystem& files, const std::string& path, const std::string& bytes) {
    if (path == "-") {
        print_data(bytes);
        return {};
    }
    MESHLINE_TRY(files.write_text(path, bytes));
    print(text_line("written to {}", path));
    return {};
}

Result<int> report(Session& session, const ReportArguments& arguments) {
    MESHLINE_ASSIGN(const auto workspace, session.workspace());
    MESHLINE_ASSIGN(const ClientDefinition* client, session.client(arguments.client));
    ReportQuery query;
    query.by = arguments.by;
    query.currency = arguments.currency;
    MESHLINE_ASSIGN(query.from, optional_first_day(arguments.from));
    MESHLINE_ASSIGN(query.to, optional_last_day(arguments.to));
    MESHLINE_TRY(check_order(query.from, query.to));
    if (!arguments.html.empty() && (arguments.by != "day" || !arguments.csv.empty())) {
        return Error{.code = "cli.usage",
                     .message = "--html goes with neither --by nor --csv",
                     .hint = "A page has days and all dimensions; write the CSV file apart."};
    }
    const MetricDefinition* metric = nullptr;
    if (!arguments.metric.empty()) {
        MESHLINE_ASSIGN(metric, session.metric(arguments.metric));
    } else if (session.is_json() || !arguments.csv.empty() || arguments.by != "day") {
        return Error{.code = "report.no_metric",
                     .message = "--json, --csv and --by need a metric, and none is named",
                     .hint = fmt::format("Add --metric NAME; meshline report {} lists them.",
                                         client->id.text())};
    }
    MESHLINE_ASSIGN(DataFolder * data, session.opened().data());
    MESHLINE_ASSIGN(ControlStore * control, data->control());
    MESHLINE_ASSIGN(EventLog * log, data->log());
    FileSystem& files = session.installation().files();
    const Instant now = session.clock().now();
    if (!arguments.html.empty()) {
        MESHLINE_ASSIGN(const std::string page,
                        html_report(*control, *log, *workspace,
                                    {.clients = {client}, .metric = metric, .query = query}));
        MESHLINE_TRY(write_out(files, arguments.html, page));
        return 0;
    }
    if (!metric) {
        MESHLINE_ASSIGN(const std::string text,
                        overview_text(*control, *log, *workspace, *client, query, now));
        print(text);
        return 0;
    }
    MESHLINE_ASSIGN(MetricReport found, read_report(*control, *log, *client, *metric, query));
    MESHLINE_ASSIGN(found.events_since_run, events_since_run(*control, *log, client->id));
    MESHLINE_TRY(check_currency(found));
    found.broken = broken_behind(*workspace, *client, metric);
    if (!arguments.csv.empty()) {
        print_note(days_left_out_text(found.days_left_out));
        MESHLINE_TRY(write_out(files, arguments.csv, report_csv(found)));
    } else {
        session.is_json() ? print_json(report_json(found)) : print(report_text(found, now));
    }
    return 0;
}

}  // namespace

void add_report(CLI::App& app, CommandBody& chosen) {
    CLI::App* command = app.add_subcommand("report", "Published figures with their trust");
    auto arguments = std::make_shared<ReportArguments>();
    command->add_option("CLIENT", arguments->client, "a client of the workspace")->required();
    command
        ->add_option("--metric", arguments->metric,
                     "the metric to list (default: an overview of all)")
        ->type_name("NAME");
    command
        ->add_option("--by", arguments->by,
                     "day, week, month, quarter, year or a dimension of the metric (default: day)")
        ->type_name("WHAT");
    command
        ->add_option("--from", arguments->from,
                     "first day: of a date, week (2026-W10), month (2026-03), quarter (2026-Q1) or"
                     " year")
        ->type_name("DATE");
    command->add_option("--to", arguments->to, "last day, of the same")->type_name("DATE");
    command
        ->add_option("--currency", arguments->currency,
                     "figures in this currency (default: the client's)")
        ->type_name("CODE");
    command
        ->add_option("--csv", arguments->csv,
                     "write the figures to a CSV file; - is standard output")
        ->type_name("FILE");
    command
        ->add_option("--html", arguments->html,
                     "write all metrics, or the one named, to an HTML page with charts; - is"
                     " standard output")
        ->type_name("FILE");
    command->callback([&chosen, arguments] {
        chosen = [arguments](Session& session) { return report(session, *arguments); };
    });
}

}  // namespace meshline
