#pragma once

#include "base/json/decimal_token.hpp"
#include "base/json/json.hpp"
#include "base/jsonschema/formats.hpp"
#include "base/jsonschema/property_table.hpp"
#include "base/jsonschema/schema_documents.hpp"
#include "base/jsonschema/schema_rules.hpp"
#include "base/jsonschema/type_set.hpp"

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <re2/re2.h>
#include <string>
#include <utility>
#include <vector>

namespace meshline {

/// A dynamic anchor's name as a number.
using AnchorId = std::uint32_t;
constexpr AnchorId no_anchor = 0xFFFFFFFF;

/// A schema that holds for objects which have a member of that name.
struct DependentSchema {
    std::string name;
    SchemaId schema = no_schema;
    const char* keyword = "";  ///< "dependentSchemas", or "dependencies" of the older drafts.
};

struct PatternSchema {
    std::string name;  ///< The pattern as written.
    std::shared_ptr<const RE2> pattern;
    SchemaId schema = no_schema;
};

struct DependentNames {
    std::string name;
    std::vector<std::string> required;
    const char* keyword = "";  ///< "dependentRequired" or "dependencies".
};

constexpr std::size_t count_without_limit = std::numeric_limits<std::size_t>::max();

struct NumberChecks {
    std::optional<DecimalToken> minimum;
    std::optional<DecimalToken> maximum;
    std::optional<DecimalToken> exclusive_minimum;
    std::optional<DecimalToken> exclusive_maximum;
    std::optional<DecimalStep> multiple_of;
};

struct TextChecks {
    std::size_t length_min = 0;
    std::size_t length_max = count_without_limit;
    std::shared_ptr<const RE2> pattern;
    std::string pattern_written;
    std::optional<TextFormat> format;
};

struct ArrayChecks {
    std::size_t count_min = 0;
    std::size_t count_max = count_without_limit;
    bool is_unique = false;
    std::vector<SchemaId> prefix;
    SchemaId rest = no_schema;
    SchemaId contains = no_schema;
    std::size_t contains_min = 1;
    std::size_t contains_max = count_without_limit;
    SchemaId unevaluated = no_schema;
    /// How the draft calls them: "items" or "prefixItems", "additionalItems" or "items".
    const char* prefix_keyword = "prefixItems";
    const char* rest_keyword = "items";
    bool contains_evaluates = true;  ///< Not in 2019-09.
};

struct ObjectChecks {
    std::size_t count_min = 0;
    std::size_t count_max = count_without_limit;
    PropertyTable properties;
    std::vector<PatternSchema> patterns;
    SchemaId additional = no_schema;
    SchemaId names = no_schema;
    std::vector<DependentNames> dependent_required;
    std::vector<DependentSchema> dependent_schemas;
    SchemaId unevaluated = no_schema;
};

/// Keywords that hold the same value against other schemas.
struct Applicators {
    SchemaId reference = no_schema;
    SchemaId dynamic_reference = no_schema;  ///< Where it leads when nothing overrides it.
    AnchorId dynamic_anchor = no_anchor;     ///< None where "$dynamicRef" is a plain reference.
    std::vector<SchemaId> all_of;
    std::vector<SchemaId> any_of;
    std::vector<SchemaId> one_of;
    SchemaId negated = no_schema;
    SchemaId condition = no_schema;
    SchemaId then = no_schema;
    SchemaId otherwise = no_schema;
};

/// What a schema has to check at all; the rest of a node is not looked at.
enum NodeCheck : std::uint8_t {
    check_values = 1,
    check_number = 2,
    check_text = 4,
    check_array = 8,
    check_object = 16,
    check_applicators = 32,
    check_unevaluated = 64,
};

/// One schema, ready to be judged by. Its values refer to the document it was read from.
struct SchemaNode {
    bool is_never = false;    ///< The schema `false`.
    std::uint8_t types = 0;   ///< A TypeSet; 0 allows every type.
    std::uint8_t checks = 0;  ///< A NodeCheck set.
    RuleId rule = no_rule;
    // By shorten_program():
    std::uint8_t types_enough = 0;    ///< A TypeSet: values of these types hold, whatever they are.
    SchemaId stands_for = no_schema;  ///< What a "$ref" alone leads to in the end.
    ResourceId resource = 0;
    std::optional<JsonValue> source;  ///< Where it is written.
    std::string location;             ///< Absolute URI with a JSON Pointer as fragment.
    std::optional<JsonValue> constant;
    std::optional<JsonValue> enumerated;
    NumberChecks number;
    TextChecks text;
    std::unique_ptr<ArrayChecks> array;
    std::unique_ptr<ObjectChecks> object;
    std::unique_ptr<Applicators> applicators;

    bool allows_null() const { return types == 0 || (types & type_null) != 0; }
};

/// All schemas that the root, number 0, can lead to. Never changed once compiled.
struct SchemaProgram {
    SchemaDocuments documents;
    std::vector<SchemaNode> nodes;
    /// (resource, dynamic anchor) -> schema; "" for the root of a 2019-09 recursive anchor.
    std::map<std::pair<ResourceId, AnchorId>, SchemaId> dynamic_targets;
    std::map<std::string, AnchorId, std::less<>> anchor_ids;
    bool has_dynamic_references = false;
};

}  // namespace meshline
