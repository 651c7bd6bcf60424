#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "stages/publish/publish.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/text_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace meshline {
namespace {

struct Verified {
    ClientId client;
    LogHead head;
    std::int64_t publications = 0;  ///< Whose log prefix has the root they commit to.
    std::int64_t recomputed = 0;    ///< Whose figures the warehouse gives again.
};

/// Every publication commits to a root: the log must still have it at that position.
Result<std::int64_t> verify_roots(const RunStores& stores, const Workspace& workspace,
                                  const ClientId& client) {
    std::map<Position, Digest> roots;
    std::int64_t count = 0;
    for (const MetricDefinition& metric : workspace.metrics) {
        MESHLINE_ASSIGN(const auto history,
                        stores.control.publication_history(client, metric.head.name, {}));
        for (const Publication& act : history) {
            if (!roots.contains(act.log_position)) {
                MESHLINE_ASSIGN(roots[act.log_position],
                                stores.log.root_at(client, act.log_position));
            }
            if (roots[act.log_position] != act.log_root) {
                return Error{
                    .kind = ErrorKind::corrupt,
                    .code = "verify.other_root",
                    .message = fmt::format(
                        "{} of {} on {} commits to another log than this: the first {} events have"
                        " root \"{}\", the publication \"{}\"",
                        act.metric, client.text(), publication_period_text(act), act.log_position,
                        roots[act.log_position].hex(), act.log_root.hex()),
                    .hint = "The event log was replaced or rewritten; restore it from a backup."};
            }
            ++count;
        }
    }
    return count;
}

Result<Verified> verify_client(const RunStores& stores, const Workspace& workspace,
                               const ClientDefinition& client) {
    Verified verified;
    verified.client = client.id;
    const VerifyProgress progress = [&](Position done, Position total) {
        stores.progress.advance("verify", static_cast<std::int64_t>(done),
                                static_cast<std::int64_t>(total));
    };
    MESHLINE_ASSIGN(verified.head, stores.log.verify(client.id, progress));
    stores.progress.finish("verify");
    MESHLINE_ASSIGN(verified.publications, verify_roots(stores, workspace, client.id));
    MESHLINE_ASSIGN(StageContext context, make_context(workspace, client, stores));
    MESHLINE_ASSIGN(verified.recomputed, recompute_publications(context));
    return verified;
}

std::string as_json(const std::vector<Verified>& all, const ControlStore::AuditHead& audit) {
    JsonWriter writer(true);
    writer.begin_object().member("is_intact", true).key("clients").begin_array();
    for (const Verified& one : all) {
        writer.begin_object().member("client", one.client.text());
        writer.member("events", one.head.position).member("root", one.head.root.hex());
        writer.member("publications", one.publications).member("recomputed", one.recomputed);
        writer.end_object();
    }
    writer.end_array().key("audit").begin_object().member("size", audit.size);
    writer.member("root", audit.root.hex()).end_object();
    return writer.end_object().take() + "\n";
}

Result<int> verify(Session& session) {
    MESHLINE_ASSIGN(const Workspace* workspace, session.workspace());
    MESHLINE_ASSIGN(const RunStores stores, session.run_stores());
    MESHLINE_TRY(stores.control.verify());
    std::vector<Verified> all;
    for (const ClientDefinition& client : workspace->clients) {
        MESHLINE_ASSIGN(all.emplace_back(), verify_client(stores, *workspace, client));
    }
    MESHLINE_ASSIGN(const auto audit, stores.control.audit_head());
    if (session.is_json()) {
        print_json(as_json(all, audit));
        return 0;
    }
    for (const Verified& one : all) {
        print(text_line(
            "{}: {} events re-hashed, root {}; {} publications commit to this log, {}"
            " computed again to the same digests",
            one.client.text(), with_thousands(static_cast<std::int64_t>(one.head.position)),
            one.head.root.brief(), with_thousands(one.publications),
            with_thousands(one.recomputed)));
    }
    print(text_line("audit tree: {} leaves re-hashed, root {}",
                    with_thousands(static_cast<std::int64_t>(audit.size)), audit.root.brief()));
    return 0;
}

}  // namespace

void add_verify(CLI::App& app, CommandBody& chosen) {
    CLI::App* command = app.add_subcommand("verify", "Hash every stored byte again and compare");
    command->callback([&chosen] { chosen = verify; });
}

}  // namespace meshline
