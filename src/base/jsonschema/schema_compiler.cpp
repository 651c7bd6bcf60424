#include "base/jsonschema/schema_compiler.hpp"

#include "base/json/for_each_child.hpp"
#include "base/json/json_pointer.hpp"
#include "base/jsonschema/ecma_pattern.hpp"
#include "base/jsonschema/keywords.hpp"
#include "base/jsonschema/schema_limits.hpp"
#include "base/text/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace meshline {

Error SchemaCompiler::refuse(JsonValue value, std::string code, std::string message,
                             std::string hint) const {
    return program_.documents.error_at(resource_, value, std::move(code), std::move(message),
                                       std::move(hint));
}

ObjectChecks& SchemaCompiler::object_of(SchemaNode& node) const {
    if (!node.object) node.object = std::make_unique<ObjectChecks>();
    node.checks |= check_object;
    return *node.object;
}

ArrayChecks& SchemaCompiler::array_of(SchemaNode& node) const {
    if (!node.array) node.array = std::make_unique<ArrayChecks>();
    node.checks |= check_array;
    return *node.array;
}

Applicators& SchemaCompiler::applicators_of(SchemaNode& node) const {
    if (!node.applicators) node.applicators = std::make_unique<Applicators>();
    node.checks |= check_applicators;
    return *node.applicators;
}

SchemaId SchemaCompiler::add(const SchemaSite& site) {
    const std::size_t document = program_.documents.resource(site.resource).document;
    const std::uint64_t key = std::uint64_t{document} << 32 | site.value.offset();
    const auto [known, is_new] = ids_.emplace(key, static_cast<SchemaId>(sites_.size()));
    if (is_new) sites_.push_back(site);
    return known->second;
}

SchemaId SchemaCompiler::add(JsonValue value) {
    return add(program_.documents.site_of(resource_, value));
}

SchemaId SchemaCompiler::add_member(JsonValue source, std::string_view keyword) {
    const auto found = source.find(keyword);
    const bool is_schema = found && (found->is(JsonType::object) || found->is(JsonType::boolean));
    return is_schema ? add(*found) : no_schema;
}

std::vector<SchemaId> SchemaCompiler::add_list(JsonValue source, std::string_view keyword) {
    std::vector<SchemaId> ids;
    const auto found = source.find(keyword);
    if (!found || !found->is(JsonType::array)) return ids;
    for_each_child(*found, [&](JsonValue inside) { ids.push_back(add(inside)); });
    return ids;
}

Result<void> SchemaCompiler::compile(ResourceId root) {
    add({program_.documents.resource(root).root, root, ""});
    // Dynamic anchors become targets as soon as their resource is reached, and may reach more.
    for (std::size_t done = 0; done < sites_.size();) {
        MESHLINE_TRY(compile_all());
        done = sites_.size();
        if (program_.has_dynamic_references) add_dynamic_targets();
    }
    MESHLINE_TRY(check_chains(program_));
    shorten_program(program_);
    return {};
}

Result<void> SchemaCompiler::compile_all() {
    while (program_.nodes.size() < sites_.size()) {
        const auto id = static_cast<SchemaId>(program_.nodes.size());
        if (id >= schemas_max) {
            return refuse(sites_[id].value, "schema.too_large", "too many schemas",
                          fmt::format("At most {} are read at once.", schemas_max));
        }
        program_.nodes.emplace_back();
        const SchemaSite site = sites_[id];
        MESHLINE_TRY(read(id, site));
    }
    return {};
}

AnchorId SchemaCompiler::anchor_id(std::string_view name) {
    const auto next = static_cast<AnchorId>(program_.anchor_ids.size());
    return program_.anchor_ids.emplace(std::string(name), next).first->second;
}

