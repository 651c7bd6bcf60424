#include "base/json/json.hpp"
#include "core/contract/contract.hpp"
#include "core/contract/diff.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/text_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

struct DiffArguments {
    std::string before;
    std::string after;
};

/// Reads a contract with the contracts that lie beside it, to which it may refer.
Result<Contract> read_contract(FileSystem& files, const std::string& path) {
    MESHLINE_ASSIGN(const std::string text, files.read_text(path));
    const auto path_in_pack = [](const std::string& file) {
        return "contracts/" + file.substr(file.rfind('/') + 1);
    };
    return Contract::compile_in_pack(
        text, path, path_in_pack(path), [&]() -> Result<std::vector<SchemaFile>> {
            const std::size_t slash = path.rfind('/');
            const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash);
            // A contract that cannot be read is missed where one refers to it.
            MESHLINE_ASSIGN(const FileList beside, files.list(folder, {}));
            std::vector<SchemaFile> others;
            for (const std::string& other : beside.files) {
                const std::string place = path_in_pack(other);
                if (!other.ends_with(".schema.json") || place == path_in_pack(path)) continue;
                MESHLINE_ASSIGN(std::string bytes, files.read_text(other));
                others.push_back({Contract::uri_in_pack(place), std::move(bytes), other});
            }
            return others;
        });
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
    MESHLINE_ASSIGN(const Contract before, read_contract(files, arguments.before));
    MESHLINE_ASSIGN(const Contract after, read_contract(files, arguments.after));
    const std::vector<ContractChange> changes = diff_contracts(before, after);
    const std::string_view verdict = verdict_of(changes);
    if (session.is_json()) {
        JsonWriter writer(true);
        writer.begin_object().member("verdict", verdict).key("changes").begin_array();
        for (const ContractChange& change : changes) {
            writer.begin_object().member("kind", name_of(change.kind));
            writer.member("field", change.field).member("what", change.what).end_object();
        }
        print_json(writer.end_array().end_object().take() + "\n");
    } else {
        for (const ContractChange& change : changes) {
            print(text_line("{}  {} {}", name_of(change.kind),
                            change.field.empty() ? "the record" : change.field, change.what));
        }
        print(text_line("{}", verdict));
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
