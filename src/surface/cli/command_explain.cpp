#include "surface/cli/commands.hpp"
#include "surface/cli/dates.hpp"
#include "surface/cli/explanation_text.hpp"

#include <CLI/CLI.hpp>

namespace meshline {
namespace {

struct ExplainArguments {
    std::string client;
    std::string metric;
    std::string period;
};

Result<int> explain_figure(Session& session, const ExplainArguments& arguments) {
    MESHLINE_ASSIGN(const ClientDefinition* client, session.client(arguments.client));
    MESHLINE_ASSIGN(const MetricDefinition* metric, session.metric(arguments.metric));
    MESHLINE_ASSIGN(const Period period, parse_period(arguments.period));
    MESHLINE_ASSIGN(const RunStores stores, session.opened().run_stores_of(client->id));
    MESHLINE_ASSIGN(const Explanation found, explain(stores, *client, *metric, period));
    session.is_json() ? print_json(explanation_json(found)) : print(explanation_text(found));
    return 0;
}

}  // namespace

void add_explain(CLI::App& app, CommandBody& chosen) {
    CLI::App* command =
        app.add_subcommand("explain", "What made a figure, down to the raw events and definitions");
    auto arguments = std::make_shared<ExplainArguments>();
    command->add_option("CLIENT", arguments->client, "a client of the workspace")->required();
    command->add_option("METRIC", arguments->metric, "a metric of the workspace")->required();
    command
        ->add_option(
            "PERIOD", arguments->period,
            "a day (2026-03-01), week (2026-W10), month (2026-03), quarter (2026-Q1) or year")
        ->required();
    command->callback([&chosen, arguments] {
        chosen = [arguments](Session& session) { return explain_figure(session, *arguments); };
    });
}

}  // namespace meshline
