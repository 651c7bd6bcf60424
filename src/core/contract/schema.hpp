#pragma once

#include "base/json/decimal_token.hpp"
#include "base/json/json.hpp"
#include "base/jsonschema/property_table.hpp"
#include "base/jsonschema/type_set.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <re2/re2.h>
#include <string>
#include <vector>

namespace meshline {

/// What "x-meshline" says of a field.
enum class Annotation : std::uint8_t {
    none,
    money,
    integer,
    boolean,
    instant,
    unix_seconds,
    unix_millis,
    date,
    currency,
};

/// What a schema asks of a value beside its type, annotation, items and members.
enum CheckSet : std::uint8_t {
    check_values = 1,    ///< "const", "enum"
    check_number = 2,    ///< bounds and steps
    check_string = 4,    ///< lengths and patterns
    check_combined = 8,  ///< "$ref", "allOf", "anyOf", "oneOf", "not"
};

/// One (sub)schema with its keywords ready to be judged by. Refers to the document it was read
/// from.
struct Schema {
    std::size_t offset = 0;  ///< Byte in the schema's text, for errors.
    bool is_never = false;   ///< The schema `false`.
    std::uint8_t types = 0;  ///< A TypeSet; 0 allows every type.
    Annotation annotation = Annotation::none;
    // By prepare_judging():
    std::uint8_t checks = 0;        ///< A CheckSet.
    std::uint8_t types_enough = 0;  ///< A TypeSet: scalars of these types hold whatever they are.

    SchemaId reference = no_schema;
    std::vector<SchemaId> all_of;
    std::vector<SchemaId> any_of;
    std::vector<SchemaId> one_of;
    SchemaId negated = no_schema;

    PropertyTable properties;
    SchemaId additional = no_schema;  ///< Of members that `properties` does not name.
    SchemaId items = no_schema;

    std::optional<JsonValue> enumerated;  ///< The array of "enum".
    std::optional<JsonValue> constant;
    std::optional<DecimalToken> minimum;
    std::optional<DecimalToken> maximum;
    std::optional<DecimalToken> exclusive_minimum;
    std::optional<DecimalToken> exclusive_maximum;
    std::optional<DecimalStep> multiple_of;
    std::size_t length_min = 0;
    std::size_t length_max = std::numeric_limits<std::size_t>::max();
    std::size_t items_min = 0;
    std::size_t items_max = std::numeric_limits<std::size_t>::max();
    std::unique_ptr<RE2> pattern;

    bool allows_null() const { return types == 0 || (types & type_null) != 0; }
};

/// All schemas of a contract; the root is the first. Never changed once compiled.
struct CompiledSchema {
    std::string file;
    std::string text;
    JsonDocument document;
    std::vector<Schema> schemas;

    const Schema& at(SchemaId id) const { return schemas[id]; }
    /// Line and column of a byte of the schema's text.
    Place place_of(std::size_t offset) const;
};

}  // namespace meshline
