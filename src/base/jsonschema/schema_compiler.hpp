#pragma once

#include "base/jsonschema/json_schema.hpp"
#include "base/jsonschema/schema_program.hpp"
#include "base/result/result.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace meshline {

/// Reads the keywords of a schema and of all that it leads to into a program, one after the other
/// by a list of its own rather than by calling itself.
class SchemaCompiler {
  public:
    SchemaCompiler(SchemaProgram& program, const SchemaOptions& options)
        : program_(program), options_(options) {}

    /// The root becomes node 0.
    Result<void> compile(ResourceId root);

  private:
    Result<void> compile_all();
    void add_dynamic_targets();
    Result<void> read(SchemaId id, const SchemaSite& site);
    Result<void> check_keywords(JsonValue source) const;
    Result<void> read_rule(SchemaNode& node, JsonValue source) const;
    Result<void> read_references(SchemaNode& node, JsonValue source);
    Result<void> read_applicators(SchemaNode& node, JsonValue source);
    Result<void> read_object(SchemaNode& node, JsonValue source);
    void read_dependencies(SchemaNode& node, JsonValue source);
    Result<void> read_array(SchemaNode& node, JsonValue source);
    Result<void> read_items(SchemaNode& node, JsonValue source);
    Result<void> read_unevaluated(SchemaNode& node, JsonValue source);
    Result<void> read_values(SchemaNode& node, JsonValue source);
    Result<void> read_type(SchemaNode& node, JsonValue source);
    Result<void> read_number(SchemaNode& node, JsonValue source);
    Result<void> read_text(SchemaNode& node, JsonValue source);
    Result<void> read_counts(SchemaNode& node, JsonValue source);

    AnchorId anchor_id(std::string_view name);
    SchemaId add(const SchemaSite& site);
    SchemaId add(JsonValue value);
    SchemaId add_member(JsonValue source, std::string_view keyword);
    std::vector<SchemaId> add_list(JsonValue source, std::string_view keyword);
    void read_dependents(SchemaNode& node, JsonValue source, const char* keyword);
    Result<std::shared_ptr<const RE2>> compile_pattern(std::string_view pattern, JsonValue written);
    Result<void> read_count(std::size_t& count, JsonValue source, std::string_view keyword);
    Result<void> read_bound(std::optional<DecimalToken>& bound, JsonValue source,
                            std::string_view keyword);
    Error refuse(JsonValue value, std::string code, std::string message,
                 std::string hint = "") const;

    ObjectChecks& object_of(SchemaNode& node) const;
    ArrayChecks& array_of(SchemaNode& node) const;
    Applicators& applicators_of(SchemaNode& node) const;
    Dialect dialect() const { return vocabularies_.dialect; }

    SchemaProgram& program_;
    const SchemaOptions& options_;
    Vocabularies vocabularies_;  ///< Of the schema that is being read.
    ResourceId resource_ = 0;
    std::vector<SchemaSite> sites_;  ///< By SchemaId; read or to be read.
    std::unordered_map<std::uint64_t, SchemaId> ids_;
    std::unordered_map<std::string, std::shared_ptr<const RE2>> patterns_;
    std::int64_t pattern_steps_ = 0;
};

/// Refuses a schema that refers to itself without going down into the instance
/// (schema.endless_reference), or judges one value by more than schema_chain_max schemas in a row.
Result<void> check_chains(const SchemaProgram& program);

/// Makes verdicts cheap: notes what each schema need not look at. Errors are found the long way,
/// which is as it was written. Comes after check_chains().
void shorten_program(SchemaProgram& program);

}  // namespace meshline
