// Goal: the starter definitions and the demo's workspace are without a problem, and the key names
// only what they define. Method: both are loaded from memory by the loader itself.
#include "base/text/text.hpp"
#include "core/workspace/load_workspace.hpp"
#include "core/workspace/memory_files.hpp"
#include "operate/demo/generated_records.hpp"
#include "operate/demo/shop_template.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>

namespace meshline {
namespace {

std::string text_of(const std::vector<Error>& problems) {
    std::string text;
    for (const Error& problem : problems)
        text += render(problem) + "\n";
    return text;
}

Workspace load(MemoryFiles& files) {
    LoadedWorkspace loaded = load_workspace("shop", files);
    EXPECT_TRUE(loaded.problems.empty()) << text_of(loaded.problems);
    return std::move(loaded.workspace).value();
}

Workspace load_demo() {
    MemoryFiles files;
    for (const DemoWorkspaceFile& file : shared_demo().workspace) {
        files.files["shop/" + file.path] = file.text;
    }
    return load(files);
}

/// Judges each record of a JSON delivery; adds "stream place" for the first violation of each.
void judge(const DemoDelivery& delivery, const StreamDefinition& stream, const ReadOptions& options,
           std::vector<std::string>& broken) {
    JsonDocument document;
    const auto judge_one = [&](JsonValue record) {
        const auto violations = stream.contract->judge(record, options);
        if (violations.empty()) return;
        broken.push_back(delivery.client + " " + stream.name + " " +
                         violations.front().instance_location);
    };
    if (delivery.file_name.ends_with(".ndjson")) {
        for (const std::string_view line : split(delivery.text, '\n')) {
            if (!line.empty()) judge_one(document.parse(line).value());
        }
        return;
    }
    const JsonValue records =
        document.parse(delivery.text).value().find(stream.envelopes.front()).value();
    if (records.size() == 0) return;
    JsonValue record = records.first();
    for (std::size_t index = 1; index < records.size(); ++index, record = record.next()) {
        judge_one(record);
    }
    judge_one(record);
}

template <class Definition>
bool has(const std::vector<Definition>& definitions, const std::string& name) {
    return std::any_of(definitions.begin(), definitions.end(),
                       [&](const Definition& one) { return one.head.name == name; });
}

TEST(shop_template, loads_without_a_problem) {
    MemoryFiles files;
    for (const EmbeddedFile& file : shop_template()) {
        files.files["shop/" + std::string(file.path)] = std::string(file.bytes);
    }
    const Workspace workspace = load(files);
    EXPECT_EQ(workspace.name, "shop");
    EXPECT_EQ(workspace.clients.size(), 1U);
}

TEST(demo_workspace, has_three_clients_with_every_delivered_stream) {
    const Workspace workspace = load_demo();
    EXPECT_EQ(workspace.clients.size(), 3U);
    EXPECT_EQ(workspace.name, "demo_agency");
    for (const DemoDelivery& delivery : shared_demo().rounds[0].deliveries) {
        const ClientDefinition* client = workspace.find_client(delivery.client);
        ASSERT_NE(client, nullptr) << delivery.client;
        const SourceDefinition* source = client->find(delivery.source);
        ASSERT_NE(source, nullptr) << delivery.source;
        EXPECT_TRUE(source->read.contains(delivery.stream)) << delivery.stream;
    }
}

TEST(demo_workspace, defines_everything_that_the_key_names) {
    const Workspace workspace = load_demo();
    for (const PlantedFault& fault : shared_demo().faults) {
        for (const ExpectedException& one : fault.expected) {
            const std::string& name = one.definition;
            const bool is_stream = one.type == "failed_event";
            EXPECT_TRUE(is_stream || has(workspace.reconciliations, name) ||
                        has(workspace.checks, name) || has(workspace.attributions, name) ||
                        has(workspace.metrics, name))
                << name;
        }
    }
}

TEST(demo_workspace, only_the_planted_records_break_their_contracts) {
    const Workspace workspace = load_demo();
    std::vector<std::string> broken;
    for (const DemoRound& round : shared_demo().rounds) {
        for (const DemoDelivery& delivery : round.deliveries) {
            if (delivery.file_name.ends_with(".csv")) continue;
            const SourceDefinition* source =
                workspace.find_client(delivery.client)->find(delivery.source);
            judge(delivery, *source->pack->find(delivery.stream), source->read.at(delivery.stream),
                  broken);
        }
    }
    EXPECT_EQ(broken, std::vector<std::string>(6, "kiosk_berlin insights /spend"));
}

}  // namespace
}  // namespace meshline