/// Only resources that the program reaches can be in the dynamic scope.
void SchemaCompiler::add_dynamic_targets() {
    std::vector<bool> is_reached(program_.documents.resource_count(), false);
    for (const SchemaNode& node : program_.nodes)
        is_reached[node.resource] = true;
    for (ResourceId id = 0; id < is_reached.size(); ++id) {
        if (!is_reached[id]) continue;
        const SchemaResource resource = program_.documents.resource(id);
        for (const auto& [name, value] : resource.dynamic_anchors) {
            const SchemaId target = add(program_.documents.site_of(id, value));
            program_.dynamic_targets.emplace(std::pair(id, anchor_id(name)), target);
        }
        if (!resource.is_recursive_anchor) continue;
        const SchemaId target = add(program_.documents.site_of(id, resource.root));
        program_.dynamic_targets.emplace(std::pair(id, anchor_id("")), target);
    }
}

Result<void> SchemaCompiler::read(SchemaId id, const SchemaSite& site) {
    SchemaNode node;
    resource_ = site.resource;
    node.resource = site.resource;
    node.source = site.value;
    const SchemaResource& resource = program_.documents.resource(site.resource);
    vocabularies_ = resource.vocabularies;
    node.location = resource.uri + "#" + site.pointer;
    const JsonValue source = site.value;
    if (source.is(JsonType::boolean)) {
        node.is_never = !source.boolean();
    } else if (!source.is(JsonType::object)) {
        return refuse(source, "schema.bad_value",
                      fmt::format("a schema was expected, found {}", name_of(source.type())));
    } else {
        if (options_.refuses_unknown_keywords) MESHLINE_TRY(check_keywords(source));
        MESHLINE_TRY(read_references(node, source));
        const bool is_reference_alone = dialect() <= Dialect::draft_7 && node.applicators;
        if (!is_reference_alone) {
            if (vocabularies_.has_applicators) {
                MESHLINE_TRY(read_applicators(node, source));
                MESHLINE_TRY(read_object(node, source));
                MESHLINE_TRY(read_array(node, source));
            }
            if (vocabularies_.has_unevaluated) MESHLINE_TRY(read_unevaluated(node, source));
            if (vocabularies_.has_validation) MESHLINE_TRY(read_values(node, source));
            MESHLINE_TRY(read_text(node, source));
            MESHLINE_TRY(read_rule(node, source));
        }
    }
    if (node.object) node.object->properties.seal();
    program_.nodes[id] = std::move(node);
    return {};
}

Result<void> SchemaCompiler::check_keywords(JsonValue source) const {
    if (source.size() == 0) return {};
    JsonValue member = source.first();
    for (std::size_t left = source.size();; member = member.next()) {
        const Keyword* keyword = find_keyword(member.key());
        const bool is_own = options_.rules != nullptr && options_.rules->is_known(member.key());
        if (!is_own && (keyword == nullptr || !keyword->is_of(dialect()))) {
            std::vector<std::string> known = keyword_names(dialect());
            if (options_.rules != nullptr) known.emplace_back(options_.rules->keyword());
            return refuse(member.key_value(), "schema.unknown_keyword",
                          fmt::format("unknown keyword \"{}\"", member.key()),
                          hint_for_unknown(member.key(), known));
        }
        if (--left == 0) return {};
    }
}

Result<void> SchemaCompiler::read_rule(SchemaNode& node, JsonValue source) const {
    if (options_.rules == nullptr) return {};
    const auto written = source.find(options_.rules->keyword());
    if (!written) return {};
    auto rule = options_.rules->rule_of(*written);
    if (!rule.ok()) {
        const Error& cause = rule.error();
        return refuse(*written, cause.code, cause.message, cause.hint);
    }
    node.rule = *rule;
    return {};
}

