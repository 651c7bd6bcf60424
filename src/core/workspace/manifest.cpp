#include "core/workspace/definitions.hpp"
#include "core/workspace/touches.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

namespace meshline {
namespace {

ManifestLine line_of(std::string kind, std::string name, const DefinitionHead& head) {
    return {std::move(kind), std::move(name), head.digest, head.bytes};
}

ManifestLine text_of(std::string kind, std::string name, const DefinitionHead& head) {
    return {std::move(kind), std::move(name), head.text_digest, head.text_bytes};
}

/// Digits decide amounts, and which codes there are decides what fails: those of the binary, too.
ManifestLine line_of(const CurrencyTable& currencies) {
    std::string text = currencies.text();
    return {"currencies", "currencies", sha256(text), std::move(text)};
}

std::string name_in(const ClientDefinition& client, const SourceDefinition& source) {
    return client.id.text() + "/" + source.head.name;
}

void add_stream(const Pack& pack, const StreamDefinition& stream,
                std::vector<ManifestLine>& manifest) {
    const std::string name = pack.name + "/" + stream.name;
    manifest.push_back({"pack_stream", name, stream.digest, stream.bytes});
    manifest.push_back(
        {"contract", name, stream.contract->digest(), stream.contract->canonical_bytes()});
    for (const PackTransform& transform : stream.transforms) {
        manifest.push_back(
            {"transform", name + "/" + transform.name, transform.digest, transform.sql});
    }
}

void add_sources(const ClientDefinition& client, std::vector<ManifestLine>& manifest) {
    for (const SourceDefinition& source : client.sources) {
        manifest.push_back(line_of("source", name_in(client, source), source.head));
        for (const std::string& stream : source.streams) {
            add_stream(*source.pack, *source.pack->find(stream), manifest);
        }
    }
}

void add_source_texts(const ClientDefinition& client, std::vector<ManifestLine>& manifest) {
    for (const SourceDefinition& source : client.sources) {
        const Pack& pack = *source.pack;
        manifest.push_back(text_of("source", name_in(client, source), source.head));
        manifest.push_back({"pack", pack.name, pack.text_digest, pack.text_bytes});
        for (const std::string& stream : source.streams) {
            const Contract& contract = *pack.find(stream)->contract;
            manifest.push_back({"contract", pack.name + "/" + stream, contract.text_digest(),
                                contract.text_bytes()});
        }
    }
}

/// By kind and name, each once: two sources may stand on one stream of a pack.
void sort_lines(std::vector<ManifestLine>& manifest) {
    const auto key = [](const ManifestLine& line) { return std::tie(line.kind, line.name); };
    std::ranges::sort(manifest, {}, key);
    const auto repeated = std::ranges::unique(manifest, {}, key);
    manifest.erase(repeated.begin(), repeated.end());
}

}  // namespace

std::vector<ManifestLine> manifest_of(const Workspace& workspace, const ClientDefinition& client,
                                      std::string_view metric) {
    std::vector<ManifestLine> manifest;
    manifest.push_back(line_of("client", client.id.text(), client.head));
    for (const auto& [name, zone] : client.zones()) {
        manifest.push_back({"zone", name, zone.rules().digest(), zone.rules().text()});
    }
    manifest.push_back(line_of(client.currencies));
    add_sources(client, manifest);

    const MetricDefinition* only = workspace.find_metric(metric);
    const bool is_of_all = metric.empty();
    for (const MetricDefinition& one : workspace.metrics) {
        if (is_of_all || &one == only) {
            manifest.push_back(line_of("metric", one.head.name, one.head));
        }
    }
    for (const AttributionDefinition& one : workspace.attributions) {
        if (is_of_all || (only && only->attribution == one.head.name)) {
            manifest.push_back(line_of("attribution", one.head.name, one.head));
        }
    }
    for (const CheckDefinition& one : workspace.checks) {
        const bool counts = is_of_all || (only && touches(one, *only, workspace, client));
        if (concerns(one, client) && counts) {
            manifest.push_back(line_of("check", one.head.name, one.head));
        }
    }
    for (const ReconciliationDefinition& one : workspace.reconciliations) {
        const bool counts = is_of_all || (only && touches(one, *only));
        if (concerns(one, client) && counts) {
            manifest.push_back(line_of("reconciliation", one.head.name, one.head));
        }
    }
    sort_lines(manifest);
    return manifest;
}

std::vector<ManifestLine> text_manifest_of(const Workspace& workspace,
                                           const ClientDefinition& client) {
    std::vector<ManifestLine> manifest;
    manifest.push_back(
        {"owners", "owners", workspace.owners.text_digest, workspace.owners.text_bytes});
    if (!workspace.currencies.head.name.empty())
        manifest.push_back(text_of("currencies", "currencies", workspace.currencies.head));
    manifest.push_back(text_of("client", client.id.text(), client.head));
    add_source_texts(client, manifest);
    for (const MetricDefinition& one : workspace.metrics)
        manifest.push_back(text_of("metric", one.head.name, one.head));
    for (const AttributionDefinition& one : workspace.attributions)
        manifest.push_back(text_of("attribution", one.head.name, one.head));
    for (const CheckDefinition& one : workspace.checks) {
        if (concerns(one, client)) manifest.push_back(text_of("check", one.head.name, one.head));
    }
    for (const ReconciliationDefinition& one : workspace.reconciliations) {
        if (concerns(one, client))
            manifest.push_back(text_of("reconciliation", one.head.name, one.head));
    }
    for (const ReportDefinition& one : workspace.reports)
        manifest.push_back(text_of("report", one.head.name, one.head));
    sort_lines(manifest);
    return manifest;
}

Digest facts_digest_of(const ClientDefinition& client) {
    std::vector<ManifestLine> lines;
    lines.push_back({"client", client.id.text(), client.head.facts_digest, {}});
    for (const auto& [name, zone] : client.zones())
        lines.push_back({"zone", name, zone.rules().digest(), {}});
    lines.push_back(line_of(client.currencies));
    for (const SourceDefinition& source : client.sources) {
        lines.push_back({"source", name_in(client, source), source.head.facts_digest, {}});
        for (const std::string& stream : source.streams)
            add_stream(*source.pack, *source.pack->find(stream), lines);
    }
    sort_lines(lines);
    return sha256(encode_manifest(lines));
}

std::string encode_manifest(const std::vector<ManifestLine>& manifest) {
    std::string encoded;
    for (const ManifestLine& line : manifest) {
        encoded += fmt::format("{} {} {}\n", line.kind, line.name, line.digest.hex());
    }
    return encoded;
}

}  // namespace meshline
