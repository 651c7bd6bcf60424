#include "operate/answers/verification.hpp"

#include "operate/orchestrate/check_log.hpp"
#include "operate/orchestrate/warehouse_origin.hpp"
#include "stages/publish/publish.hpp"

#include <fmt/format.h>
#include <set>

namespace meshline {
namespace {

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

/// A store that cannot be read is told once.
class Verifier {
  public:
    Verifier(OpenWorkspace& opened, Installation& installation, Clock& clock)
        : opened_(opened), installation_(installation), clock_(clock) {}

    Result<Verification> run() {
        MESHLINE_ASSIGN(data_, opened_.data());
        open_control();
        take(data_->log(), log_);
        if (control_) take(opened_.definitions(), workspace_);
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
        Progress& progress = installation_.progress();
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
        const RunStores stores{*log_,     *warehouse_, installation_.transforms(),
                               *control_, clock_,      progress};
        // A warehouse that has to be made again takes nothing from what stands in the stores.
        if (auto fits = check_origin(stores, client); !fits.ok()) {
            verified_.problems.push_back(std::move(fits).error());
            return verified;
        }
        MESHLINE_ASSIGN(StageContext context, make_context(*workspace_, *definition, stores));
        MESHLINE_ASSIGN(verified.recomputed, recompute_publications(context));
        return verified;
    }

    OpenWorkspace& opened_;
    Installation& installation_;
    Clock& clock_;
    DataFolder* data_ = nullptr;
    ControlStore* control_ = nullptr;
    EventLog* log_ = nullptr;
    std::shared_ptr<const Workspace> workspace_;
    Warehouse* warehouse_ = nullptr;
    Verification verified_;
};

}  // namespace

Result<Verification> verify(OpenWorkspace& opened, Installation& installation, Clock& clock) {
    return Verifier(opened, installation, clock).run();
}

}  // namespace meshline
