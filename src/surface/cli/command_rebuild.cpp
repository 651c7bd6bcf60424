#include "base/text/text.hpp"
#include "operate/answers/rebuild.hpp"
#include "operate/answers/run_json.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/run_text.hpp"
#include "surface/cli/text_line.hpp"

#include <CLI/CLI.hpp>

namespace meshline {
namespace {

Result<int> rebuild_warehouse(Session& session, bool accepts_loss) {
    if (accepts_loss) {
        MESHLINE_ASSIGN(const bool is_lost, accept_loss(session.opened(), session.clock().now()));
        print_note(is_lost
                       ? "note: publications of before are lost: the record goes on from what is"
                         " there, and its audit tree says so\n"
                       : "note: nothing was lost: the control store is the newest\n");
    }
    MESHLINE_ASSIGN(const Rebuild rebuilt,
                    rebuild(session.opened(), session.installation().stages()));
    if (session.is_json()) {
        print_json(run_json(rebuilt.reports));
    } else {
        print(run_text(rebuilt.reports) +
              text_line("{} publications computed again from the log to the same digests",
                        with_thousands(rebuilt.recomputed)));
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
        chosen = [accepts_loss](Session& session) {
            return rebuild_warehouse(session, *accepts_loss);
        };
    });
}

}  // namespace meshline
