#include "base/jsonschema/schema_compiler.hpp"

namespace meshline {
namespace {

/// Scalars and containers of these types hold whatever they are.
std::uint8_t types_enough_of(const SchemaNode& node) {
    constexpr std::uint8_t beyond_type = check_values | check_applicators | check_unevaluated;
    if (node.is_never || (node.checks & beyond_type) != 0) return 0;
    const auto enough = [&](TypeSet type, std::uint8_t checks) {
        const bool is_allowed = node.types == 0 || (node.types & type) != 0;
        const bool is_ruled = node.rule != no_rule && type != type_null;
        return is_allowed && !is_ruled && (node.checks & checks) == 0 ? type : 0;
    };
    return static_cast<std::uint8_t>(
        enough(type_null, 0) | enough(type_boolean, 0) | enough(type_number, check_number) |
        enough(type_string, check_text) | enough(type_array, check_array) |
        enough(type_object, check_object));
}

/// Whether the schema says "$ref" and nothing else that is judged.
bool is_reference_alone(const SchemaNode& node) {
    const bool is_ruled = node.rule != no_rule;
    if (node.is_never || is_ruled || node.types != 0 || node.checks != check_applicators)
        return false;
    const Applicators& applicators = *node.applicators;
    return applicators.reference != no_schema && applicators.dynamic_reference == no_schema &&
           applicators.all_of.empty() && applicators.any_of.empty() && applicators.one_of.empty() &&
           applicators.negated == no_schema && applicators.condition == no_schema;
}

}  // namespace

void shorten_program(SchemaProgram& program) {
    for (SchemaNode& node : program.nodes) {
        // What is entered on the way counts for dynamic references, so nothing is left out there.
        if (is_reference_alone(node) && !program.has_dynamic_references) {
            node.stands_for = node.applicators->reference;
        }
        node.types_enough = types_enough_of(node);
    }
    // check_chains() refused the ways that do not end.
    for (SchemaNode& node : program.nodes) {
        while (node.stands_for != no_schema &&
               program.nodes[node.stands_for].stands_for != no_schema) {
            node.stands_for = program.nodes[node.stands_for].stands_for;
        }
    }
    for (SchemaNode& node : program.nodes) {
        if (!node.object) continue;
        for (Property& property : node.object->properties.all_to_change()) {
            if (property.schema == no_schema) continue;
            const SchemaNode& target = program.nodes[property.schema];
            const SchemaNode& last =
                target.stands_for == no_schema ? target : program.nodes[target.stands_for];
            property.types_enough = last.types_enough;
        }
    }
}

}  // namespace meshline
