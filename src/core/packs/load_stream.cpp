#include "core/packs/load_stream.hpp"

#include "base/text/text.hpp"
#include "core/packs/meaning.hpp"
#include "core/packs/zones_named.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

constexpr int versions_max = 1'000'000;
constexpr const char* duplicate_key_names[] = {"equal", "last"};
constexpr const char* relation_names[] = {"entries", "touchpoints", "records"};

const char* kind_text(PayloadKind kind) {
    switch (kind) {
        case PayloadKind::text:
            return "text";
        case PayloadKind::boolean:
            return "a boolean";
        case PayloadKind::integer:
            return "an integer";
        case PayloadKind::money:
            return "money";
        case PayloadKind::instant:
            return "an instant";
        case PayloadKind::date:
            return "a date";
        case PayloadKind::structure:
            return "an object";
        case PayloadKind::list:
            return "a list";
    }
    return "";
}

bool is_container(const PayloadType& type) {
    return type.kind == PayloadKind::structure || type.kind == PayloadKind::list;
}

/// Reads dotted paths and holds them against the contract of the stream.
class PathReader {
  public:
    PathReader(const Contract* contract, std::string contract_file, YamlFile& file)
        : contract_(contract), contract_file_(std::move(contract_file)), file_(file) {}

    /// The field's type, where the path and the contract are good.
    const PayloadType* read(const PlacedText& written, FieldPath& path) const {
        path.clear();
        for (const std::string_view part : split(written.text, '.'))
            path.emplace_back(part);
        if (!contract_) return nullptr;
        const PayloadType* type = &contract_->payload_type();
        for (const std::string& part : path) {
            const PayloadType* inner =
                type->kind == PayloadKind::structure ? type->find(part) : nullptr;
            if (!inner) {
                report_unknown(written, part, *type);
                return nullptr;
            }
            type = inner;
        }
        return type;
    }

    /// A field that tells records apart: a value, no container.
    FieldPath read_value(const PlacedText& written, std::string_view key) const {
        FieldPath path;
        const PayloadType* type = read(written, path);
        if (type && is_container(*type)) {
            report_kind(written, key, "a single value", *type);
        }
        return path;
    }

    FieldPath read_time(const PlacedText& written, std::string_view key) const {
        FieldPath path;
        const PayloadType* type = read(written, path);
        if (type && type->kind != PayloadKind::instant && type->kind != PayloadKind::date) {
            report_kind(written, key, "an instant or a date", *type);
        }
        return path;
    }

  private:
    void report_unknown(const PlacedText& written, const std::string& part,
                        const PayloadType& within) const {
        std::vector<std::string> known;
        for (const PayloadType& field : within.fields) {
            if (!field.name.empty()) known.push_back(field.name);
        }
        file_.report(written.where, "pack.unknown_field",
                     part == written.text
                         ? fmt::format("unknown field \"{}\" in \"{}\"", part, contract_file_)
                         : fmt::format("unknown field \"{}\" of \"{}\" in \"{}\"", part,
                                       written.text, contract_file_),
                     known.empty() ? fmt::format("What stands before \"{}\" has no fields.", part)
                                   : hint_for_name(part, known));
    }

    void report_kind(const PlacedText& written, std::string_view key, std::string_view wanted,
                     const PayloadType& type) const {
        file_.report(written.where, "pack.wrong_field_type",
                     fmt::format("\"{}\" must be {}, but \"{}\" is {}", key, wanted, written.text,
                                 kind_text(type.kind)),
                     fmt::format("Name another field, or type this one with \"x-meshline\" in {}.",
                                 contract_file_));
    }

    const Contract* contract_;
    std::string contract_file_;
    YamlFile& file_;
};

std::vector<FieldPath> read_paths(const YamlReader& reader, std::string_view key, Need need,
                                  const PathReader& paths) {
    std::vector<FieldPath> read;
    for (const PlacedText& written : reader.texts(key, need)) {
        read.push_back(paths.read_value(written, key));
    }
    return read;
}

Identity read_identity(const YamlReader& reader, const PathReader& paths) {
    Identity identity;
    const YamlNode* event_id = reader.node("event_id", Need::required);
    if (event_id && event_id->kind == YamlKind::scalar) {
        const std::string way = reader.text("event_id", Need::required);
        if (way == "file_line") identity.rule = IdentityRule::file_line;
        if (way == "row") identity.rule = IdentityRule::row;
        if (identity.rule == IdentityRule::fields && !way.empty()) {
            reader.file().report(reader.place("event_id"), "workspace.unknown_value",
                                 fmt::format("\"event_id\" must be a list of fields, row or "
                                             "file_line, found \"{}\"",
                                             way),
                                 fmt::format("Write [{}] for the field, or row.", way));
        }
    } else if (event_id) {
        identity.event_id = read_paths(reader, "event_id", Need::required, paths);
    }
    identity.object_id = read_paths(reader, "object_id", Need::optional, paths);
    identity.empty_ids = texts_of(reader.texts("empty_ids", Need::optional));

    const std::string revision = reader.text("revision", Need::optional);
    if (revision == "arrival") {
        identity.is_revision_by_arrival = true;
    } else if (!revision.empty()) {
        identity.revision = paths.read_value({revision, reader.place("revision")}, "revision");
    }
    if (identity.rule != IdentityRule::fields && identity.has_revisions()) {
        reader.file().report(reader.place("revision"), "pack.contradiction",
                             "records told apart by their file or row have no revisions",
                             "Remove \"revision\", or name the fields of \"event_id\".");
    }
    return identity;
}

