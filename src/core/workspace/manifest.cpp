#include "core/workspace/definitions.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

namespace meshline {
namespace {

ManifestLine line_of(std::string kind, std::string name, const DefinitionHead& head) {
    return {std::move(kind), std::move(name), head.digest, head.bytes};
}

bool is_for(const std::vector<std::string>& clients, const ClientId& client) {
    return clients.empty() ||
           std::find(clients.begin(), clients.end(), client.text()) != clients.end();
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
        manifest.push_back(
            line_of("source", client.id.text() + "/" + source.head.name, source.head));
        for (const std::string& stream : source.streams) {
            add_stream(*source.pack, *source.pack->find(stream), manifest);
        }
    }
}

}  // namespace

std::vector<ManifestLine> manifest_of(const Workspace& workspace, const ClientDefinition& client,
                                      std::string_view metric) {
    std::vector<ManifestLine> manifest;
    manifest.push_back(line_of("client", client.id.text(), client.head));
    for (const auto& [name, zone] : client.zones()) {
        manifest.push_back({"zone", name, zone.rules().digest(), zone.rules().text()});
    }
    add_sources(client, manifest);

    const MetricDefinition* only = workspace.find_metric(metric);
    for (const MetricDefinition& one : workspace.metrics) {
        if (metric.empty() || &one == only) {
            manifest.push_back(line_of("metric", one.head.name, one.head));
        }
    }
    for (const AttributionDefinition& one : workspace.attributions) {
        if (metric.empty() || (only && only->attribution == one.head.name)) {
            manifest.push_back(line_of("attribution", one.head.name, one.head));
        }
    }
    for (const CheckDefinition& one : workspace.checks) {
        if (is_for(one.clients, client.id)) {
            manifest.push_back(line_of("check", one.head.name, one.head));
        }
    }
    for (const ReconciliationDefinition& one : workspace.reconciliations) {
        if (is_for(one.clients, client.id)) {
            manifest.push_back(line_of("reconciliation", one.head.name, one.head));
        }
    }

    const auto key = [](const ManifestLine& line) { return std::tie(line.kind, line.name); };
    std::sort(manifest.begin(), manifest.end(),
              [&](const auto& left, const auto& right) { return key(left) < key(right); });
    // Two sources may stand on one stream of a pack.
    const auto same = [&](const auto& left, const auto& right) { return key(left) == key(right); };
    manifest.erase(std::unique(manifest.begin(), manifest.end(), same), manifest.end());
    return manifest;
}

std::string encode_manifest(const std::vector<ManifestLine>& manifest) {
    std::string encoded;
    for (const ManifestLine& line : manifest) {
        encoded += fmt::format("{} {} {}\n", line.kind, line.name, line.digest.hex());
    }
    return encoded;
}

}  // namespace meshline
