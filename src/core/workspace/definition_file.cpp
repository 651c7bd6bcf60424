#include "core/workspace/definition_file.hpp"

#include "core/packs/meaning.hpp"
#include "core/relations/relations.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace meshline {
namespace {

constexpr std::array severity_names = {"low", "medium", "high", "critical"};

/// True when one letter was dropped, added, changed, or swapped with its neighbour.
bool is_one_slip_away(std::string_view name, std::string_view column) {
    const std::string_view longer = name.size() >= column.size() ? name : column;
    const std::string_view shorter = name.size() >= column.size() ? column : name;
    if (longer.size() - shorter.size() > 1) return false;
    std::size_t at = 0;
    while (at < shorter.size() && longer[at] == shorter[at])
        ++at;
    if (longer.size() > shorter.size()) return longer.substr(at + 1) == shorter.substr(at);
    if (at == shorter.size()) return false;
    if (longer.substr(at + 1) == shorter.substr(at + 1)) return true;
    return at + 1 < shorter.size() && longer[at] == shorter[at + 1] &&
           longer[at + 1] == shorter[at] && longer.substr(at + 2) == shorter.substr(at + 2);
}

/// Notes what is asked for; refuses what no definition may ask for, and slips of the pen.
void ask(const PlacedText& written, const AskedOf& of, const DefinitionFile& definition) {
    const auto& known = asked_entry_columns();
    if (std::ranges::find(known, written.text) != known.end()) return;
    if (find_entry_column(written.text)) {
        definition.file.report(written.where, "workspace.unknown_column",
                               fmt::format("column \"{}\" is meshline's own", written.text),
                               hint_for_name(written.text, known));
        return;
    }
    for (const std::string& column : known) {
        if (!is_one_slip_away(written.text, column)) continue;
        definition.file.report(written.where, "workspace.unknown_column",
                               fmt::format("unknown column \"{}\"", written.text),
                               fmt::format("Did you mean \"{}\"?", column));
        return;
    }
    definition.asked.push_back({written.text, written.where, of.book, of.source, of.clients});
}

}  // namespace

void DefinitionFile::refer(ReferenceKind kind, PlacedText text) const {
    references.push_back({.kind = kind, .name = std::move(text), .stream = {}, .clients = {}});
}

DefinitionHead read_head(const YamlReader& reader, std::string_view kind,
                         const DefinitionFile& definition) {
    DefinitionHead head;
    head.name = definition.name;
    head.file = definition.file.path;
    head.bytes = canonical_json(meaning_of(definition.root, kind));
    head.digest = sha256(head.bytes);
    head.facts_digest = sha256(canonical_json(facts_meaning_of(definition.root, kind)));
    head.text_bytes = canonical_json(definition.root);
    head.text_digest = sha256(head.text_bytes);
    head.title = reader.text("title", Need::optional);

    const std::string written = reader.name(kind, Need::required);
    if (!written.empty() && written != definition.name) {
        definition.file.report(
            reader.place(kind), "workspace.wrong_name",
            fmt::format("{} \"{}\" lies where \"{}\" belongs", kind, written, definition.name),
            fmt::format("Name it \"{}\", or rename the {}.", definition.name,
                        kind == "client" ? "folder" : "file"));
    }

    head.owner = read_owner(reader, fmt::format("{} \"{}\"", kind, definition.name), definition);
    return head;
}

std::string read_owner(const YamlReader& reader, std::string_view what,
                       const DefinitionFile& definition) {
    std::string owner;
    if (reader.has("owner")) {
        owner = reader.name("owner", Need::required);
        if (!owner.empty()) definition.refer(ReferenceKind::owner, {owner, reader.place("owner")});
    } else if (definition.root.kind == YamlKind::mapping) {
        definition.file.report(reader.place("owner"), "workspace.missing_owner",
                               fmt::format("{} has no owner", what),
                               "Add \"owner\" with a person or team of owners.yaml.");
    }
    return owner;
}

std::optional<YamlReader> read_part(const YamlReader& reader, std::string_view key, Need need,
                                    std::vector<std::string> keys) {
    const YamlNode* node = reader.node(key, need);
    if (!node) return std::nullopt;
    return std::optional<YamlReader>(std::in_place, *node, fmt::format("\"{}\"", key),
                                     std::move(keys), reader.file());
}

std::vector<std::string> read_entries(const YamlReader& reader, std::string_view key, Need need) {
    static const std::vector<std::string> known(entry_type_names.begin(), entry_type_names.end());
    return reader.known_texts(key, need, known, "entry type", "workspace.unknown_entry_type");
}

Book read_book(const YamlReader& reader, std::string_view key) {
    return static_cast<Book>(reader.choice(key, Need::required, book_names).value_or(0));
}

std::string read_column(const YamlReader& reader, std::string_view key, Need need,
                        const AskedOf& of, const DefinitionFile& definition) {
    const std::string column = reader.name(key, need);
    if (!column.empty()) ask({column, reader.place(key)}, of, definition);
    return column;
}

std::vector<std::string> read_columns(const YamlReader& reader, std::string_view key, Need need,
                                      const AskedOf& of, const DefinitionFile& definition) {
    const std::vector<PlacedText> columns = reader.names(key, need);
    for (const PlacedText& column : columns)
        ask(column, of, definition);
    return texts_of(columns);
}

std::vector<std::string> read_references(const YamlReader& reader, std::string_view key, Need need,
                                         ReferenceKind kind, const DefinitionFile& definition) {
    const std::vector<PlacedText> names = reader.names(key, need);
    for (const PlacedText& name : names)
        definition.refer(kind, name);
    return texts_of(names);
}

std::vector<std::string> read_clients(const YamlReader& reader, const DefinitionFile& definition) {
    return read_references(reader, "clients", Need::optional, ReferenceKind::client, definition);
}

std::string read_fix(const YamlReader& reader) {
    const auto fix = reader.choice("fix", Need::optional, fix_names);
    return fix ? fix_names[*fix] : "";
}

Severity read_severity(const YamlReader& reader, std::string_view key) {
    const auto severity = reader.choice(key, Need::optional, severity_names);
    return severity ? static_cast<Severity>(*severity) : Severity::medium;
}

}  // namespace meshline
