#pragma once

#include "base/hash/digest.hpp"
#include "base/result/result.hpp"
#include "base/time/instant.hpp"
#include "core/control/exception_item.hpp"
#include "core/control/kept_definitions.hpp"
#include "core/control/kept_runs.hpp"
#include "core/eventlog/event_log.hpp"
#include "core/model/definition_texts.hpp"
#include "core/model/finding.hpp"
#include "core/model/ids.hpp"
#include "core/model/publication.hpp"
#include "core/model/reserved_source.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// Definitions, runs, exceptions, publications and the audit tree. Each call is one durable
/// transaction. Used by one thread at a time.
class ControlStore {
  public:
    virtual ~ControlStore() = default;

    /// Already known digests are left alone.
    virtual Result<void> save_definitions(const std::vector<StoredDefinition>& definitions) = 0;
    /// Hashed on reading. Error control.corrupt where its bytes are missing or have another digest.
    virtual Result<StoredDefinition> definition(const Digest& digest) = 0;

    /// Notes the texts as a leaf of the audit tree, and keeps their manifest and the definitions
    /// that it names; nothing where they are what was noted of the client last.
    virtual Result<void> note_texts(const DefinitionTexts& texts, std::string_view manifest,
                                    const std::vector<StoredDefinition>& definitions) = 0;
    /// What was noted of the client last when the publication was stored; nothing before the first.
    virtual Result<std::optional<DefinitionTexts>> texts_behind(const Publication& publication) = 0;

    /// Every version of the stream that was used, the latest last.
    virtual Result<std::vector<StreamVersion>> stream_versions(std::string_view stream) = 0;
    virtual Result<void> save_stream_version(const StreamVersion& version) = 0;
    /// By what the records of the stream were told apart when they were captured; empty stands for
    /// what was before that was noted. Nothing where nothing was noted.
    virtual Result<std::vector<std::string>> captured_identities(const ClientId& client,
                                                                 const StreamName& stream) = 0;
    /// Adds one of them; nothing changes where it is noted already.
    virtual Result<void> note_captured_identity(const ClientId& client, const StreamName& stream,
                                                const std::string& identity) = 0;

    /// Of all clients.
    virtual Result<std::vector<KeptZoneRules>> kept_zone_rules() = 0;
    /// In place of what the clients kept for these zones.
    virtual Result<void> keep_zone_rules(const std::vector<KeptZoneRules>& kept) = 0;

    /// What was kept of the client's reserved events; position 0 where nothing was. Derived from
    /// the log: whoever asks holds the root against it.
    virtual Result<ReservedEventsRead> reserved_events(const ClientId& client) = 0;
    /// Adds the events, or puts them in place of all (`is_anew`), and moves to their position.
    virtual Result<void> keep_reserved_events(const ClientId& client,
                                              const ReservedEventsRead& added, bool is_anew) = 0;

    /// How many runs there were, of all clients; those that failed too.
    virtual Result<std::int64_t> run_count() = 0;
    virtual Result<void> begin_run(const RunRecord& run) = 0;
    virtual Result<void> finish_run(const RunId& run, Instant at, std::string_view outcome) = 0;
    /// The client's latest whose outcome is "done".
    virtual Result<std::optional<RunRecord>> last_finished_run(const ClientId& client) = 0;
    /// The client's latest, whatever became of it.
    virtual Result<std::optional<RunRecord>> last_run(const ClientId& client) = 0;

    virtual Result<void> save_check_results(const std::vector<CheckResult>& results) = 0;
    /// Of the client's latest run; none when that run had no checks.
    virtual Result<std::vector<CheckResult>> latest_check_results(const ClientId& client) = 0;

    /// Makes the client's open exceptions of `stage` equal to `findings`.
    virtual Result<SyncCounts> sync_findings(const ClientId& client, std::string_view stage,
                                             const std::vector<Finding>& findings, Instant at) = 0;
    virtual Result<std::vector<ExceptionHome>> homes_of_open_exceptions() = 0;
    /// By severity, the worst first, then by money at risk, the largest first (amounts compare
    /// within a currency; those without come last), then by client, type and key.
    virtual Result<std::vector<ExceptionItem>> exceptions(const ExceptionFilter& filter) = 0;

    /// Stores acts with their results and their leaves in the audit tree, all or none.
    struct NewPublication {
        Publication publication;
        /// encode_figures(); its SHA-256 is result_digest. Nothing where an earlier act of the unit
        /// brought the same.
        std::optional<std::string> figures;
        /// What many acts share, owned by the caller: the manifest with definitions_digest (nothing
        /// where an earlier act of the unit brought the same), the check results with
        /// checks_digest.
        std::optional<std::string_view> definitions;
        std::string_view checks;
    };
    virtual Result<void> publish(const std::vector<NewPublication>& publications) = 0;
    /// The acts that are live, as live_acts() has them. `metric` empty: all.
    virtual Result<std::vector<Publication>> live_publications(const ClientId& client,
                                                               std::string_view metric) = 0;
    /// Every act of a metric, or those that cover one day and no longer period, in order.
    virtual Result<std::vector<Publication>> publication_history(
        const ClientId& client, std::string_view metric, std::optional<BusinessDate> day) = 0;
    /// Every client of which anything was published.
    virtual Result<std::vector<ClientId>> published_clients() = 0;
    /// A prefix of a client's log, what was published from it first, and how much altogether.
    struct PublishedPrefix {
        Publication first;
        std::int64_t count = 0;
    };
    virtual Result<std::vector<PublishedPrefix>> published_prefixes(const ClientId& client) = 0;
    /// The bytes with this digest: figures, manifests of definitions, check results. Hashed on
    /// reading. Error control.corrupt where they are missing or have another digest.
    virtual Result<std::string> blob(const Digest& digest) = 0;
    /// The same for a digest under which nothing may ever have been stored.
    virtual Result<std::optional<std::string>> find_blob(const Digest& digest) = 0;

    /// How far the client's log was when somebody last worked with it: whatever log there is now
    /// must go on from there. Nothing before the first capture.
    virtual Result<std::optional<LogHead>> known_log(const ClientId& client) = 0;
    virtual Result<void> know_log(const ClientId& client, const LogHead& head) = 0;

    /// The audit tree: its size and root as stored, and the leaves in order.
    struct AuditHead {
        std::uint64_t size = 0;
        Digest root;
    };
    virtual Result<AuditHead> audit_head() = 0;
    virtual Result<std::vector<std::string>> audit_leaves() = 0;
    /// The root that the tree had when it had `size` leaves; reads them.
    virtual Result<Digest> audit_root_at(std::uint64_t size) = 0;
    /// Whether everything that was published beyond the first `size` leaves is of that run.
    virtual Result<bool> is_published_by_one_run(std::uint64_t size, const RunId& run) = 0;
    /// Adds an operator action as a leaf of its own.
    virtual Result<void> append_audit_leaf(std::string_view leaf) = 0;

    /// Reads and hashes everything that it holds: its file, definitions, blobs, the audit tree; and
    /// holds the leaves of that tree and the rows that they speak of against each other, both ways.
    /// Error control.corrupt naming the first place that differs.
    virtual Result<void> verify() = 0;
};

}  // namespace meshline
