#include "base/json/for_each_child.hpp"
#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "core/contract/infer.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/json_instances.hpp"
#include "surface/cli/text_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace meshline {
namespace {

/// The records of a document: what an envelope such as {"orders": [...]} or {"order": {...}} holds,
/// or else the document; of an array its elements.
void add_records(ContractInference& inference, JsonValue document) {
    const bool is_envelope = document.is(JsonType::object) && document.size() == 1 &&
                             document.first().type() >= JsonType::array;
    const JsonValue records = is_envelope ? document.first() : document;
    if (!records.is(JsonType::array)) {
        inference.add(records);
        return;
    }
    for_each_child(records, [&](JsonValue record) { inference.add(record); });
}

Result<int> infer(Session& session, const std::vector<std::string>& paths) {
    ContractInference inference;
    JsonDocument document;
    for (const std::string& path : paths) {
        MESHLINE_ASSIGN(const JsonInstances found,
                        read_instances(session.installation().files(), path));
        for (const JsonInstances::Instance& instance : found.instances) {
            const auto root = document.parse(instance.text, DuplicateKeys::equal);
            if (!root.ok()) {
                Error error = root.error();
                error.where.file = path;
                if (path.ends_with(".csv") || path.ends_with(".tsv")) {
                    error.hint =
                        "Contracts are inferred from JSON and NDJSON. The fields of a CSV "
                        "file are its columns, all of them text: see the pack sales_csv.";
                }
                if (found.has_lines) error.where.line = instance.line;
                return error;
            }
            add_records(inference, *root);
        }
    }
    if (inference.sample_count() == 0) {
        return Error{.code = "contract.no_samples",
                     .message = "there is no record to propose a contract from",
                     .hint = "Name files with at least one record."};
    }
    print_json(inference.schema() + "\n");
    if (inference.left_open().empty()) return 0;
    constexpr std::size_t shown_max = 10;
    std::vector<std::string> shown = inference.left_open();
    const std::size_t more = shown.size() > shown_max ? shown.size() - shown_max : 0;
    shown.resize(shown.size() - more);
    print_note(
        text_line("left out, because SQL could not name them apart or there are too many: {}{}",
                  join(shown, ", "), more == 0 ? "" : fmt::format(" and {} more", more)));
    return 0;
}

}  // namespace

void add_contract_infer(CLI::App& contract, CommandBody& chosen) {
    CLI::App* command = contract.add_subcommand(
        "infer", "Propose a contract from samples, saying how often each field was seen");
    auto paths = std::make_shared<std::vector<std::string>>();
    command->add_option("FILE", *paths, "JSON or NDJSON files of records; - is standard input")
        ->required();
    command->callback([&chosen, paths] {
        chosen = [paths](Session& session) { return infer(session, *paths); };
    });
}

}  // namespace meshline
