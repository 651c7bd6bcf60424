#include "core/contract/compile_schema.hpp"

#include <limits>
#include <vector>

namespace meshline {
namespace {

constexpr std::size_t size_max = std::numeric_limits<std::size_t>::max();

std::uint8_t checks_of(const Schema& schema) {
    const bool has_values = schema.constant || schema.enumerated;
    const bool has_bounds = schema.minimum || schema.maximum || schema.exclusive_minimum ||
                            schema.exclusive_maximum || schema.multiple_of;
    const bool has_lengths = schema.length_min > 0 || schema.length_max != size_max;
    const bool is_combined = schema.reference != no_schema || schema.negated != no_schema ||
                             !schema.all_of.empty() || !schema.any_of.empty() ||
                             !schema.one_of.empty();
    return static_cast<std::uint8_t>(
        (has_values ? check_values : 0) | (has_bounds ? check_number : 0) |
        (has_lengths || schema.pattern ? check_string : 0) | (is_combined ? check_combined : 0));
}

std::uint8_t types_enough_of(const Schema& schema) {
    if (schema.is_never || (schema.checks & (check_values | check_combined)) != 0) return 0;
    const auto enough = [&](TypeSet type, bool is_enough) {
        const bool is_allowed = schema.types == 0 || (schema.types & type) != 0;
        return is_enough && is_allowed ? type : 0;
    };
    const bool is_plain = schema.annotation == Annotation::none;
    return static_cast<std::uint8_t>(
        enough(type_null, true) |
        enough(type_boolean, is_plain || schema.annotation == Annotation::boolean) |
        enough(type_number, is_plain && (schema.checks & check_number) == 0) |
        enough(type_string, is_plain && (schema.checks & check_string) == 0));
}

/// Whether the schema says "$ref" and nothing else that is judged.
bool is_reference_alone(const Schema& schema) {
    const bool is_combined_otherwise = schema.negated != no_schema || !schema.all_of.empty() ||
                                       !schema.any_of.empty() || !schema.one_of.empty();
    const bool has_inside = !schema.properties.all().empty() || schema.additional != no_schema ||
                            schema.items != no_schema || schema.items_min > 0 ||
                            schema.items_max != size_max;
    return schema.reference != no_schema && schema.checks == check_combined &&
           !is_combined_otherwise && !has_inside && !schema.is_never && schema.types == 0 &&
           schema.annotation == Annotation::none;
}

/// Where a way of references alone ends; it does, for check_references() refused those that do not.
SchemaId end_of_references(const CompiledSchema& compiled, SchemaId id) {
    while (id != no_schema && is_reference_alone(compiled.at(id)))
        id = compiled.at(id).reference;
    return id;
}

}  // namespace

void prepare_judging(CompiledSchema& compiled) {
    for (Schema& schema : compiled.schemas) {
        schema.checks = checks_of(schema);
        schema.types_enough = types_enough_of(schema);
    }
    for (Schema& schema : compiled.schemas) {
        schema.items = end_of_references(compiled, schema.items);
        const std::vector<Property> properties = schema.properties.all();
        for (const Property& property : properties) {
            const SchemaId id = end_of_references(compiled, property.schema);
            Property& shortened = schema.properties.add(property.name);
            shortened.schema = id;
            if (id != no_schema) shortened.types_enough = compiled.at(id).types_enough;
        }
        schema.properties.seal();
    }
}

}  // namespace meshline
