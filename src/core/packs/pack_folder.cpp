#include "core/packs/pack_folder.hpp"

#include "base/text/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

Error file_error(std::string code, std::string message, std::string hint) {
    return Error{.kind = ErrorKind::invalid,
                 .code = std::move(code),
                 .message = std::move(message),
                 .hint = std::move(hint)};
}

constexpr std::string_view contracts_folder = "contracts/";
constexpr std::string_view contract_suffix = ".schema.json";

bool refers_to(const Contract& contract, const std::string& file) {
    const std::vector<std::string>& used = contract.files_used();
    return std::ranges::find(used, file) != used.end();
}

}  // namespace

bool is_unread_in_pack(std::string_view path) {
    const std::string_view first = path.substr(0, path.find('/'));
    return first == "examples" || first == "tests" || path.ends_with(".md") ||
           path.starts_with("README");
}

PackFolder::PackFolder(std::string shown_folder, const std::vector<PackFile>& files,
                       std::vector<Error>& problems)
    : shown_folder_(std::move(shown_folder)), files_(files), problems_(problems) {}

std::string PackFolder::shown(const std::string& path) const {
    return shown_folder_ + "/" + path;
}

const PackFile* PackFolder::find(const std::string& path) const {
    for (const PackFile& file : files_) {
        if (file.path == path) return &file;
    }
    return nullptr;
}

const PackFile* PackFolder::use(const PlacedText& reference, std::string_view folder,
                                std::string_view suffix) {
    if (!reference.text.starts_with(folder) || !reference.text.ends_with(suffix)) {
        problems_.push_back(
            file_error("pack.misplaced_file",
                       fmt::format("\"{}\" is not a file of \"{}\"", reference.text, folder),
                       fmt::format("Name a file {}NAME{}.", folder, suffix))
                .at(reference.where));
        return nullptr;
    }
    if (const PackFile* file = find(reference.text)) {
        used_.insert(file->path);
        return file;
    }
    std::vector<std::string> there;
    for (const PackFile& file : files_) {
        if (file.path.starts_with(folder)) there.push_back(file.path);
    }
    problems_.push_back(file_error("pack.missing_file",
                                   fmt::format("the pack has no file \"{}\"", reference.text),
                                   there.empty() ? fmt::format("Add {}.", shown(reference.text))
                                                 : hint_for_name(reference.text, there))
                            .at(reference.where));
    return nullptr;
}

Result<Contract> PackFolder::compile(const PackFile& file) const {
    return Contract::compile_in_pack(
        file.bytes, shown(file.path), file.path, [&]() -> Result<std::vector<SchemaFile>> {
            std::vector<SchemaFile> others;
            for (const PackFile& other : files_) {
                const bool is_contract = other.path.starts_with(contracts_folder) &&
                                         other.path.ends_with(contract_suffix);
                if (!is_contract || &other == &file) continue;
                others.push_back(
                    {Contract::uri_in_pack(other.path), other.bytes, shown(other.path)});
            }
            return others;
        });
}

/// What is wrong with one contract shows in each that may refer to it.
void PackFolder::report_once(Error problem) {
    const auto is_same = [&](const Error& known) { return render(known) == render(problem); };
    if (std::ranges::none_of(problems_, is_same)) problems_.push_back(std::move(problem));
}

std::shared_ptr<const Contract> PackFolder::contract(const PlacedText& reference) {
    const PackFile* file = use(reference, contracts_folder, contract_suffix);
    if (!file) return nullptr;
    if (const auto known = contracts_.find(file->path); known != contracts_.end()) {
        return known->second;
    }
    std::shared_ptr<const Contract>& made = contracts_[file->path];
    auto compiled = compile(*file);
    if (compiled.ok()) {
        made = std::make_shared<const Contract>(std::move(*compiled));
    } else {
        report_once(std::move(compiled).error());
    }
    for (const PackFile& other : files_) {
        if (made == nullptr || refers_to(*made, shown(other.path))) used_.insert(other.path);
    }
    return made;
}

void PackFolder::report_strays() const {
    for (const PackFile& file : files_) {
        const bool is_free = file.path == "pack.yaml" || is_unread_in_pack(file.path);
        if (is_free || used_.contains(file.path)) continue;
        const bool is_part =
            file.path.starts_with("contracts/") || file.path.starts_with("transforms/");
        problems_.push_back(
            (is_part
                 ? file_error("pack.unused_file", fmt::format("no stream uses \"{}\"", file.path),
                              "Name it in pack.yaml, or remove the file.")
                 : file_error("pack.misplaced_file",
                              fmt::format("a pack has no place for \"{}\"", file.path),
                              "A pack holds pack.yaml, contracts/, transforms/, examples/, "
                              "tests/ and README.md."))
                .at({.file = shown(file.path)}));
    }
}

}  // namespace meshline
