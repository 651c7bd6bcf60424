#include "operate/answers/overview.hpp"
#include "surface/cli/broken_text.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/dates.hpp"
#include "surface/cli/html_report.hpp"
#include "surface/cli/metric_report_text.hpp"
#include "surface/cli/table.hpp"
#include "surface/cli/text_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

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

std::string overview_text(const Overview& overview, Instant now) {
    const std::string broken = broken_text(overview.broken);
    const std::string left_out = days_left_out_text(overview.days_left_out);
    if (overview.rows.empty()) return overview.why_nothing + "\n" + left_out + broken;
    std::string notes;
    Table table({{"metric"},
                 {"total", Table::Align::right},
                 {"unit"},
                 {"verified", Table::Align::right},
                 {"restated", Table::Align::right},
                 {"provisional", Table::Align::right},
                 {"held", Table::Align::right},
                 {"owner"}});
    for (const OverviewRow& row : overview.rows) {
        const DefinitionHead& head = row.metric->head;
        const auto days = [&](PublicationState state) {
            const auto found = row.days.find(state);
            return with_thousands(found == row.days.end() ? 0 : found->second);
        };
        table.add({head.name, with_thousands(row.total),
                   row.currency.empty() ? "count" : row.currency, days(PublicationState::verified),
                   days(PublicationState::restated), days(PublicationState::provisional),
                   days(PublicationState::held), head.owner});
        if (!row.total_note.empty())
            notes += text_line("{} has no total: {}", head.name, row.total_note);
    }
    notes += left_out + other_currencies_text(overview.other_currencies) + broken;
    return fmt::format("{}, {} to {}, {}\n\n", overview.client->id.text(), overview.from.text(),
                       overview.to.text(), as_of_text(*overview.client, overview.as_of, now)) +
           table.text() + (notes.empty() ? "" : "\n" + notes);
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
        MESHLINE_ASSIGN(const Overview overview,
                        read_overview(*control, *log, *workspace, *client, query));
        print(overview_text(overview, now));
        return 0;
    }
    MESHLINE_ASSIGN(const MetricReport found,
                    read_whole_report(*control, *log, *workspace, *client, *metric, query));
    if (!arguments.csv.empty()) {
        print_note(days_left_out_text(found.days_left_out));
        MESHLINE_TRY(write_out(files, arguments.csv, metric_report_csv(found)));
    } else {
        session.is_json() ? print_json(metric_report_json(found)) : print(report_text(found, now));
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
