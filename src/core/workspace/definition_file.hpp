#pragma once

#include "base/money/currency_table.hpp"
#include "base/yaml/yaml.hpp"
#include "core/packs/yaml_reader.hpp"
#include "core/workspace/definitions.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace meshline {

enum class ReferenceKind : std::uint8_t {
    owner,
    client,
    metric,
    measure,  ///< A metric, or events.
    reconciliation,
    attribution,
    source,
};

/// A name in one definition that another must bear. Collected while reading, resolved when every
/// definition is known.
struct Reference {
    ReferenceKind kind;
    PlacedText name;
    /// For sources: the stream it must have, where one is named, and the clients that must have it;
    /// without clients one client that has it is enough.
    PlacedText stream;
    std::vector<std::string> clients;
    /// For metrics: another one that its values are held against, or "".
    std::string beside = "";
};

/// One definition while it is read.
struct DefinitionFile {
    std::string name;  ///< What the file (or the client's folder) is named.
    const YamlNode& root;
    YamlFile& file;
    std::vector<Reference>& references;
    std::vector<AskedColumn>& asked;
    const CurrencyTable& currencies = CurrencyTable::standard();  ///< Those that it may name.

    void refer(ReferenceKind kind, PlacedText text) const;
};

/// Name, owner, title and identity; the name is the value of `kind` and must be the file's.
DefinitionHead read_head(const YamlReader& reader, std::string_view kind,
                         const DefinitionFile& definition);

/// The owner that a definition names; a missing one is reported, as of `what`.
std::string read_owner(const YamlReader& reader, std::string_view what,
                       const DefinitionFile& definition);

/// A nested reader of the mapping under `key`, where there is one.
std::optional<YamlReader> read_part(const YamlReader& reader, std::string_view key, Need need,
                                    std::vector<std::string> keys);

/// Entry types: a non-empty list of known ones.
std::vector<std::string> read_entries(const YamlReader& reader, std::string_view key, Need need);
Book read_book(const YamlReader& reader, std::string_view key = "book");
/// Whose entries a column is asked of.
struct AskedOf {
    Book book = Book::commerce;
    std::string source;                ///< Empty: any.
    std::vector<std::string> clients;  ///< Empty: all.
};
/// A column of the entries or a key of their attributes. Which keys there are only the transforms
/// know, so what is no column goes to `asked`; a name one letter away from a column, and a column
/// that no definition may ask for, are refused here (workspace.unknown_column).
std::string read_column(const YamlReader& reader, std::string_view key, Need need,
                        const AskedOf& of, const DefinitionFile& definition);
std::vector<std::string> read_columns(const YamlReader& reader, std::string_view key, Need need,
                                      const AskedOf& of, const DefinitionFile& definition);
/// The client names that a check or reconciliation is for.
std::vector<std::string> read_clients(const YamlReader& reader, const DefinitionFile& definition);
/// Names of one kind of definition that must exist.
std::vector<std::string> read_references(const YamlReader& reader, std::string_view key, Need need,
                                         ReferenceKind kind, const DefinitionFile& definition);
/// One of fix_names, or "".
std::string read_fix(const YamlReader& reader);
/// Severity::medium where the key is absent.
Severity read_severity(const YamlReader& reader, std::string_view key);

}  // namespace meshline