Result<void> SchemaCompiler::read_references(SchemaNode& node, JsonValue source) {
    if (const auto reference = source.find("$ref"); reference && reference->is(JsonType::string)) {
        MESHLINE_ASSIGN(const SchemaSite site,
                        program_.documents.resolve(resource_, reference->text(), *reference));
        applicators_of(node).reference = add(site);
    }
    if (dialect() == Dialect::draft_2019_09) {
        const auto recursive = source.find("$recursiveRef");
        if (!recursive || !recursive->is(JsonType::string)) return {};
        MESHLINE_ASSIGN(const SchemaSite site,
                        program_.documents.resolve(resource_, recursive->text(), *recursive));
        Applicators& applicators = applicators_of(node);
        applicators.dynamic_reference = add(site);
        if (program_.documents.resource(site.resource).is_recursive_anchor) {
            applicators.dynamic_anchor = anchor_id("");
        }
        program_.has_dynamic_references = true;
        return {};
    }
    const auto dynamic = source.find("$dynamicRef");
    const bool is_known = dialect() == Dialect::draft_2020_12;
    if (!is_known || !dynamic || !dynamic->is(JsonType::string)) return {};
    MESHLINE_ASSIGN(const SchemaSite site,
                    program_.documents.resolve(resource_, dynamic->text(), *dynamic));
    Applicators& applicators = applicators_of(node);
    applicators.dynamic_reference = add(site);
    // Dynamic only where the anchor that it starts from is dynamic too (the "bookend").
    const std::string_view written = dynamic->text();
    const std::string anchor(written.substr(std::min(written.find('#'), written.size() - 1) + 1));
    const auto& anchors = program_.documents.resource(site.resource).dynamic_anchors;
    if (anchors.contains(anchor)) applicators.dynamic_anchor = anchor_id(anchor);
    program_.has_dynamic_references = true;
    return {};
}

Result<void> SchemaCompiler::read_applicators(SchemaNode& node, JsonValue source) {
    Applicators found;
    found.all_of = add_list(source, "allOf");
    found.any_of = add_list(source, "anyOf");
    found.one_of = add_list(source, "oneOf");
    found.negated = add_member(source, "not");
    if (dialect() >= Dialect::draft_7) {
        found.condition = add_member(source, "if");
        if (found.condition != no_schema) {
            found.then = add_member(source, "then");
            found.otherwise = add_member(source, "else");
        }
    }
    const bool has_any = !found.all_of.empty() || !found.any_of.empty() || !found.one_of.empty() ||
                         found.negated != no_schema || found.condition != no_schema;
    if (!has_any) return {};
    Applicators& applicators = applicators_of(node);
    found.reference = applicators.reference;
    found.dynamic_reference = applicators.dynamic_reference;
    found.dynamic_anchor = applicators.dynamic_anchor;
    applicators = std::move(found);
    return {};
}

Result<void> SchemaCompiler::read_object(SchemaNode& node, JsonValue source) {
    if (const auto found = source.find("properties"); found && found->is(JsonType::object)) {
        ObjectChecks& object = object_of(node);
        for_each_child(*found, [&](JsonValue property) {
            object.properties.add(property.key()).schema = add(property);
        });
    }
    const auto patterns = source.find("patternProperties");
    if (patterns && patterns->is(JsonType::object) && patterns->size() > 0) {
        JsonValue property = patterns->first();
        for (std::size_t left = patterns->size(); left > 0; --left) {
            MESHLINE_ASSIGN(auto pattern, compile_pattern(property.key(), property));
            object_of(node).patterns.push_back(
                {std::string(property.key()), std::move(pattern), add(property)});
            if (left > 1) property = property.next();
        }
    }
    if (const SchemaId id = add_member(source, "additionalProperties"); id != no_schema) {
        object_of(node).additional = id;
    }
    if (dialect() >= Dialect::draft_6) {
        const SchemaId id = add_member(source, "propertyNames");
        if (id != no_schema) object_of(node).names = id;
    }
    read_dependencies(node, source);
    return {};
}

void SchemaCompiler::read_dependencies(SchemaNode& node, JsonValue source) {
    if (dialect() >= Dialect::draft_2019_09) read_dependents(node, source, "dependentSchemas");
    // The later drafts allow what was split in two to be read as before.
    read_dependents(node, source, "dependencies");
}

