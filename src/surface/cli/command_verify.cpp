#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "operate/orchestrate/check_log.hpp"
#include "operate/orchestrate/warehouse_origin.hpp"
#include "stages/publish/publish.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/text_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <set>

namespace meshline {
namespace {

struct VerifiedClient {
    ClientId client;
    LogHead head;
    bool is_compared = false;       ///< With the control store, where that is intact.
    std::int64_t publications = 0;  ///< Whose log prefix has the root they commit to.
    std::int64_t recomputed = 0;    ///< Whose figures the warehouse gives again.
};

struct Verified {
    std::vector<VerifiedClient> intact;
    std::int64_t clients = 0;
    std::optional<ControlStore::AuditHead> audit;  ///< Where the control store is intact.
    std::vector<Error> problems;
};

/// Every publication commits to a root: the log must still have it at that position.
Result<std::int64_t> verify_roots(ControlStore& control, EventLog& log, const ClientId& client) {
    MESHLINE_ASSIGN(const auto prefixes, control.published_prefixes(client));
    std::int64_t count = 0;
    for (const ControlStore::PublishedPrefix& prefix : prefixes) {
        const Publication& act = prefix.first;
        MESHLINE_ASSIGN(const Digest root, log.root_at(client, act.log_position));
        if (root != act.log_root) {
            return Error{
                .kind = ErrorKind::corrupt,
                .code = "verify.other_root",
                .message = fmt::format(
                    "{} of {} on {} commits to another log than this: the first {} events have"
                    " root \"{}\", the publication \"{}\"",
                    act.metric, client.text(), publication_period_text(act), act.log_position,
                    root.hex(), act.log_root.hex()),
                .hint = "The event log was replaced or rewritten; restore it from a backup."};
        }
        count += prefix.count;
    }
    return count;
}

/// Looks at everything, whatever is wrong with the rest: a store that cannot be read is told once.
class Verifier {
  public:
    explicit Verifier(Session& session) : session_(session) {}

    Result<Verified> run() {
        MESHLINE_ASSIGN(data_, session_.opened().data());
        open_control();
        take(data_->log(), log_);
        if (control_) take(session_.workspace(), workspace_);
        if (log_ && workspace_) take(data_->warehouse(), warehouse_);
        MESHLINE_ASSIGN(const auto clients, all_clients());
        verified_.clients = static_cast<std::int64_t>(clients.size());
        for (const ClientId& client : clients) {
            if (!log_) break;
            auto one = verify_client(client);
            if (one.ok()) {
                verified_.intact.push_back(std::move(*one));
            } else {
                verified_.problems.push_back(std::move(one).error());
            }
        }
        return std::move(verified_);
    }

  private:
    template <class T>
    void take(Result<T> result, T& into) {
        if (result.ok()) {
            into = *result;
        } else {
            verified_.problems.push_back(std::move(result).error());
        }
    }

    void open_control() {
        ControlStore* control = nullptr;
        take(data_->control(), control);
        if (!control) return;
        const auto intact = control->verify();
        const auto head = control->audit_head();
        if (!intact.ok() || !head.ok()) {
            verified_.problems.push_back(intact.ok() ? head.error() : intact.error());
            return;
        }
        control_ = control;
        verified_.audit = *head;
    }

    /// Those of the workspace, and whoever has events or publications without being there.
    Result<std::set<ClientId>> all_clients() const {
        std::set<ClientId> clients;
        if (log_) {
            MESHLINE_ASSIGN(const auto of_log, log_->clients());
            clients.insert(of_log.begin(), of_log.end());
        }
        if (control_) {
            MESHLINE_ASSIGN(const auto published, control_->published_clients());
            clients.insert(published.begin(), published.end());
        }
        if (workspace_) {
            for (const ClientDefinition& client : workspace_->clients)
                clients.insert(client.id);
        }
        return clients;
    }

