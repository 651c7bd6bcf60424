#pragma once

#include "base/hash/digest.hpp"
#include "base/json/json.hpp"
#include "base/money/currency_table.hpp"
#include "base/result/result.hpp"
#include "core/contract/contract.hpp"
#include "core/model/entry_type.hpp"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// Where a value is found in a record: member names from the root, "payload.data.id" written as
/// data.id in YAML.
using FieldPath = std::vector<std::string>;

/// What an event id is made of. Enumerators equal what pack.yaml says, but for `fields`.
enum class IdentityRule : std::uint8_t {
    fields,     ///< Values of the record.
    file_line,  ///< The file's name and the line (or the number of the record).
    row,        ///< The record's bytes, and how often the same came before in its file.
};

/// How a stream tells its records apart.
struct Identity {
    IdentityRule rule = IdentityRule::fields;
    /// Values joined with "/" are the event id. Empty unless it is made of fields.
    std::vector<FieldPath> event_id;
    /// The object an event is about; the event id when empty.
    std::vector<FieldPath> object_id;
    /// Texts by which the platform says that there is no id, as "0"; empty text always does.
    std::vector<std::string> empty_ids;
    /// Declared when records are updated: the field whose greatest value wins (text order for
    /// date-times in one format, number order for numbers); "arrival" when the source gives none.
    std::optional<FieldPath> revision;
    bool is_revision_by_arrival = false;

    bool has_revisions() const { return revision.has_value() || is_revision_by_arrival; }
    /// What a version of the stream must keep, for records would count twice by another:
    /// {"event_id":["id"]}.
    std::string text() const;
};

struct PackTransform {
    std::string name;  ///< File name without ".sql".
    std::string into;  ///< entries, touchpoints or records.
    Book book = Book::commerce;
    std::string file;
    std::string sql;
    Digest digest;
    std::set<std::string> zones;  ///< That its calls of local_time() and instant_of() name.
};

struct StreamDefinition {
    std::string name;
    std::string title;
    Identity identity;
    FieldPath occurred_at;
    /// What a record is worth, should it fail: the field with its amount (money, or minor units
    /// where the contract types it an integer), the field that it is multiplied with, as a price by
    /// its quantity, and the field with its currency. Empty where not stated.
    FieldPath at_risk;
    FieldPath at_risk_times;
    FieldPath at_risk_currency;
    /// By code: digits of the minor units in which the pack's platform counts a currency, where
    /// they are not those of ISO 4217.
    MinorDigits minor_digits;
    /// Member of a JSON file that holds the records ("orders" for {"orders": [...]}); also the
    /// member that wraps one record ("order" for {"order": {...}}).
    std::vector<std::string> envelopes;
    /// Of records that state a name twice.
    DuplicateKeys duplicate_keys = DuplicateKeys::equal;
    /// Raised by hand with a contract that breaks the one before it.
    int version = 1;
    std::string contract_file;
    std::shared_ptr<const Contract> contract;  // shared: used from every worker thread
    std::vector<PackTransform> transforms;
    /// Streams of the pack that tell of the same money; both captured is an exception.
    std::vector<std::string> not_with;
    /// True for packs whose sources map columns to the contract's fields.
    bool takes_columns = false;
    Digest digest;  ///< Of `bytes`.
    /// Canonical JSON of what the stream's part of pack.yaml means, with the pack's minor_digits.
    std::string bytes;
};

/// Definitions for one platform: YAML, SQL and JSON Schema, no C++.
struct Pack {
    std::string name;
    std::string title;
    std::string owner;  ///< Empty for built-in packs.
    Place owner_at;     ///< Where the owner is written, or should be.
    std::string file;   ///< pack.yaml
    std::vector<StreamDefinition> streams;
    Digest text_digest;  ///< Of pack.yaml's canonical bytes, titles and owner too.
    std::string text_bytes;

    const StreamDefinition* find(std::string_view stream) const;
};

/// One file of a pack, from the binary or from a folder; `path` is relative to the pack.
struct PackFile {
    std::string path;
    std::string bytes;
};

/// Reads a pack completely; every problem goes to `problems` (located in `shown_folder`/path), and
/// nothing is returned when there is one. SQL is not looked into: the transform engine checks it.
/// Errors: pack.missing_file, pack.unused_file, pack.misplaced_file, pack.unknown_field,
/// pack.wrong_field_type, pack.contradiction; workspace.* of YamlReader; contract.*; yaml.*;
/// money.unknown_currency of one that is in none of `currencies`.
std::optional<Pack> load_pack(const std::string& name, const std::string& shown_folder,
                              const std::vector<PackFile>& files, std::vector<Error>& problems,
                              const CurrencyTable& currencies = {});

/// Whether a path in a pack is for people and tests alone: no figure depends on it.
bool is_unread_in_pack(std::string_view path);

/// The packs inside the binary, by name.
std::vector<std::string> built_in_pack_names();
std::vector<PackFile> built_in_pack_files(std::string_view pack);

}  // namespace meshline
