#include "base/jsonschema/json_schema.hpp"

#include "base/json/json_pointer.hpp"
#include "base/jsonschema/evaluation.hpp"
#include "base/jsonschema/metaschemas.hpp"
#include "base/jsonschema/schema_compiler.hpp"

#include <array>
#include <fmt/format.h>
#include <mutex>
#include <set>
#include <utility>

namespace meshline {

struct JsonSchema::Implementation {
    SchemaProgram program;
};

namespace {

/// One for each draft, compiled when it is first needed.
const JsonSchema& metaschema_of(Dialect dialect) {
    constexpr std::size_t dialect_count = 5;
    static std::array<std::once_flag, dialect_count> flags;
    static std::array<std::optional<JsonSchema>, dialect_count> compiled;
    const auto index = static_cast<std::size_t>(dialect);
    std::call_once(flags[index], [&] {
        const std::string uri(metaschema_uri(dialect));
        auto schema = JsonSchema::compile(*find_metaschema(uri), uri, {}, {.dialect = dialect});
        MESHLINE_CHECK(schema.ok());
        compiled[index].emplace(std::move(*schema));
    });
    return *compiled[index];
}

/// The first thing that a metaschema says against a schema.
Result<void> check_by_metaschema(const SchemaDocuments& documents, ResourceId id) {
    const SchemaResource& resource = documents.resource(id);
    const auto errors = metaschema_of(resource.vocabularies.dialect).validate(resource.root);
    if (errors.empty()) return {};
    // An alternative that fails tells more than the choice it was in.
    const SchemaError* first = &errors.front();
    for (const SchemaError& error : errors) {
        if (error.keyword != "anyOf" && error.keyword != "oneOf") {
            first = &error;
            break;
        }
    }
    const JsonValue place = nearest_at(resource.root, first->instance_location);
    const std::string where =
        first->instance_location.empty() ? "the schema" : first->instance_location;
    return documents.error_at(id, place, "schema.not_valid",
                              fmt::format("{}: {}", where, first->message), first->hint);
}

bool is_metaschema(const SchemaResource& resource) {
    return find_metaschema(resource.uri).has_value();
}

std::set<const SchemaDocument*> documents_of(const SchemaProgram& program) {
    std::set<const SchemaDocument*> documents;
    for (const SchemaNode& node : program.nodes)
        documents.insert(&program.documents.document_of(node.resource));
    return documents;
}

MarkStack& thread_marks() {
    thread_local MarkStack marks;
    return marks;
}

}  // namespace

JsonSchema::JsonSchema(std::unique_ptr<Implementation> implementation)
    : implementation_(std::move(implementation)) {}
JsonSchema::~JsonSchema() = default;
JsonSchema::JsonSchema(JsonSchema&&) noexcept = default;
JsonSchema& JsonSchema::operator=(JsonSchema&&) noexcept = default;

Result<JsonSchema> JsonSchema::compile(std::string_view text, const std::string& file,
                                       const std::vector<SchemaFile>& others,
                                       const SchemaOptions& options) {
    auto implementation = std::make_unique<Implementation>();
    SchemaProgram& program = implementation->program;
    std::vector<ResourceId> roots;
    for (const SchemaFile& other : others) {
        const auto id =
            program.documents.add_other(other.uri, other.text, other.file, options.dialect);
        if (id) roots.push_back(*id);
    }
    MESHLINE_ASSIGN(const ResourceId root,
                    program.documents.add(options.base_uri, text, file, options.dialect));
    // What the compiler refuses it can explain better than a metaschema, which sees all else.
    MESHLINE_TRY(SchemaCompiler(program, options).compile(root));
    const std::set<const SchemaDocument*> reached = documents_of(program);
    roots.insert(roots.begin(), root);
    for (const ResourceId id : roots) {
        const bool is_asked = reached.contains(&program.documents.document_of(id)) &&
                              !is_metaschema(program.documents.resource(id));
        if (is_asked) MESHLINE_TRY(check_by_metaschema(program.documents, id));
    }
    return JsonSchema(std::move(implementation));
}

bool JsonSchema::is_valid(JsonValue instance, const SchemaRules* rules) const {
    return Evaluation(implementation_->program, thread_marks(), instance, rules, false).run();
}

std::vector<SchemaError> JsonSchema::validate(JsonValue instance, const SchemaRules* rules) const {
    if (is_valid(instance, rules)) return {};
    Evaluation evaluation(implementation_->program, thread_marks(), instance, rules, true);
    const bool is_good = evaluation.run();
    std::vector<SchemaError> errors = evaluation.take_errors();
    MESHLINE_CHECK(!is_good && !errors.empty());
    return errors;
}

const SchemaProgram& JsonSchema::program() const {
    return implementation_->program;
}

}  // namespace meshline
