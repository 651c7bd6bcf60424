#include "core/contract/contract.hpp"

#include "base/json/json.hpp"
#include "base/jsonschema/metaschemas.hpp"
#include "base/jsonschema/schema_program.hpp"
#include "base/text/text.hpp"
#include "core/contract/annotation.hpp"
#include "core/contract/derive_payload_type.hpp"
#include "core/contract/renamed_payload.hpp"

#include <fmt/format.h>
#include <map>
#include <utility>

namespace meshline {

struct Contract::Implementation {
    JsonSchema schema;
    PayloadType payload_type;
    std::string canonical_bytes;
    std::vector<std::string> files_used;
    Digest digest;
};

namespace {

/// What a renamed payload is written and read with; one for each thread.
struct RenamingRoom {
    std::string buffer;
    JsonDocument document;
};

RenamingRoom& thread_room() {
    thread_local RenamingRoom room;
    return room;
}

/// Compiling has to know it beforehand; it also refuses what cannot be read here.
bool asserts_formats(std::string_view schema) {
    if (schema.find(formats_keyword) == std::string_view::npos) return false;
    JsonDocument document;
    const auto root = document.parse(schema);
    if (!root.ok()) return false;
    const auto written = root->find(formats_keyword);
    return written && written->text() == "assert";
}

Result<void> check_formats_keyword(const SchemaProgram& program) {
    for (const SchemaNode& node : program.nodes) {
        const auto written = node.source->find(formats_keyword);
        if (!written) continue;
        const auto refuse = [&](JsonValue at, const char* code, std::string message,
                                std::string hint) {
            return program.documents.error_at(node.resource, at, code, std::move(message),
                                              std::move(hint));
        };
        if (&node != &program.nodes.front()) {
            return refuse(written->key_value(), "contract.misplaced_keyword",
                          fmt::format("\"{}\" inside a schema", formats_keyword),
                          "It stands at the top and counts for the whole contract.");
        }
        if (written->is(JsonType::string) && written->text() == "assert") continue;
        return refuse(*written, "contract.bad_value",
                      fmt::format("\"{}\" must be \"assert\"", formats_keyword),
                      "Leave it out for formats that only describe.");
    }
    return {};
}

/// The documents that the program can lead to beside its own, by URI.
std::map<std::string, ResourceId> others_of(const SchemaProgram& program) {
    const SchemaDocuments& documents = program.documents;
    const SchemaDocument& own = documents.document_of(program.nodes.front().resource);
    std::map<std::string, ResourceId> others;
    for (const SchemaNode& node : program.nodes) {
        const SchemaDocument& document = documents.document_of(node.resource);
        if (&document == &own || find_metaschema(document.uri)) continue;
        others.emplace(document.uri, node.resource);
    }
    return others;
}

}  // namespace

Contract::Contract(std::unique_ptr<Implementation> implementation)
    : implementation_(std::move(implementation)) {}
Contract::~Contract() = default;
Contract::Contract(Contract&&) noexcept = default;
Contract& Contract::operator=(Contract&&) noexcept = default;

Result<Contract> Contract::compile(std::string_view schema, const std::string& file,
                                   const std::vector<SchemaFile>& others, const std::string& uri) {
    static const ReadOptions plain;
    const AnnotationRules rules(plain);
    MESHLINE_ASSIGN(JsonSchema compiled,
                    JsonSchema::compile(schema, file, others,
                                        {.asserts_formats = asserts_formats(schema),
                                         .base_uri = uri,
                                         .rules = &rules,
                                         .refuses_unknown_keywords = true}));
    const SchemaProgram& program = compiled.program();
    MESHLINE_TRY(check_formats_keyword(program));
    MESHLINE_ASSIGN(PayloadType payload_type, derive_payload_type(program));
    const ResourceId own = program.nodes.front().resource;
    std::string bytes = canonical_json(program.documents.document_of(own).json.root());
    std::vector<std::string> files_used;
    const auto reached = others_of(program);
    if (!reached.empty()) bytes += "\n" + program.documents.document_of(own).uri;
    for (const auto& [other_uri, resource] : reached) {
        const SchemaDocument& document = program.documents.document_of(resource);
        bytes += fmt::format("\n{}\n{}", other_uri, canonical_json(document.json.root()));
        files_used.push_back(document.file);
    }
    const Digest digest = sha256(bytes);
    return Contract(std::make_unique<Implementation>(
        Implementation{std::move(compiled), std::move(payload_type), std::move(bytes),
                       std::move(files_used), digest}));
}

std::string Contract::uri_in_pack(std::string_view path) {
    return fmt::format("pack:///{}", path);
}

Result<Contract> Contract::compile_in_pack(std::string_view schema, const std::string& file,
                                           std::string_view path, const Others& others) {
    // Few contracts refer to others, and reading all of them for each takes its time.
    auto alone = compile(schema, file, {}, uri_in_pack(path));
    if (alone.ok() || alone.error().code != "schema.unknown_reference") return alone;
    MESHLINE_ASSIGN(const std::vector<SchemaFile> found, others());
    return compile(schema, file, found, uri_in_pack(path));
}

Result<Contract> Contract::of_canonical_bytes(std::string_view bytes, const std::string& name) {
    const std::vector<std::string_view> lines = split(bytes, '\n');
    std::vector<SchemaFile> others;
    for (std::size_t line = 2; line + 1 < lines.size(); line += 2) {
        others.push_back({std::string(lines[line]), std::string(lines[line + 1]), name});
    }
    return compile(lines[0], name, others, lines.size() > 1 ? std::string(lines[1]) : "");
}

const Digest& Contract::digest() const {
    return implementation_->digest;
}

const std::string& Contract::canonical_bytes() const {
    return implementation_->canonical_bytes;
}

const std::vector<std::string>& Contract::files_used() const {
    return implementation_->files_used;
}

const SchemaProgram& Contract::program() const {
    return implementation_->schema.program();
}

const PayloadType& Contract::payload_type() const {
    return implementation_->payload_type;
}

std::vector<std::string> Contract::field_names() const {
    std::vector<std::string> names;
    const PayloadType& root = implementation_->payload_type;
    if (root.kind != PayloadKind::structure) return names;
    for (const PayloadType& field : root.fields)
        names.push_back(field.name);
    return names;
}

std::vector<SchemaError> Contract::judge(JsonValue payload, const ReadOptions& options) const {
    const AnnotationRules rules(options);
    const JsonSchema& schema = implementation_->schema;
    const bool is_renamed = payload.is(JsonType::object) && RenamedPayload::is_needed(options);
    if (!is_renamed) return schema.validate(payload, &rules);

    RenamingRoom& room = thread_room();
    const RenamedPayload renamed(implementation_->payload_type, options);
    const auto named = renamed.read(payload, room.buffer, room.document);
    if (!named.ok()) return {{.keyword = "false", .message = named.error().message}};
    std::vector<SchemaError> errors = schema.validate(*named, &rules);
    for (SchemaError& error : errors) {
        error.instance_location = renamed.location_in_payload(error.instance_location);
        const auto column = options.columns.find(error.missing);
        const bool is_top = error.instance_location.empty();
        if (is_top && column != options.columns.end()) {
            error.message = fmt::format("member \"{}\" (field \"{}\") is missing", column->second,
                                        column->first);
        }
    }
    return errors;
}

}  // namespace meshline
