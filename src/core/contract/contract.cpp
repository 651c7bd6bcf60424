#include "core/contract/contract.hpp"

#include "base/json/json.hpp"
#include "base/jsonschema/metaschemas.hpp"
#include "base/jsonschema/schema_program.hpp"
#include "base/text/text.hpp"
#include "core/contract/annotation.hpp"
#include "core/contract/contract_meaning.hpp"
#include "core/contract/derive_payload_type.hpp"
#include "core/contract/renamed_payload.hpp"

#include <fmt/format.h>
#include <map>
#include <set>
#include <utility>

namespace meshline {

struct Contract::Implementation {
    JsonSchema schema;
    PayloadType payload_type;
    std::string canonical_bytes;
    std::string text_bytes;
    std::vector<std::string> files_used;
    std::vector<NamedOwner> owners;
    Digest digest;
    Digest text_digest;
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

Result<std::vector<Contract::NamedOwner>> read_owners(const SchemaProgram& program) {
    std::vector<Contract::NamedOwner> owners;
    for (const SchemaNode& node : program.nodes) {
        const auto written = node.source->find(owner_keyword);
        if (!written) continue;
        Error error = program.documents.error_at(
            node.resource, *written, "contract.bad_value",
            fmt::format("\"{}\" must be a person or team of owners.yaml", owner_keyword),
            "Name who answers for the field.");
        if (!written->is(JsonType::string) || written->text().empty()) return error;
        owners.push_back({std::string(written->text()), error.where});
    }
    return owners;
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

/// What a contract's documents say, whole and without what only names and explains.
struct ContractTexts {
    std::string meaning;
    std::string whole;

    void add(const SchemaProgram& program, const SchemaDocument& document) {
        std::set<std::size_t> used;
        for (const SchemaNode& node : program.nodes) {
            if (&program.documents.document_of(node.resource) == &document)
                used.insert(node.source->offset());
        }
        meaning += contract_meaning(document.json.root(), used);
        whole += canonical_json(document.json.root());
    }
    void add_line(const std::string& line) {
        meaning += line;
        whole += line;
    }
};

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
    MESHLINE_ASSIGN(std::vector<NamedOwner> owners, read_owners(program));
    ContractTexts texts;
    texts.add(program, program.documents.document_of(own));
    std::vector<std::string> files_used;
    const auto reached = others_of(program);
    if (!reached.empty()) texts.add_line("\n" + program.documents.document_of(own).uri);
    for (const auto& [other_uri, resource] : reached) {
        const SchemaDocument& document = program.documents.document_of(resource);
        texts.add_line(fmt::format("\n{}\n", other_uri));
        texts.add(program, document);
        files_used.push_back(document.file);
    }
    const Digest digest = sha256(texts.meaning);
    const Digest text_digest = sha256(texts.whole);
    return Contract(std::make_unique<Implementation>(Implementation{
        std::move(compiled), std::move(payload_type), std::move(texts.meaning),
        std::move(texts.whole), std::move(files_used), std::move(owners), digest, text_digest}));
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

const Digest& Contract::text_digest() const {
    return implementation_->text_digest;
}

const std::string& Contract::text_bytes() const {
    return implementation_->text_bytes;
}

const std::vector<Contract::NamedOwner>& Contract::owners() const {
    return implementation_->owners;
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
    std::vector<SchemaError> errors = renamed.contradictions(payload);
    // What is left of a contradicting record is not worth telling beside it.
    if (!errors.empty()) return errors;
    errors = schema.validate(*named, &rules);
    for (SchemaError& error : errors) {
        error.instance_location = renamed.location_in_payload(payload, error.instance_location);
        const auto column = options.columns.find(error.missing);
        const bool is_top = error.instance_location.empty();
        if (is_top && column != options.columns.end()) {
            error.message = fmt::format("member {} (field \"{}\") is missing",
                                        column->second.text(), column->first);
        }
    }
    return errors;
}

}  // namespace meshline
