#include "base/json/json.hpp"
#include "core/contract/contract.hpp"
#include "core/contract/diff.hpp"
#include "surface/cli/commands.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

struct DiffArguments {
    std::string before;
    std::string after;
};

/// Reads a contract, which must compile.
Result<JsonValue> read_contract(FileSystem& files, const std::string& path,
                                JsonDocument& document) {
    MESHLINE_ASSIGN(const std::string text, files.read_text(path));
    MESHLINE_TRY(Contract::compile(text, path));
    return document.parse(text);
}

/// "breaking", "additive" or "equal".
std::string_view verdict_of(const std::vector<ContractChange>& changes) {
    if (changes.empty()) return "equal";
    const bool is_breaking = std::ranges::any_of(
        changes, [](const ContractChange& change) { return change.kind == ChangeKind::breaking; });
    return name_of(is_breaking ? ChangeKind::breaking : ChangeKind::additive);
}

Result<int> diff(Session& session, const DiffArguments& arguments) {
    FileSystem& files = session.installation().files();
    JsonDocument old_document;
    JsonDocument new_document;
    MESHLINE_ASSIGN(const JsonValue before, read_contract(files, arguments.before, old_document));
    MESHLINE_ASSIGN(const JsonValue after, read_contract(files, arguments.after, new_document));
    const std::vector<ContractChange> changes = diff_contracts(before, after);
    const std::string_view verdict = verdict_of(changes);
    if (session.is_json()) {
        JsonWriter writer(true);
        writer.begin_object().member("verdict", verdict).key("changes").begin_array();
        for (const ContractChange& change : changes) {
            writer.begin_object().member("kind", name_of(change.kind));
            writer.member("field", change.field).member("what", change.what).end_object();
        }
        print(writer.end_array().end_object().take() + "\n");
    } else {
        for (const ContractChange& change : changes) {
            print(fmt::format("{}  {} {}\n", name_of(change.kind),
                              change.field.empty() ? "the record" : change.field, change.what));
        }
        print(fmt::format("{}\n", verdict));
    }
    return verdict == name_of(ChangeKind::breaking) ? exit_code_of(ErrorKind::conflict) : 0;
}

}  // namespace

void add_contract_diff(CLI::App& contract, CommandBody& chosen) {
    CLI::App* command = contract.add_subcommand(
        "diff", "Say whether a contract breaks, adds to or equals another, field by field");
    auto arguments = std::make_shared<DiffArguments>();
    command->add_option("OLD", arguments->before, "file of the contract as it was")->required();
    command->add_option("NEW", arguments->after, "file of the contract as it is to be")->required();
    command->callback([&chosen, arguments] {
        chosen = [arguments](Session& session) { return diff(session, *arguments); };
    });
}

}  // namespace meshline
