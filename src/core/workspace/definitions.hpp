#pragma once

#include "core/workspace/asked_column.hpp"
#include "core/workspace/attribution_definition.hpp"
#include "core/workspace/check_definition.hpp"
#include "core/workspace/client_definition.hpp"
#include "core/workspace/currency_definition.hpp"
#include "core/workspace/left_out.hpp"
#include "core/workspace/metric_definition.hpp"
#include "core/workspace/owners.hpp"
#include "core/workspace/reconciliation_definition.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace meshline {

struct ReportDefinition {
    DefinitionHead head;
    std::vector<std::string> metrics;
    std::vector<std::string> reconciliations;
};

struct Workspace {
    std::string root;
    std::string name;
    Owners owners;
    CurrencyDefinition currencies;
    std::vector<ClientDefinition> clients;
    std::vector<MetricDefinition> metrics;
    std::vector<CheckDefinition> checks;
    std::vector<ReconciliationDefinition> reconciliations;
    std::vector<AttributionDefinition> attributions;
    std::vector<ReportDefinition> reports;
    /// What has problems, or stands on what has some: it is in none of the lists above.
    std::vector<LeftOut> left_out;
    /// What definitions ask the attributes of entries for, those of `left_out` too.
    std::vector<AskedColumn> asked_columns;

    const ClientDefinition* find_client(std::string_view name) const;
    const MetricDefinition* find_metric(std::string_view name) const;
    const LeftOut* find_left_out(LeftOutKind kind, std::string_view name) const;
};

/// One definition of the set that a client's figures depend on.
struct ManifestLine {
    std::string kind;
    std::string name;
    Digest digest;
    std::string bytes;
};

/// Every definition the client's figures of `metric` stand on, sorted by kind and name, as what it
/// means: the client, the rules of its zones, the currencies that it knows, its sources, the
/// streams' contracts and transforms, the metric, the attribution model, and the checks and
/// reconciliations that count in the metric (touches.hpp). `metric` empty: all metrics.
std::vector<ManifestLine> manifest_of(const Workspace& workspace, const ClientDefinition& client,
                                      std::string_view metric);
/// The same definitions, owners.yaml, packs and reports as they are written, for the audit: whose
/// they are, what they are called and who hears of them. No figure commits to it.
std::vector<ManifestLine> text_manifest_of(const Workspace& workspace,
                                           const ClientDefinition& client);
/// What the facts of a client depend on beside its log.
Digest facts_digest_of(const ClientDefinition& client);
/// "kind name digest\n" per line; its SHA-256 is a publication's definitions digest.
std::string encode_manifest(const std::vector<ManifestLine>& manifest);

}  // namespace meshline
