#pragma once

#include "base/json/json_value.hpp"
#include "base/jsonschema/dialect.hpp"
#include "base/jsonschema/schema_rules.hpp"
#include "base/result/result.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// One way in which an instance does not keep a schema. Locations are those of the specification's
/// output (2020-12, section 12.3).
struct SchemaError {
    std::string instance_location;          ///< JSON Pointer; "" is the whole instance.
    std::string keyword;                    ///< "required"; "false" for the schema false.
    std::string keyword_location;           ///< As it was walked: "/properties/id/$ref/type".
    std::string absolute_keyword_location;  ///< Where it is written: URI with a pointer.
    std::string message;                    ///< What was found; values as their shape.
    std::string hint;
    std::string missing;  ///< The member that "required" asks for.
};

/// A document that references may lead to, by the URI that they use for it.
struct SchemaFile {
    std::string uri;
    std::string text;
    std::string file;  ///< For messages.
};

struct SchemaOptions {
    /// Of schemas without "$schema".
    Dialect dialect = Dialect::draft_2020_12;
    /// "format" is asserted; without it, it is an annotation, as the drafts have it by default.
    bool asserts_formats = false;
    /// What the schema's own relative "$id" and references are resolved against.
    std::string base_uri;
    /// Reads the caller's keyword; without it, it is an unknown one.
    const SchemaRules* rules = nullptr;
    /// A keyword that the draft does not know is refused (schema.unknown_keyword) with the nearest
    /// that it knows; without it, it is an annotation, as the drafts have it.
    bool refuses_unknown_keywords = false;
};

struct SchemaProgram;

/// A JSON Schema, compiled. Immutable; safe from several threads.
class JsonSchema {
  public:
    /// Errors schema.* with file, line and column: no JSON, not valid by its metaschema, a
    /// reference that leads nowhere, a pattern that RE2 cannot do, a schema that would not end.
    static Result<JsonSchema> compile(std::string_view text, const std::string& file,
                                      const std::vector<SchemaFile>& others,
                                      const SchemaOptions& options);
    ~JsonSchema();
    JsonSchema(JsonSchema&&) noexcept;
    JsonSchema& operator=(JsonSchema&&) noexcept;

    /// Rules of the schema are kept or broken by `rules`; without it they are not asked.
    bool is_valid(JsonValue instance, const SchemaRules* rules = nullptr) const;
    /// Every error, in the order of the schema, at most schema_errors_max; none when it is valid.
    std::vector<SchemaError> validate(JsonValue instance, const SchemaRules* rules = nullptr) const;

    /// What it was compiled to, for those who derive something else from it.
    const SchemaProgram& program() const;

    struct Implementation;

  private:
    explicit JsonSchema(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace meshline
