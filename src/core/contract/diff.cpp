#include "core/contract/diff.hpp"

#include "core/contract/annotation.hpp"
#include "core/contract/contract_diff.hpp"

#include <fmt/format.h>
#include <map>

namespace meshline {
namespace {

constexpr int levels_max = 64;
constexpr std::size_t changes_max = 1000;
/// Pairs of schemas compared: definitions that use each other many times grow fast.
constexpr std::size_t compared_max = 200'000;

bool asserts_formats(const SchemaProgram& program) {
    return program.nodes.front().source->find(formats_keyword).has_value();
}

Dialect dialect_of(const SchemaProgram& program) {
    return program.documents.resource(program.nodes.front().resource).vocabularies.dialect;
}

const ObjectChecks& object_of(const SchemaNode& node) {
    static const ObjectChecks none;
    return node.object ? *node.object : none;
}

const ArrayChecks& array_of(const SchemaNode& node) {
    static const ArrayChecks none;
    return node.array ? *node.array : none;
}

const Applicators& applicators_of(const SchemaNode& node) {
    static const Applicators none;
    return node.applicators ? *node.applicators : none;
}

/// The schemas true and {}.
bool says_nothing(const SchemaNode& node) {
    return !node.is_never && node.source->size() == 0;
}

/// The schemas that a keyword holds by name.
template <class Named>
std::map<std::string_view, SchemaId> by_name(const std::vector<Named>& all) {
    std::map<std::string_view, SchemaId> schemas;
    for (const Named& one : all)
        schemas.emplace(one.name, one.schema);
    return schemas;
}

}  // namespace

std::string_view name_of(ChangeKind kind) {
    return kind == ChangeKind::breaking ? "breaking" : "additive";
}

ContractDiff::ContractDiff(const SchemaProgram& before, const SchemaProgram& after)
    : before_(before),
      after_(after),
      asserts_formats_(asserts_formats(before) || asserts_formats(after)) {}

std::vector<ContractChange> ContractDiff::run() {
    if (dialect_of(before_) != dialect_of(after_)) {
        note(ChangeKind::breaking, "", "is of another draft of JSON Schema now");
    }
    compare({0, 0}, "");
    return std::move(changes_);
}

void ContractDiff::note(ChangeKind kind, const std::string& field, std::string what) {
    if (changes_.size() == changes_max) return;
    changes_.push_back({is_strict_ ? ChangeKind::breaking : kind, field, std::move(what)});
}

std::string ContractDiff::below(const std::string& field, std::string_view name) {
    return fmt::format("{}{}{}", field, field.empty() ? "" : "/", name);
}

void ContractDiff::compare(Pair pair, const std::string& field) {
    const auto end_of = [](const SchemaProgram& program, SchemaId id) {
        const SchemaId end = program.nodes[id].stands_for;
        return end == no_schema ? id : end;
    };
    pair = {end_of(before_, pair.before), end_of(after_, pair.after)};
    // A contract that refers to itself comes back to the same two schemas on the way down.
    const std::pair places(pair.before, pair.after);
    if (level_ == levels_max || !on_the_way_.insert(places).second) return;
    ++level_;
    if (++compared_ == compared_max) {
        note(ChangeKind::breaking, field, "and what follows is too large to compare");
    }
    if (compared_ < compared_max) compare_keywords(pair, field);
    --level_;
    on_the_way_.erase(places);
}

void ContractDiff::compare_keywords(Pair pair, const std::string& field) {
    const bool was_never = before_of(pair).is_never;
    const bool is_never = after_of(pair).is_never;
    if (was_never || is_never) {
        if (was_never == is_never) return;
        note(is_never ? ChangeKind::breaking : ChangeKind::additive, field,
             is_never ? "may no longer be there" : "may be there");
        return;
    }
    const JsonValue before = *before_of(pair).source;
    const JsonValue after = *after_of(pair).source;
    compare_types(before, after, field);
    compare_annotations(before, after, field);
    compare_values(before, after, field);
    compare_bounds(before, after, field);
    compare_conditions(before, after, field);
    compare_required(before, after, field);
    compare_object(pair, field);
    compare_array(pair, field);
    compare_applicators(pair, field);
}

void ContractDiff::compare_one(Pair pair, const std::string& field, std::string_view keyword) {
    if (pair.before != no_schema && pair.after != no_schema) return compare(pair, field);
    if (pair.after != no_schema && !says_nothing(after_of(pair))) {
        note(ChangeKind::breaking, field, fmt::format("{} is asked now", keyword));
    } else if (pair.before != no_schema && !says_nothing(before_of(pair))) {
        note(ChangeKind::additive, field, fmt::format("{} is no longer asked", keyword));
    }
}

void ContractDiff::compare_strictly(Pair pair, const std::string& field, std::string_view keyword) {
    const bool was_strict = std::exchange(is_strict_, true);
    compare_one(pair, field, keyword);
    is_strict_ = was_strict;
}

void ContractDiff::compare_lists(const std::vector<SchemaId>& before,
                                 const std::vector<SchemaId>& after, const std::string& field,
                                 std::string_view keyword, bool is_strict) {
    if (before.size() != after.size()) {
        note(ChangeKind::breaking, field,
             fmt::format("{} has {} schemas, had {}", keyword, after.size(), before.size()));
        return;
    }
    for (std::size_t index = 0; index < before.size(); ++index) {
        const Pair pair{before[index], after[index]};
        is_strict ? compare_strictly(pair, field, keyword) : compare_one(pair, field, keyword);
    }
}

void ContractDiff::compare_applicators(Pair pair, const std::string& field) {
    const Applicators& was = applicators_of(before_of(pair));
    const Applicators& is = applicators_of(after_of(pair));
    compare_one({was.reference, is.reference}, field, "$ref");
    compare_one({was.dynamic_reference, is.dynamic_reference}, field, "$dynamicRef");
    compare_lists(was.all_of, is.all_of, field, "allOf", false);
    compare_lists(was.any_of, is.any_of, field, "anyOf", false);
    compare_lists(was.one_of, is.one_of, field, "oneOf", true);
    compare_strictly({was.negated, is.negated}, field, "not");
    compare_strictly({was.condition, is.condition}, field, "if");
    compare_one({was.then, is.then}, field, "then");
    compare_one({was.otherwise, is.otherwise}, field, "else");
}

void ContractDiff::compare_array(Pair pair, const std::string& field) {
    const ArrayChecks& was = array_of(before_of(pair));
    const ArrayChecks& is = array_of(after_of(pair));
    compare_lists(was.prefix, is.prefix, field, is.prefix_keyword, false);
    compare_one({was.rest, is.rest}, field, is.rest_keyword);
    compare_strictly({was.contains, is.contains}, field, "contains");
    compare_one({was.unevaluated, is.unevaluated}, field, "unevaluatedItems");
}

void ContractDiff::compare_object(Pair pair, const std::string& field) {
    const ObjectChecks& was = object_of(before_of(pair));
    const ObjectChecks& is = object_of(after_of(pair));
    compare_properties(pair, field);
    compare_others(pair, field);
    compare_one({was.names, is.names}, field, "propertyNames");
    compare_one({was.unevaluated, is.unevaluated}, field, "unevaluatedProperties");
    compare_named(by_name(was.patterns), by_name(is.patterns), field, "patternProperties");
    compare_named(by_name(was.dependent_schemas), by_name(is.dependent_schemas), field,
                  "dependentSchemas");
}

void ContractDiff::compare_named(const std::map<std::string_view, SchemaId>& was,
                                 const std::map<std::string_view, SchemaId>& is,
                                 const std::string& field, std::string_view keyword) {
    for (const auto& [name, schema] : was) {
        const auto same = is.find(name);
        compare_one({schema, same == is.end() ? no_schema : same->second}, below(field, name),
                    keyword);
    }
    for (const auto& [name, schema] : is) {
        if (!was.contains(name)) compare_one({no_schema, schema}, below(field, name), keyword);
    }
}

void ContractDiff::compare_properties(Pair pair, const std::string& field) {
    const PropertyTable& was = object_of(before_of(pair)).properties;
    const PropertyTable& is = object_of(after_of(pair)).properties;
    const auto schema_in = [](const PropertyTable& table, std::string_view name) {
        const Property* found = table.find(name);
        return found == nullptr ? no_schema : found->schema;
    };
    for (const Property& property : was.all()) {
        if (property.schema == no_schema) continue;
        const SchemaId same = schema_in(is, property.name);
        const std::string way = below(field, property.name);
        if (same != no_schema) {
            compare({property.schema, same}, way);
        } else {
            note(ChangeKind::breaking, way, "is gone: a transform may read it");
        }
    }
    for (const Property& property : is.all()) {
        if (property.schema == no_schema || schema_in(was, property.name) != no_schema) continue;
        note(ChangeKind::additive, below(field, property.name), "is new");
    }
}

void ContractDiff::compare_others(Pair pair, const std::string& field) {
    const SchemaId was = object_of(before_of(pair)).additional;
    const SchemaId is = object_of(after_of(pair)).additional;
    const auto is_closed = [](const SchemaProgram& program, SchemaId id) {
        return id != no_schema && program.nodes[id].is_never;
    };
    const bool was_closed = is_closed(before_, was);
    if (was_closed && is_closed(after_, is)) return;
    if (was_closed != is_closed(after_, is)) {
        note(was_closed ? ChangeKind::additive : ChangeKind::breaking, field,
             was_closed ? "may have members that are not named"
                        : "may no longer have members that are not named");
        return;
    }
    compare_one({was, is}, below(field, "*"), "additionalProperties");
}

std::vector<ContractChange> diff_contracts(const Contract& before, const Contract& after) {
    if (before.digest() == after.digest()) return {};
    return ContractDiff(before.program(), after.program()).run();
}

}  // namespace meshline
