#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "core/model/reserved_source.hpp"
#include "core/workspace/field_owner.hpp"
#include "core/workspace/loaders.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace meshline {
namespace {

constexpr int fresh_within_hours_max = 24 * 366;
constexpr std::array decimal_marks = {".", ","};
constexpr std::array date_orders = {"year_month_day", "day_month_year", "month_day_year"};

std::vector<std::string> stream_names(const Pack& pack) {
    std::vector<std::string> names;
    for (const StreamDefinition& stream : pack.streams)
        names.push_back(stream.name);
    return names;
}

std::shared_ptr<const Pack> read_pack(const std::string& name, const YamlReader& reader,
                                      PackShelf& shelf) {
    if (name.empty()) return nullptr;
    if (!shelf.has(name)) {
        reader.file().report(reader.place("pack"), "workspace.unknown_pack",
                             fmt::format("unknown pack \"{}\"", name),
                             hint_for_name(name, shelf.names()));
    }
    return shelf.find(name);
}

std::vector<std::string> read_streams(const YamlReader& reader, const Pack* pack) {
    const std::vector<PlacedText> named = reader.names("streams", Need::optional);
    if (!pack) return texts_of(named);
    if (named.empty()) return stream_names(*pack);
    for (const PlacedText& stream : named) {
        if (pack->find(stream.text)) continue;
        reader.file().report(
            stream.where, "workspace.unknown_stream",
            fmt::format("pack \"{}\" has no stream \"{}\"", pack->name, stream.text),
            hint_for_name(stream.text, stream_names(*pack)));
    }
    return texts_of(named);
}

ReadOptions read_options(const YamlReader& reader, const ClientDefinition& client,
                         const KeptZones& zones) {
    ReadOptions options;
    options.zone = client.calendar.zone();
    options.currencies = client.currencies;
    if (const std::string name = reader.text("zone", Need::optional); !name.empty()) {
        auto zone = zones.open(client.id.text(), name);
        if (zone.ok()) {
            options.zone = std::move(zone).value();
        } else {
            reader.file().problems.push_back(std::move(zone).error().at(reader.place("zone")));
        }
    }
    if (const auto mark = reader.choice("decimal_mark", Need::optional, decimal_marks)) {
        options.decimal_mark = *decimal_marks[*mark];
    }
    if (const auto order = reader.choice("date_order", Need::optional, date_orders)) {
        options.date_order = static_cast<ReadOptions::DateOrder>(*order);
    }
    return options;
}

/// A field of a stream's contract, where a source speaks of it.
struct SourceField {
    std::string stream;
    PlacedText field;
};

/// The source's stream of that name; what it does not have is reported.
const StreamDefinition* find_stream(const YamlReader& reader, const SourceDefinition& source,
                                    const PlacedText& stream) {
    if (!source.pack) return nullptr;
    if (source.read.contains(stream.text)) return source.pack->find(stream.text);
    reader.file().report(
        stream.where, "workspace.unknown_stream",
        fmt::format("source \"{}\" has no stream \"{}\"", source.head.name, stream.text),
        hint_for_name(stream.text, source.streams));
    return nullptr;
}

void report_unknown_field(const std::string& field, const Place& where,
                          const StreamDefinition& stream, YamlFile& file) {
    file.report(where, "workspace.unknown_field",
                fmt::format("unknown field \"{}\" in the contract of \"{}\"", field, stream.name),
                hint_for_name(field, stream.contract->field_names()));
}

std::optional<std::string> read_given(const YamlNode& node, const std::string& field,
                                      YamlFile& file, std::string*) {
    return read_text(node, field, file);
}

/// One name, or a list of those that the column has had.
std::optional<ColumnNames> read_given(const YamlNode& node, const std::string& field,
                                      YamlFile& file, ColumnNames*) {
    if (node.kind != YamlKind::sequence) return read_text(node, field, file);
    std::vector<std::string> names;
    for (const YamlNode& item : node.items) {
        auto name = read_text(item, field, file);
        if (!name) return std::nullopt;
        if (std::ranges::find(names, *name) != names.end()) {
            file.report(file.place(item), "workspace.duplicate_item",
                        fmt::format("\"{}\" names \"{}\" twice", field, *name),
                        "Remove the repetition.");
            return std::nullopt;
        }
        names.push_back(*std::move(name));
    }
    if (!names.empty()) return ColumnNames(std::move(names));
    file.report(file.place(node), "workspace.wrong_type",
                fmt::format("\"{}\" names no column", field), "Name one at least.");
    return std::nullopt;
}

/// Reads `columns` or `constants`: stream -> field of its contract -> what it is given.
class FieldTexts {
  public:
    FieldTexts(const YamlReader& reader, SourceDefinition& source)
        : reader_(reader), source_(source) {}

