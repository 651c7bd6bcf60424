#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "stages/publish/publish.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/run_text.hpp"
#include "surface/cli/text_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace meshline {
namespace {

Result<int> rebuild(Session& session, bool accepts_loss) {
    MESHLINE_ASSIGN(DataFolder * data, session.opened().data());
    MESHLINE_TRY(data->check_writable());
    if (accepts_loss) {
        MESHLINE_ASSIGN(const bool is_lost, data->accept_loss(session.clock().now()));
        print_note(is_lost
                       ? "note: publications of before are lost: the record goes on from what is"
                         " there, and its audit tree says so\n"
                       : "note: nothing was lost: the control store is the newest\n");
    }
    MESHLINE_ASSIGN(const auto workspace, session.opened().whole_definitions());
    // The others are asked first: a warehouse is not thrown away for a log that cannot be read, nor
    // for the control store of a newer Meshline.
    MESHLINE_TRY(data->log());
    MESHLINE_TRY(data->control());
    MESHLINE_TRY(data->remake_warehouse());
    MESHLINE_ASSIGN(const RunStores stores, session.opened().run_stores());
    RunRequest request;
    for (const ClientDefinition& client : workspace->clients)
        request.clients.push_back(&client);
    MESHLINE_ASSIGN(const auto reports,
                    run_clients(*workspace, session.installation().stages(), stores, request));
    std::int64_t compared = 0;
    for (std::size_t index = 0; index < reports.size(); ++index) {
        if (reports[index].error) return *reports[index].error;
        MESHLINE_ASSIGN(StageContext context,
                        make_context(*workspace, *request.clients[index], stores));
        MESHLINE_ASSIGN(const std::int64_t count, recompute_publications(context));
        compared += count;
    }
    if (session.is_json()) {
        print_json(run_json(reports));
    } else {
        print(run_text(reports) +
              text_line("{} publications computed again from the log to the same digests",
                        with_thousands(compared)));
    }
    return 0;
}

}  // namespace

void add_rebuild(CLI::App& app, CommandBody& chosen) {
    CLI::App* command =
        app.add_subcommand("rebuild", "Delete the warehouse and make it again from the event log");
    auto accepts_loss = std::make_shared<bool>(false);
    command->add_flag("--accept-loss", *accepts_loss,
                      "go on although the control store, or its last acts, are lost for good");
    command->callback([&chosen, accepts_loss] {
        chosen = [accepts_loss](Session& session) { return rebuild(session, *accepts_loss); };
    });
}

}  // namespace meshline
