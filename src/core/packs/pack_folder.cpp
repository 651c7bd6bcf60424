#include "core/packs/pack_folder.hpp"

#include "base/json/json.hpp"
#include "base/text/text.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

Error file_error(std::string code, std::string message, std::string hint) {
    return Error{.kind = ErrorKind::invalid,
                 .code = std::move(code),
                 .message = std::move(message),
                 .hint = std::move(hint)};
}

Result<PackContract> compile(const PackFile& file, const std::string& shown) {
    MESHLINE_ASSIGN(Contract contract, Contract::compile(file.bytes, shown));
    JsonDocument document;
    MESHLINE_ASSIGN(const JsonValue schema, document.parse(file.bytes));
    return PackContract{.contract = std::make_shared<const Contract>(std::move(contract)),
                        .bytes = canonical_json(schema)};
}

bool is_free(std::string_view path) {
    return path == "pack.yaml" || path.starts_with("examples/") || path.starts_with("tests/") ||
           path.ends_with(".md") || path.starts_with("README");
}

}  // namespace

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

const PackContract* PackFolder::contract(const PlacedText& reference) {
    const PackFile* file = use(reference, "contracts/", ".schema.json");
    if (!file) return nullptr;
    auto known = contracts_.find(file->path);
    if (known == contracts_.end()) {
        PackContract made;
        if (auto compiled = compile(*file, shown(file->path)); compiled.ok()) {
            made = std::move(compiled).value();
        } else {
            problems_.push_back(std::move(compiled).error());
        }
        known = contracts_.emplace(file->path, std::move(made)).first;
    }
    return known->second.contract ? &known->second : nullptr;
}

void PackFolder::report_strays() const {
    for (const PackFile& file : files_) {
        if (is_free(file.path) || used_.contains(file.path)) continue;
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
