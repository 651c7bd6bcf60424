#include "base/money/currency_table.hpp"
#include "base/yaml/yaml.hpp"
#include "core/model/ids.hpp"
#include "core/packs/load_stream.hpp"
#include "core/packs/pack.hpp"
#include "core/packs/pack_folder.hpp"
#include "core/packs/yaml_reader.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

MinorDigits read_minor_digits(const YamlReader& reader, const CurrencyTable& currencies) {
    MinorDigits digits;
    for (const auto& [code, node] : reader.members("minor_digits", Need::optional)) {
        const auto currency = currencies.find(code.text);
        if (!currency.ok()) {
            const Error& error = currency.error();
            reader.file().report(code.where, error.code, error.message, error.hint);
            continue;
        }
        const auto count = read_integer(*node, code.text, {0, Decimal::digits}, reader.file());
        if (!count) continue;
        if (!digits.emplace(currency->code(), *count).second) {
            reader.file().report(code.where, "workspace.duplicate_item",
                                 fmt::format("\"minor_digits\" has \"{}\" twice", currency->code()),
                                 "Remove one of them.");
        }
    }
    return digits;
}

void read_pack(const std::string& name, const YamlNode& root, YamlFile& file, PackFolder& folder,
               const CurrencyTable& currencies, Pack& pack) {
    const YamlReader reader(root, "pack", {"pack", "title", "owner", "minor_digits", "streams"},
                            file);
    pack.name = name;
    const std::string written = reader.name("pack", Need::required);
    if (!written.empty() && written != name) {
        file.report(reader.place("pack"), "workspace.wrong_name",
                    fmt::format("pack \"{}\" lies in the folder of \"{}\"", written, name),
                    fmt::format("Name it \"{}\", or rename the folder.", name));
    }
    pack.title = reader.text("title", Need::optional);
    pack.owner = reader.name("owner", Need::optional);
    pack.owner_at = reader.place("owner");
    const auto streams = reader.members("streams", Need::required);
    if (reader.has("streams") && streams.empty()) {
        file.report(reader.place("streams"), "workspace.missing_key", "the pack has no stream",
                    "Describe one kind of record at least.");
    }
    PackOfStream shared{.minor_digits = read_minor_digits(reader, currencies)};
    for (const auto& [stream, node] : streams)
        shared.streams.push_back(stream.text);
    for (const auto& [stream, node] : streams) {
        if (!is_name(stream.text)) {
            file.report(stream.where, "workspace.bad_name",
                        fmt::format("stream \"{}\" is no name", stream.text),
                        "Use a-z, 0-9 and _, a letter first, 64 characters at most.");
        }
        pack.streams.push_back(load_stream(stream, *node, file, folder, shared));
    }
}

}  // namespace

const StreamDefinition* Pack::find(std::string_view stream) const {
    for (const StreamDefinition& one : streams) {
        if (one.name == stream) return &one;
    }
    return nullptr;
}

std::optional<Pack> load_pack(const std::string& name, const std::string& shown_folder,
                              const std::vector<PackFile>& files, std::vector<Error>& problems,
                              const CurrencyTable& currencies) {
    const std::size_t problems_before = problems.size();
    PackFolder folder(shown_folder, files, problems);
    YamlFile file{folder.shown("pack.yaml"), problems};
    const PackFile* definition = folder.find("pack.yaml");
    if (!definition) {
        file.report({.file = file.path}, "pack.missing_file",
                    fmt::format("pack \"{}\" has no pack.yaml", name),
                    "Add pack.yaml, or remove the folder.");
        return std::nullopt;
    }
    auto root = parse_yaml(definition->bytes, file.path);
    if (!root.ok()) {
        problems.push_back(std::move(root).error());
        return std::nullopt;
    }

    Pack pack;
    pack.file = file.path;
    pack.text_bytes = canonical_json(*root);
    pack.text_digest = sha256(pack.text_bytes);
    read_pack(name, *root, file, folder, currencies, pack);
    folder.report_strays();
    if (problems.size() > problems_before) return std::nullopt;
    return pack;
}

}  // namespace meshline