    Result<VerifiedClient> verify_client(const ClientId& client) {
        VerifiedClient verified{client, {}};
        Progress& progress = session_.installation().progress();
        auto head = log_->verify(client, [&](Position done, Position total) {
            progress.advance("verify", static_cast<std::int64_t>(done),
                             static_cast<std::int64_t>(total));
        });
        progress.finish("verify");
        MESHLINE_ASSIGN(verified.head, std::move(head));
        if (!control_) return verified;
        MESHLINE_TRY(check_log(*control_, *log_, client));
        MESHLINE_ASSIGN(verified.publications, verify_roots(*control_, *log_, client));
        verified.is_compared = true;
        const ClientDefinition* definition =
            workspace_ ? workspace_->find_client(client.text()) : nullptr;
        if (!warehouse_ || !definition) return verified;
        const RunStores stores{*log_,     *warehouse_,      session_.installation().transforms(),
                               *control_, session_.clock(), progress};
        // A warehouse that has to be made again takes nothing from what stands in the stores.
        if (auto fits = check_origin(stores, client); !fits.ok()) {
            verified_.problems.push_back(std::move(fits).error());
            return verified;
        }
        MESHLINE_ASSIGN(StageContext context, make_context(*workspace_, *definition, stores));
        MESHLINE_ASSIGN(verified.recomputed, recompute_publications(context));
        return verified;
    }

    Session& session_;
    DataFolder* data_ = nullptr;
    ControlStore* control_ = nullptr;
    EventLog* log_ = nullptr;
    std::shared_ptr<const Workspace> workspace_;
    Warehouse* warehouse_ = nullptr;
    Verified verified_;
};

std::string as_json(const Verified& verified) {
    JsonWriter writer(true);
    writer.begin_object().member("is_intact", verified.problems.empty());
    writer.key("clients").begin_array();
    for (const VerifiedClient& one : verified.intact) {
        writer.begin_object().member("client", one.client.text());
        writer.member("events", one.head.position).member("root", one.head.root.hex());
        writer.member("publications", one.publications).member("recomputed", one.recomputed);
        writer.end_object();
    }
    writer.end_array();
    if (verified.audit) {
        writer.key("audit").begin_object().member("size", verified.audit->size);
        writer.member("root", verified.audit->root.hex()).end_object();
    }
    if (!verified.problems.empty()) {
        writer.key("problems").begin_array();
        for (const Error& problem : verified.problems) {
            writer.begin_object().member("code", problem.code).member("message", problem.message);
            writer.member("where", problem.where.text()).end_object();
        }
        writer.end_array();
    }
    return writer.end_object().take() + "\n";
}

std::string as_text(const Verified& verified) {
    std::string text;
    for (const VerifiedClient& one : verified.intact) {
        const auto events = with_thousands(static_cast<std::int64_t>(one.head.position));
        text += one.is_compared
                    ? text_line(
                          "{}: {} events re-hashed, root {}; {} publications commit to this log,"
                          " {} computed again to the same digests",
                          one.client.text(), events, one.head.root.brief(),
                          with_thousands(one.publications), with_thousands(one.recomputed))
                    : text_line(
                          "{}: {} events re-hashed, root {}; its publications could not be"
                          " compared",
                          one.client.text(), events, one.head.root.brief());
    }
    if (verified.audit) {
        text += text_line("audit tree: {} leaves re-hashed, root {}",
                          with_thousands(static_cast<std::int64_t>(verified.audit->size)),
                          verified.audit->root.brief());
    }
    if (!verified.problems.empty()) {
        text += text_line("{} problem{}; {} of {} client{} intact", verified.problems.size(),
                          verified.problems.size() == 1 ? "" : "s", verified.intact.size(),
                          verified.clients, verified.clients == 1 ? "" : "s");
    }
    return text;
}

Result<int> verify(Session& session) {
    MESHLINE_ASSIGN(const Verified verified, Verifier(session).run());
    session.is_json() ? print_json(as_json(verified)) : print(as_text(verified));
    int code = 0;
    for (const Error& problem : verified.problems) {
        const int one = report_error(problem);
        // Damage goes before what merely could not be done.
        if (code == 0 || problem.kind == ErrorKind::corrupt) code = one;
    }
    return code;
}

}  // namespace

void add_verify(CLI::App& app, CommandBody& chosen) {
    CLI::App* command = app.add_subcommand("verify", "Hash every stored byte again and compare");
    command->callback([&chosen] { chosen = verify; });
}

}  // namespace meshline
