// Objects and their members, and what nobody evaluated.
#include "base/jsonschema/evaluation.hpp"
#include "base/text/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {

bool Evaluation::judge_object(const SchemaNode& node, JsonValue value, const Where& where) {
    const ObjectChecks& checks = *node.object;
    const std::size_t count = value.size();
    bool is_good = true;
    if (count < checks.count_min) {
        is_good = fail(node, where, "minProperties", fmt::format("{} members are too few", count));
    }
    if (count > checks.count_max) {
        is_good = fail(node, where, "maxProperties", fmt::format("{} members are too many", count));
    }
    if (!is_good && is_over()) return false;
    const bool looks_inside = !checks.properties.all().empty() || !checks.patterns.empty() ||
                              checks.additional != no_schema || checks.names != no_schema;
    if (looks_inside) is_good &= judge_members(node, value, where);
    if (!is_good && is_over()) return false;
    const bool has_dependents =
        !checks.dependent_required.empty() || !checks.dependent_schemas.empty();
    return (!has_dependents || judge_dependents(node, value, where)) && is_good;
}

bool Evaluation::judge_members(const SchemaNode& node, JsonValue value, const Where& where) {
    const ObjectChecks& checks = *node.object;
    // Members that nothing more is asked of are not looked into.
    const bool is_plain =
        where.marks == nullptr && checks.patterns.empty() && checks.names == no_schema;
    const bool says_nothing_of_others = is_plain && checks.additional == no_schema;
    std::size_t required_count = 0;
    bool is_good = true;
    if (value.size() > 0) {
        JsonValue member = value.first();
        for (std::size_t index = 0;; member = member.next()) {
            const Property* property = checks.properties.find(member);
            if (property != nullptr && property->is_required) ++required_count;
            const bool is_enough =
                property == nullptr
                    ? says_nothing_of_others
                    : (property->types_enough & type_set_of(member.type())) != 0 && is_plain;
            if (!is_enough) {
                bool is_evaluated = false;
                is_good &= judge_member(node, property, member, where, is_evaluated);
                if (!is_good && is_over()) return false;
                if (is_evaluated && where.marks != nullptr) marks_.mark(*where.marks, index);
            }
            if (++index == value.size()) break;
        }
    }
    // Names are unique, so counting the required ones is enough.
    if (required_count == checks.properties.required_count()) return is_good;
    return judge_required(node, value, where);
}

bool Evaluation::judge_member(const SchemaNode& node, const Property* property, JsonValue member,
                              const Where& where, bool& is_evaluated) {
    const ObjectChecks& checks = *node.object;
    const Spot spot{.parent = where.spot, .name = member.key()};
    bool is_good = true;
    if (property != nullptr && property->schema != no_schema) {
        is_evaluated = true;
        if ((property->types_enough & type_set_of(member.type())) == 0) {
            const Way way{where.way, "properties", property->name, 0, Way::Choice::name};
            is_good = judge(property->schema, member, {&spot, &way, where.scope, nullptr});
            if (!is_good && is_over()) return false;
        }
    }
    for (const PatternSchema& one : checks.patterns) {
        const std::string_view name = member.key();
        if (!RE2::PartialMatch(re2::StringPiece(name.data(), name.size()), *one.pattern)) continue;
        is_evaluated = true;
        const Way way{where.way, "patternProperties", one.name, 0, Way::Choice::name};
        is_good &= judge(one.schema, member, {&spot, &way, where.scope, nullptr});
        if (!is_good && is_over()) return false;
    }
    if (!is_evaluated && checks.additional != no_schema) {
        is_evaluated = true;
        const Way way{.parent = where.way, .keyword = "additionalProperties"};
        if (program_.nodes[checks.additional].is_never) {
            if (is_over()) return false;
            std::vector<std::string> known;
            for (const Property& one : checks.properties.all())
                known.push_back(one.name);
            is_good =
                fail(node, {&spot, where.way, where.scope, nullptr}, "additionalProperties",
                     "the schema does not know this member", hint_for_unknown(member.key(), known));
        } else {
            is_good = judge(checks.additional, member, {&spot, &way, where.scope, nullptr});
        }
        if (!is_good && is_over()) return false;
    }
    if (checks.names == no_schema) return is_good;
    const Way way{.parent = where.way, .keyword = "propertyNames"};
    return judge(checks.names, member.key_value(), {&spot, &way, where.scope, nullptr}) && is_good;
}

bool Evaluation::judge_required(const SchemaNode& node, JsonValue value, const Where& where) {
    if (is_over()) return false;
    for (const Property& property : node.object->properties.all()) {
        if (!property.is_required || value.find(property.name)) continue;
        if (is_full()) return false;
        fail(node, where, "required", fmt::format("member \"{}\" is missing", property.name));
        errors_.back().missing = property.name;
    }
    return false;
}

bool Evaluation::judge_dependents(const SchemaNode& node, JsonValue value, const Where& where) {
    const ObjectChecks& checks = *node.object;
    bool is_good = true;
    for (const DependentNames& dependent : checks.dependent_required) {
        if (!value.find(dependent.name)) continue;
        for (const std::string& name : dependent.required) {
            if (value.find(name)) continue;
            if (is_over()) return false;
            is_good = fail(
                node, where, dependent.keyword,
                fmt::format("member \"{}\" is missing, which \"{}\" needs", name, dependent.name));
        }
    }
    for (const DependentSchema& dependent : checks.dependent_schemas) {
        if (!value.find(dependent.name)) continue;
        const Way way{where.way, dependent.keyword, dependent.name, 0, Way::Choice::name};
        Where inside = where;
        inside.way = &way;
        is_good &= judge(dependent.schema, value, inside);
        if (!is_good && is_over()) return false;
    }
    return is_good;
}

bool Evaluation::judge_unevaluated(const SchemaNode& node, JsonValue value, const Where& where) {
    const bool is_array = value.is(JsonType::array);
    const SchemaId id = is_array ? (node.array ? node.array->unevaluated : no_schema)
                                 : (node.object ? node.object->unevaluated : no_schema);
    if (id == no_schema) return true;
    const Way way{.parent = where.way,
                  .keyword = is_array ? "unevaluatedItems" : "unevaluatedProperties"};
    bool is_good = true;
    JsonValue child = value.first();
    for (std::size_t index = 0;; child = child.next()) {
        if (!marks_.is_marked(*where.marks, index)) {
            const Spot spot{where.spot, is_array ? std::string_view() : child.key(), index,
                            is_array};
            is_good &= judge(id, child, {&spot, &way, where.scope, nullptr});
            if (!is_good && is_over()) return false;
        }
        if (++index == value.size()) break;
    }
    marks_.mark_all(*where.marks);
    return is_good;
}

}  // namespace meshline