    template <class Given>
    std::vector<SourceField> read(std::string_view key,
                                  std::map<std::string, Given> ReadOptions::* member) const {
        std::vector<SourceField> fields;
        for (const auto& [stream, node] : reader_.members(key, Need::optional)) {
            const StreamDefinition* definition = find_stream(reader_, source_, stream);
            if (!definition) continue;
            if (key == "columns" && !definition->takes_columns) {
                reader_.file().report(
                    stream.where, "workspace.contradiction",
                    fmt::format("stream \"{}\" of pack \"{}\" maps no columns", stream.text,
                                source_.pack->name),
                    "Its records come in the platform's own shape: remove the mapping.");
            }
            for (PlacedText& field :
                 read_fields(*definition, *node, source_.read.at(stream.text).*member)) {
                fields.push_back({stream.text, std::move(field)});
            }
        }
        return fields;
    }

  private:
    template <class Given>
    std::vector<PlacedText> read_fields(const StreamDefinition& stream, const YamlNode& node,
                                        std::map<std::string, Given>& all_given) const {
        std::vector<PlacedText> fields;
        const std::vector<std::string> known = stream.contract->field_names();
        if (node.kind != YamlKind::mapping) {
            const YamlReader refused(node, fmt::format("\"{}\"", stream.name), known,
                                     reader_.file());
            return fields;
        }
        for (const auto& [field, value] : node.members) {
            if (std::find(known.begin(), known.end(), field.scalar) == known.end()) {
                report_unknown_field(field.scalar, reader_.file().place(field), stream,
                                     reader_.file());
                continue;
            }
            const auto given =
                read_given(value, field.scalar, reader_.file(), static_cast<Given*>(nullptr));
            if (!given) continue;
            all_given.emplace(field.scalar, *given);
            fields.push_back({field.scalar, reader_.file().place(field)});
        }
        return fields;
    }