std::string name_of_sql(std::string_view path) {
    path.remove_prefix(std::min(path.size(), path.rfind('/') + 1));
    path.remove_suffix(std::string_view(".sql").size());
    return std::string(path);
}

std::optional<PackTransform> read_transform(const YamlNode& node, YamlFile& file,
                                            PackFolder& folder) {
    const YamlReader reader(node, "transform", {"into", "book", "sql"}, file);
    PackTransform transform;
    const auto relation = reader.choice("into", Need::required, relation_names);
    if (relation) transform.into = relation_names[*relation];
    const bool is_entries = transform.into == "entries";
    const auto book =
        reader.choice("book", is_entries ? Need::required : Need::optional, book_names);
    if (book) transform.book = static_cast<Book>(*book);
    if (relation && !is_entries && reader.has("book")) {
        file.report(reader.place("book"), "pack.contradiction",
                    fmt::format("{} belong to no book", transform.into), "Remove \"book\".");
    }
    const std::string sql = reader.text("sql", Need::required);
    if (sql.empty()) return std::nullopt;
    const PackFile* found = folder.use({sql, reader.place("sql")}, "transforms/", ".sql");
    if (!found) return std::nullopt;
    transform.name = name_of_sql(sql);
    transform.file = folder.shown(found->path);
    transform.sql = found->bytes;
    transform.digest = sha256(found->bytes);
    transform.zones = zones_named(found->bytes);
    return transform;
}

void read_transforms(const YamlReader& reader, PackFolder& folder, StreamDefinition& stream) {
    for (const YamlNode* node : reader.list("transforms", Need::optional)) {
        auto transform = read_transform(*node, reader.file(), folder);
        if (!transform) continue;
        const bool is_repeated =
            std::any_of(stream.transforms.begin(), stream.transforms.end(),
                        [&](const auto& earlier) { return earlier.name == transform->name; });
        if (is_repeated) {
            reader.file().report(reader.file().place(*node), "workspace.duplicate_name",
                                 fmt::format("stream \"{}\" has transform \"{}\" twice",
                                             stream.name, transform->name),
                                 "Name another file, or remove one of them.");
        }
        stream.transforms.push_back(std::move(*transform));
    }
}

/// How the platform counts decides what a stream's records become: its digest tells of it.
YamlNode with_minor_digits(YamlNode stream, const PackOfStream& pack) {
    if (pack.minor_digits.empty()) return stream;
    YamlNode digits{.kind = YamlKind::mapping};
    for (const auto& [code, count] : pack.minor_digits) {
        digits.members.push_back({{.kind = YamlKind::scalar, .scalar = code},
                                  {.kind = YamlKind::scalar, .scalar = std::to_string(count)}});
    }
    stream.members.push_back(
        {{.kind = YamlKind::scalar, .scalar = "minor_digits"}, std::move(digits)});
    return stream;
}

}  // namespace

StreamDefinition load_stream(const PlacedText& name, const YamlNode& node, YamlFile& file,
                             PackFolder& folder, const PackOfStream& pack) {
    const YamlReader reader(
        node, "stream",
        {"title", "version", "contract", "envelopes", "duplicate_keys", "event_id", "object_id",
         "empty_ids", "revision", "occurred_at", "at_risk", "at_risk_times", "at_risk_currency",
         "columns", "not_with", "transforms"},
        file);
    StreamDefinition stream;
    stream.name = name.text;
    stream.minor_digits = pack.minor_digits;
    stream.bytes = canonical_json(meaning_of(with_minor_digits(node, pack), "stream"));
    stream.digest = sha256(stream.bytes);
    stream.title = reader.text("title", Need::optional);
    stream.envelopes = texts_of(reader.texts("envelopes", Need::optional));
    if (const auto taken = reader.choice("duplicate_keys", Need::optional, duplicate_key_names))
        stream.duplicate_keys = *taken == 0 ? DuplicateKeys::equal : DuplicateKeys::last;
    stream.takes_columns = reader.boolean("columns").value_or(false);

    stream.version = reader.integer("version", Need::optional, {1, versions_max}).value_or(1);
    const std::string contract_file = reader.text("contract", Need::required);
    if (!contract_file.empty()) {
        stream.contract = folder.contract({contract_file, reader.place("contract")});
    }
    stream.contract_file = folder.shown(contract_file);

    const PathReader paths(stream.contract.get(), contract_file, file);
    stream.identity = read_identity(reader, paths);
    const std::string occurred_at = reader.text("occurred_at", Need::required);
    if (!occurred_at.empty()) {
        stream.occurred_at =
            paths.read_time({occurred_at, reader.place("occurred_at")}, "occurred_at");
    }
    const auto read_path = [&](const char* key) {
        const std::string path = reader.text(key, Need::optional);
        return path.empty() ? FieldPath() : paths.read_value({path, reader.place(key)}, key);
    };
    stream.at_risk = read_path("at_risk");
    stream.at_risk_times = read_path("at_risk_times");
    stream.at_risk_currency = read_path("at_risk_currency");
    for (const PlacedText& other : reader.names("not_with", Need::optional)) {
        const bool is_other = other.text != name.text &&
                              std::ranges::find(pack.streams, other.text) != pack.streams.end();
        if (!is_other) {
            file.report(other.where, "workspace.unknown_stream",
                        fmt::format("the pack has no other stream \"{}\"", other.text),
                        hint_for_name(other.text, pack.streams));
        }
        stream.not_with.push_back(other.text);
    }
    read_transforms(reader, folder, stream);
    return stream;
}

}  // namespace meshline
