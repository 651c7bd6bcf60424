#pragma once

#include "core/control/control_store.hpp"
#include "drivers/sqlite/database.hpp"

#include <memory>
#include <optional>
#include <string>

namespace meshline {

/// The embedded control store in one SQLite file. Errors: control.busy, control.disk_full,
/// control.corrupt, control.newer, control.failed.
class SqliteControl : public ControlStore {
  public:
    static Result<std::unique_ptr<SqliteControl>> open(const std::string& path);

    Result<void> save_definitions(const std::vector<StoredDefinition>& definitions) override;
    Result<std::optional<StoredDefinition>> definition(const Digest& digest) override;
    Result<std::vector<StoredDefinition>> definitions() override;

    Result<void> note_texts(const DefinitionTexts& texts, std::string_view manifest,
                            const std::vector<StoredDefinition>& definitions) override;
    Result<std::optional<DefinitionTexts>> texts_behind(const Publication& publication) override;

    Result<std::vector<StreamVersion>> stream_versions(std::string_view stream) override;
    Result<void> save_stream_version(const StreamVersion& version) override;

    Result<std::vector<KeptZoneRules>> kept_zone_rules() override;
    Result<void> keep_zone_rules(const std::vector<KeptZoneRules>& kept) override;

    Result<ReservedEventsRead> reserved_events(const ClientId& client) override;
    Result<void> keep_reserved_events(const ClientId& client, const ReservedEventsRead& added,
                                      bool is_anew) override;

    Result<std::int64_t> run_count() override;
    Result<void> begin_run(const RunRecord& run) override;
    Result<void> finish_run(const RunId& run, Instant at, std::string_view outcome) override;

    Result<void> save_check_results(const std::vector<CheckResult>& results) override;
    Result<std::vector<CheckResult>> latest_check_results(const ClientId& client) override;
    Result<std::vector<CheckResult>> check_history(const ClientId& client,
                                                   std::string_view check) override;

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
    Result<std::optional<std::string>> blob(const Digest& digest) override;

    Result<AuditHead> audit_head() override;
    Result<std::vector<std::string>> audit_leaves() override;
    Result<void> append_audit_leaf(std::string_view leaf) override;

    Result<void> verify() override;

  private:
    explicit SqliteControl(Database database) : database_(std::move(database)) {}
    Result<std::optional<DefinitionTexts>> latest_texts(const ClientId& client,
                                                        std::int64_t leaf_before);
    Result<void> verify_texts(const std::vector<std::string>& leaves);
    /// Within the caller's transaction.
    Result<void> insert_definitions(const std::vector<StoredDefinition>& definitions);
    Result<void> save_blob(std::string_view bytes, const Digest& digest);
    /// Adds leaves within the caller's transaction; returns the index of the first.
    Result<std::uint64_t> add_leaves(const std::vector<std::string>& leaves);

    Database database_;
    std::optional<Statement> select_blob_;  ///< Of database_, so it ends before it.
};

/// Brings the schema to the newest migration. Error control.newer.
Result<void> migrate_control(Database& database, const std::string& path);

}  // namespace meshline