    const YamlReader& reader_;
    SourceDefinition& source_;
};

/// Reads `field_owners`: stream -> field of its contract, "customer.email" -> person or team.
void read_field_owners(const YamlReader& reader, const DefinitionFile& definition,
                       SourceDefinition& source) {
    for (const auto& [stream, node] : reader.members("field_owners", Need::optional)) {
        const StreamDefinition* found = find_stream(reader, source, stream);
        if (!found) continue;
        std::map<std::string, std::string>& owners = source.field_owners[stream.text];
        if (node->kind != YamlKind::mapping) {
            const YamlReader refused(*node, fmt::format("\"{}\"", stream.text), {},
                                     definition.file);
            continue;
        }
        for (const auto& [field, value] : node->members) {
            const Place where = definition.file.place(field);
            if (!find_field(found->contract->payload_type(), field.scalar)) {
                report_unknown_field(field.scalar, where, *found, definition.file);
                continue;
            }
            const auto owner = read_name(value, field.scalar, definition.file);
            if (!owner) continue;
            definition.refer(ReferenceKind::owner, {*owner, definition.file.place(value)});
            owners.emplace(field.scalar, *owner);
        }
    }
}

/// Reads `skip_rows`: stream -> list of columns with their texts.
void read_skip_rows(const YamlReader& reader, YamlFile& file, SourceDefinition& source) {
    for (const auto& [stream, node] : reader.members("skip_rows", Need::optional)) {
        if (!find_stream(reader, source, stream)) continue;
        for (const YamlNode& item : node->items) {
            RowMark mark;
            for (const YamlMember& member : item.members) {
                // Where a total stands, the column of ids is often empty.
                const bool is_empty =
                    member.value.kind == YamlKind::scalar && member.value.scalar.empty();
                const auto text = is_empty ? std::optional<std::string>("")
                                           : read_text(member.value, member.key.scalar, file);
                if (text) mark.emplace(member.key.scalar, std::string(trim(*text)));
            }
            // A mark of no column would be on every row.
            if (!mark.empty()) source.skip_rows[stream.text].push_back(std::move(mark));
        }
    }
}

/// A field cannot come from a column and be constant, and a constant must keep the contract.
void report_bad_constant(const SourceField& constant, const SourceDefinition& source,
                         YamlFile& file) {
    const auto& [name, field] = constant;
    const ReadOptions& options = source.read.at(name);
    if (options.columns.contains(field.text)) {
        file.report(
            field.where, "workspace.contradiction",
            fmt::format("field \"{}\" of \"{}\" has a column and a constant", field.text, name),
            "Keep one of them.");
    }
    JsonDocument document;
    const auto nothing = document.parse("{}");
    MESHLINE_CHECK(nothing.ok());
    // An empty record breaks other rules of the contract too: only the constant's own field counts.
    for (const SchemaError& violation :
         source.pack->find(name)->contract->judge(*nothing, options)) {
        if (violation.instance_location != "/" + field.text || violation.keyword == "required")
            continue;
        file.report(field.where, "workspace.bad_constant",
                    fmt::format("constant \"{}\" breaks the contract of \"{}\": {}", field.text,
                                name, violation.message),
                    "Write a value that the contract takes.");
    }
}

}  // namespace

SourceDefinition load_source(const DefinitionFile& definition, const ClientDefinition& client,
                             PackShelf& shelf, const KeptZones& zones) {
    const YamlReader reader(
        definition.root, "source",
        {"source", "owner", "title", "pack", "streams", "zone", "decimal_mark", "date_order",
         "columns", "constants", "skip_rows", "field_owners", "handoff"},
        definition.file);
    SourceDefinition source;
    source.head = read_head(reader, "source", definition);
    if (source.head.name == reserved_source) {
        definition.file.report(reader.place("source"), "workspace.reserved_name",
                               fmt::format("source \"{}\" has a reserved name", reserved_source),
                               "Each client's log keeps what people decide under it: rename the"
                               " source and its file.");
    }
    source.pack_name = reader.name("pack", Need::required);
    source.pack = read_pack(source.pack_name, reader, shelf);
    source.streams = read_streams(reader, source.pack.get());

    const ReadOptions options = read_options(reader, client, zones);
    for (const std::string& stream : source.streams) {
        if (source.pack && source.pack->find(stream)) source.read.emplace(stream, options);
    }
    const FieldTexts texts(reader, source);
    texts.read("columns", &ReadOptions::columns);
    for (const auto& constant : texts.read("constants", &ReadOptions::constants)) {
        report_bad_constant(constant, source, definition.file);
    }

    read_skip_rows(reader, definition.file, source);
    read_field_owners(reader, definition, source);

    if (const auto handoff =
            read_part(reader, "handoff", Need::optional, {"fresh_within_hours", "escalate_to"})) {
        source.fresh_within_hours =
            handoff->integer("fresh_within_hours", Need::optional, {1, fresh_within_hours_max});
        source.escalate_to = read_references(*handoff, "escalate_to", Need::optional,
                                             ReferenceKind::owner, definition);
    }
    return source;
}

}  // namespace meshline