/// Members whose value is a list are names, all others schemas.
void SchemaCompiler::read_dependents(SchemaNode& node, JsonValue source, const char* keyword) {
    const auto found = source.find(keyword);
    if (!found || !found->is(JsonType::object)) return;
    ObjectChecks& object = object_of(node);
    for_each_child(*found, [&](JsonValue dependent) {
        const std::string name(dependent.key());
        if (!dependent.is(JsonType::array)) {
            object.dependent_schemas.push_back({name, add(dependent), keyword});
            return;
        }
        DependentNames names{name, {}, keyword};
        for_each_child(dependent,
                       [&](JsonValue required) { names.required.emplace_back(required.text()); });
        object.dependent_required.push_back(std::move(names));
    });
}

Result<void> SchemaCompiler::read_array(SchemaNode& node, JsonValue source) {
    MESHLINE_TRY(read_items(node, source));
    if (dialect() < Dialect::draft_6) return {};
    const SchemaId contains = add_member(source, "contains");
    if (contains == no_schema) return {};
    ArrayChecks& array = array_of(node);
    array.contains = contains;
    array.contains_evaluates = dialect() >= Dialect::draft_2020_12;
    if (dialect() < Dialect::draft_2019_09 || !vocabularies_.has_validation) return {};
    MESHLINE_TRY(read_count(array.contains_min, source, "minContains"));
    return read_count(array.contains_max, source, "maxContains");
}

Result<void> SchemaCompiler::read_items(SchemaNode& node, JsonValue source) {
    if (dialect() >= Dialect::draft_2020_12) {
        std::vector<SchemaId> prefix = add_list(source, "prefixItems");
        const SchemaId rest = add_member(source, "items");
        if (prefix.empty() && rest == no_schema) return {};
        array_of(node).prefix = std::move(prefix);
        array_of(node).rest = rest;
        return {};
    }
    const auto items = source.find("items");
    if (!items) return {};
    ArrayChecks& array = array_of(node);
    array.prefix_keyword = "items";
    if (!items->is(JsonType::array)) {
        array.rest = add_member(source, "items");
        return {};
    }
    array.prefix = add_list(source, "items");
    array.rest = add_member(source, "additionalItems");
    array.rest_keyword = "additionalItems";
    return {};
}

Result<void> SchemaCompiler::read_unevaluated(SchemaNode& node, JsonValue source) {
    if (dialect() < Dialect::draft_2019_09) return {};
    if (const SchemaId id = add_member(source, "unevaluatedProperties"); id != no_schema) {
        object_of(node).unevaluated = id;
        node.checks |= check_unevaluated;
    }
    if (const SchemaId id = add_member(source, "unevaluatedItems"); id != no_schema) {
        array_of(node).unevaluated = id;
        node.checks |= check_unevaluated;
    }
    return {};
}

Result<std::shared_ptr<const RE2>> SchemaCompiler::compile_pattern(std::string_view pattern,
                                                                   JsonValue written) {
    const auto known = patterns_.find(std::string(pattern));
    if (known != patterns_.end()) return known->second;
    auto compiled = compile_ecma_pattern(pattern);
    if (!compiled.ok()) {
        return refuse(written, "schema.bad_pattern",
                      fmt::format("pattern \"{}\": {}", pattern, compiled.error().message),
                      compiled.error().hint);
    }
    std::shared_ptr<const RE2> shared = std::move(*compiled);
    patterns_.emplace(std::string(pattern), shared);
    pattern_steps_ += shared->ProgramSize();
    if (patterns_.size() > patterns_max || pattern_steps_ > pattern_steps_max) {
        return refuse(written, "schema.too_large", "the patterns together are too large",
                      fmt::format("At most {} different ones are read, and {} steps of them.",
                                  patterns_max, pattern_steps_max));
    }
    return shared;
}

}  // namespace meshline
