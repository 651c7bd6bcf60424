#pragma once

#include "core/control/control_store.hpp"
#include "drivers/sqlite/database.hpp"
#include "drivers/sqlite/temporary_copy.hpp"
#include "drivers/sqlite/verify_tree.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace meshline {

enum class ControlAccess : std::uint8_t {
    writing,
    /// Of a folder that cannot be written to: a copy is read, nothing that is changed is kept.
    reading,
};

/// What a store that was opened all the same has lost: how far it goes, and how far it went where
/// that is known.
struct ControlLoss {
    ControlStore::AuditHead here;
    std::optional<ControlStore::AuditHead> written;
};

struct ControlOptions {
    ControlAccess access = ControlAccess::writing;
    /// Whether there is anything that only a control store can have come before; asked where the
    /// store is empty.
    std::function<Result<bool>()> has_history = {};
    /// Opens a store that lost acts, which the caller then notes as an act of its own.
    bool accepts_loss = false;
};

/// The embedded control store in one SQLite file, with a file beside it that says how far its audit
/// tree had come. Errors: control.busy, control.disk_full, control.corrupt, control.newer,
/// control.failed; on opening control.missing and control.older where what was written is not all
/// there.
class SqliteControl : public ControlStore {
  public:
    static Result<std::unique_ptr<SqliteControl>> open(const std::string& path,
                                                       const ControlOptions& options = {});
    const std::optional<ControlLoss>& loss() const { return loss_; }

    Result<void> save_definitions(const std::vector<StoredDefinition>& definitions) override;
    Result<StoredDefinition> definition(const Digest& digest) override;

    Result<void> note_texts(const DefinitionTexts& texts, std::string_view manifest,
                            const std::vector<StoredDefinition>& definitions) override;
    Result<std::optional<DefinitionTexts>> texts_behind(const Publication& publication) override;

    Result<std::vector<StreamVersion>> stream_versions(std::string_view stream) override;
    Result<void> save_stream_version(const StreamVersion& version) override;
    Result<std::vector<std::string>> captured_identities(const ClientId& client,
                                                         const StreamName& stream) override;
    Result<void> note_captured_identity(const ClientId& client, const StreamName& stream,
                                        const std::string& identity) override;

    Result<std::vector<KeptZoneRules>> kept_zone_rules() override;
    Result<void> keep_zone_rules(const std::vector<KeptZoneRules>& kept) override;

    Result<ReservedEventsRead> reserved_events(const ClientId& client) override;
    Result<void> keep_reserved_events(const ClientId& client, const ReservedEventsRead& added,
                                      bool is_anew) override;

    Result<std::int64_t> run_count() override;
    Result<void> begin_run(const RunRecord& run) override;
    Result<void> finish_run(const RunId& run, Instant at, std::string_view outcome) override;
    Result<std::optional<RunRecord>> last_finished_run(const ClientId& client) override;
    Result<std::optional<RunRecord>> last_run(const ClientId& client) override;

    Result<void> save_check_results(const std::vector<CheckResult>& results) override;
    Result<std::vector<CheckResult>> latest_check_results(const ClientId& client) override;

    Result<SyncCounts> sync_findings(const ClientId& client, std::string_view stage,
                                     const std::vector<Finding>& findings, Instant at) override;
    Result<std::vector<ExceptionHome>> homes_of_open_exceptions() override;
    Result<std::vector<ExceptionItem>> exceptions(const ExceptionFilter& filter) override;

    Result<void> publish(const std::vector<NewPublication>& publications) override;
    Result<std::vector<Publication>> live_publications(const ClientId& client,
                                                       std::string_view metric) override;
    Result<std::vector<Publication>> publication_history(const ClientId& client,
                                                         std::string_view metric,
                                                         std::optional<BusinessDate> day) override;
    Result<std::vector<ClientId>> published_clients() override;
    Result<std::vector<PublishedPrefix>> published_prefixes(const ClientId& client) override;
    Result<std::string> blob(const Digest& digest) override;
    Result<std::optional<std::string>> find_blob(const Digest& digest) override;

    Result<std::optional<LogHead>> known_log(const ClientId& client) override;
    Result<void> know_log(const ClientId& client, const LogHead& head) override;

    Result<AuditHead> audit_head() override;
    Result<std::vector<std::string>> audit_leaves() override;
    Result<Digest> audit_root_at(std::uint64_t size) override;
    Result<bool> is_published_by_one_run(std::uint64_t size, const RunId& run) override;
    Result<void> append_audit_leaf(std::string_view leaf) override;

    Result<void> verify() override;

  private:
    SqliteControl(Database database, std::unique_ptr<TemporaryCopy> copy, std::string head_file)
        : copy_(std::move(copy)),
          head_file_(std::move(head_file)),
          database_(std::move(database)) {}
    Result<bool> goes_on_from(const AuditHead& written);
    /// Notes how far the audit tree has come, after an act.
    Result<void> write_head();
    Result<std::optional<DefinitionTexts>> latest_texts(const ClientId& client,
                                                        std::int64_t leaf_before);
    Result<std::set<Digest>> verify_digests(const char* table);
    Result<void> verify_commitments(const Commitments& commitments);
    Result<void> verify_zone_rules(const Commitments& commitments, const TakenZoneRules& taken);
    /// Within the caller's transaction.
    Result<void> insert_definitions(const std::vector<StoredDefinition>& definitions);
    Result<void> save_blob(std::string_view bytes, const Digest& digest);
    /// Adds leaves within the caller's transaction; returns the index of the first.
    Result<std::uint64_t> add_leaves(const std::vector<std::string>& leaves);

    const std::unique_ptr<TemporaryCopy> copy_;  ///< Of what is read; outlives the database.
    const std::string head_file_;
    std::uint64_t written_head_ = 0;
    std::optional<ControlLoss> loss_;
    Database database_;
    std::optional<Statement> select_blob_;  ///< Of database_, so it ends before it.
};

}  // namespace meshline
