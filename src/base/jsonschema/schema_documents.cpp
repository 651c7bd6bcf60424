#include "base/jsonschema/schema_documents.hpp"

#include "base/json/json_pointer.hpp"
#include "base/jsonschema/metaschemas.hpp"
#include "base/jsonschema/schema_limits.hpp"
#include "base/jsonschema/subschemas.hpp"
#include "base/jsonschema/uri.hpp"
#include "base/text/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace meshline {
namespace {

std::optional<std::string_view> text_member(JsonValue schema, std::string_view name) {
    const auto found = schema.find(name);
    if (!found || !found->is(JsonType::string)) return std::nullopt;
    return found->text();
}

/// Before 2019-09 a "$ref" hides whatever stands beside it.
bool is_hidden_by_reference(JsonValue schema, Dialect dialect) {
    return dialect <= Dialect::draft_7 && text_member(schema, "$ref").has_value();
}

/// The "$id" that makes the schema a resource or names a place in it.
std::optional<std::string_view> id_of(JsonValue schema, Dialect dialect) {
    if (is_hidden_by_reference(schema, dialect)) return std::nullopt;
    return text_member(schema, dialect == Dialect::draft_4 ? "id" : "$id");
}

std::string pointer_key(ResourceId resource, std::string_view pointer) {
    return fmt::format("{}#{}", resource, pointer);
}

}  // namespace

Place SchemaDocument::place_of(std::size_t offset) const {
    const std::string_view before = std::string_view(text).substr(0, offset);
    const std::size_t line_begin = before.rfind('\n') + 1;
    const auto characters = std::ranges::count_if(before.substr(line_begin), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
    });
    return {.file = file,
            .line = static_cast<int>(std::ranges::count(before, '\n')) + 1,
            .column = static_cast<int>(characters) + 1};
}

Error SchemaDocuments::error_at(ResourceId id, JsonValue value, std::string code,
                                std::string message, std::string hint) const {
    return Error{.kind = ErrorKind::invalid,
                 .code = std::move(code),
                 .message = std::move(message),
                 .hint = std::move(hint),
                 .where = document_of(id).place_of(value.offset())};
}

Result<ResourceId> SchemaDocuments::add(const std::string& uri, std::string_view text,
                                        const std::string& file, Dialect dialect) {
    auto document = std::make_unique<SchemaDocument>();
    document->uri = uri;
    document->file = file;
    document->text = text;
    const auto refuse = [&](std::size_t offset, const char* code, std::string message,
                            std::string hint) {
        return Error{.kind = ErrorKind::invalid,
                     .code = code,
                     .message = std::move(message),
                     .hint = std::move(hint),
                     .where = document->place_of(offset)};
    };
    if (text.size() > schema_bytes_max) {
        return refuse(0, "schema.too_large", "the schema is too long",
                      fmt::format("At most {} bytes are read as one schema.", schema_bytes_max));
    }
    if (by_uri_.contains(uri)) {
        return refuse(0, "schema.duplicate_uri", fmt::format("a second schema \"{}\"", uri),
                      "Every document needs a URI of its own.");
    }
    const auto root = document->json.parse(document->text);
    if (!root.ok()) {
        const Error& cause = root.error();
        return refuse(static_cast<std::size_t>(cause.where.offset), "schema.not_json",
                      fmt::format("the schema is not JSON: {}", cause.message), cause.hint);
    }
    const std::size_t number = documents_.size();
    documents_.push_back(std::move(document));
    SchemaResource resource{.uri = uri,
                            .document = number,
                            .root = *root,
                            .vocabularies = {},
                            .anchors = {},
                            .dynamic_anchors = {}};
    resource.vocabularies.dialect = dialect;
    const ResourceId id = add_resource(std::move(resource));
    MESHLINE_TRY(index(number, id, *root, ""));
    return id;
}

std::optional<ResourceId> SchemaDocuments::add_other(const std::string& uri, std::string_view text,
                                                     const std::string& file, Dialect dialect) {
    const std::size_t number = documents_.size();
    auto added = add(uri, text, file, dialect);
    if (added.ok()) return *added;
    failures_.emplace(uri, std::move(added).error());
    if (documents_.size() > number) failed_documents_.emplace(number, uri);
    return std::nullopt;
}

const Error* SchemaDocuments::failure_of(const std::optional<ResourceId>& target,
                                         std::string_view uri) const {
    if (!target) {
        const auto failure = failures_.find(uri);
        return failure == failures_.end() ? nullptr : &failure->second;
    }
    const auto failed = failed_documents_.find(resources_[*target].document);
    return failed == failed_documents_.end() ? nullptr : &failures_.find(failed->second)->second;
}

ResourceId SchemaDocuments::add_resource(SchemaResource resource) {
    const auto id = static_cast<ResourceId>(resources_.size());
    by_uri_.emplace(resource.uri, id);
    resources_.push_back(std::move(resource));
    return id;
}

Result<void> SchemaDocuments::index(std::size_t document, ResourceId resource, JsonValue root,
                                    const std::string& pointer) {
    std::vector<Visit> visits{{root, resource, pointer}};
    while (!visits.empty()) {
        Visit now = std::move(visits.back());
        visits.pop_back();
        if (now.value.is(JsonType::object)) MESHLINE_TRY(visit(document, now));
        sites_.insert_or_assign(key_of(document, now.value), std::pair(now.resource, now.pointer));
        by_pointer_.insert_or_assign(pointer_key(now.resource, now.pointer), now.value);
        if (sites_.size() > schemas_max) {
            return error_at(now.resource, now.value, "schema.too_large", "too many schemas",
                            fmt::format("At most {} are read at once.", schemas_max));
        }
        for_each_subschema(now.value, [&](JsonValue inside, const std::string& step) {
            visits.push_back({inside, now.resource, now.pointer + step});
        });
    }
    return {};
}

/// Gives the visited schema the resource that it belongs to or is.
Result<void> SchemaDocuments::visit(std::size_t document, Visit& now) {
    const bool is_root = resources_[now.resource].root.offset() == now.value.offset();
    Vocabularies vocabularies = resources_[now.resource].vocabularies;
    const Dialect outer = vocabularies.dialect;
    const bool may_be_resource =
        is_root || id_of(now.value, outer) || text_member(now.value, "$schema").has_value();
    // Of a whole document "$schema" says how to read it, so nothing can hide it.
    if (is_root || (may_be_resource && !is_hidden_by_reference(now.value, outer))) {
        MESHLINE_ASSIGN(vocabularies, vocabularies_of(now.value, vocabularies, document));
        if (is_root) resources_[now.resource].vocabularies = vocabularies;
    }
    const auto id = id_of(now.value, vocabularies.dialect);
    if (id && !id->starts_with('#')) {
        const std::string uri(
            split_fragment(resolve_uri(resources_[now.resource].uri, *id)).resource);
        if (is_root) {
            resources_[now.resource].uri = uri;
            by_uri_.emplace(uri, now.resource);
        } else {
            now.resource = add_resource({.uri = uri,
                                         .document = document,
                                         .root = now.value,
                                         .vocabularies = vocabularies,
                                         .anchors = {},
                                         .dynamic_anchors = {}});
            now.pointer.clear();
        }
    }
    return note_anchors(now);
}

Result<void> SchemaDocuments::note_anchors(const Visit& visit) {
    SchemaResource& resource = resources_[visit.resource];
    const Dialect dialect = resource.vocabularies.dialect;
    const auto note = [&](std::string_view name) -> Result<void> {
        const auto [known, is_new] = resource.anchors.emplace(std::string(name), visit.value);
        if (is_new || known->second.offset() == visit.value.offset()) return {};
        return error_at(visit.resource, visit.value, "schema.duplicate_anchor",
                        fmt::format("a second anchor \"{}\"", name));
    };
    if (dialect <= Dialect::draft_7) {
        const auto id = id_of(visit.value, dialect);
        if (!id) return {};
        const std::string_view fragment = split_fragment(*id).fragment;
        return fragment.empty() ? Result<void>{} : note(fragment);
    }
    if (const auto anchor = text_member(visit.value, "$anchor")) MESHLINE_TRY(note(*anchor));
    if (dialect == Dialect::draft_2019_09) {
        const auto recursive = visit.value.find("$recursiveAnchor");
        const bool is_here = recursive && recursive->is(JsonType::boolean) && recursive->boolean();
        if (is_here) resource.is_recursive_anchor = true;
        return {};
    }
    const auto dynamic = text_member(visit.value, "$dynamicAnchor");
    if (!dynamic) return {};
    resource.dynamic_anchors.emplace(std::string(*dynamic), visit.value);
    return note(*dynamic);
}

Result<Vocabularies> SchemaDocuments::vocabularies_of(JsonValue schema, Vocabularies inherited,
                                                      std::size_t document) {
    const auto uri = text_member(schema, "$schema");
    if (!uri) return inherited;
    Vocabularies vocabularies;
    if (const auto dialect = dialect_of_uri(*uri)) {
        vocabularies.dialect = *dialect;
        return vocabularies;
    }
    const auto metaschema = find_resource(std::string(split_fragment(*uri).resource));
    const auto refuse = [&](std::string message, std::string hint) {
        return Error{.kind = ErrorKind::invalid,
                     .code = "schema.unknown_dialect",
                     .message = std::move(message),
                     .hint = std::move(hint),
                     .where = documents_[document]->place_of(schema.find("$schema")->offset())};
    };
    if (const Error* failure = failure_of(metaschema, split_fragment(*uri).resource))
        return *failure;
    if (!metaschema) {
        return refuse(fmt::format("unknown dialect \"{}\"", *uri),
                      "Hand its metaschema over, or name one of the drafts.");
    }
    const SchemaResource& resource = resources_[*metaschema];
    vocabularies = resource.vocabularies;
    const auto listed = resource.root.find("$vocabulary");
    if (!listed || !listed->is(JsonType::object)) return vocabularies;
    return read_vocabularies(*listed, vocabularies, refuse);
}

std::optional<ResourceId> SchemaDocuments::find_resource(const std::string& uri) {
    if (const auto found = by_uri_.find(uri); found != by_uri_.end()) return found->second;
    const auto metaschema = find_metaschema(uri);
    if (!metaschema) return std::nullopt;
    const auto added = add(uri, *metaschema, uri, Dialect::draft_2020_12);
    MESHLINE_CHECK(added.ok());
    return *added;
}

Result<SchemaSite> SchemaDocuments::resolve(ResourceId from, std::string_view reference,
                                            JsonValue written) {
    const std::string uri = resolve_uri(resources_[from].uri, reference);
    const SplitUri split = split_fragment(uri);
    const auto target = reference.starts_with('#') ? std::optional(from)
                                                   : find_resource(std::string(split.resource));
    if (const Error* failure = failure_of(target, split.resource)) return *failure;
    if (!target) {
        return error_at(from, written, "schema.unknown_reference",
                        fmt::format("nothing has the URI \"{}\"", split.resource),
                        by_uri_.size() > 1 ? hint_for_unknown(split.resource, uris())
                                           : "No other document was handed over.");
    }
    const std::string fragment = percent_decoded(split.fragment);
    if (fragment.empty() || fragment.starts_with('/')) {
        return follow_pointer(*target, fragment, reference, from, written);
    }
    const auto anchor = resources_[*target].anchors.find(fragment);
    if (anchor != resources_[*target].anchors.end()) return site_of(*target, anchor->second);
    std::vector<std::string> known;
    for (const auto& [name, value] : resources_[*target].anchors)
        known.push_back(name);
    return error_at(from, written, "schema.unknown_reference",
                    fmt::format("no anchor \"{}\" in \"{}\"", fragment, split.resource),
                    known.empty() ? "There is none." : hint_for_unknown(fragment, known));
}

Result<SchemaSite> SchemaDocuments::follow_pointer(ResourceId id, std::string_view pointer,
                                                   std::string_view reference, ResourceId from,
                                                   JsonValue written) {
    const auto direct = by_pointer_.find(pointer_key(id, pointer));
    if (direct != by_pointer_.end()) return site_of(id, direct->second);
    JsonValue value = resources_[id].root;
    std::string way;
    for (const std::string& step : pointer_steps(pointer)) {
        const auto inside = child_at(value, step);
        if (!inside) {
            return error_at(from, written, "schema.unknown_reference",
                            fmt::format("the reference \"{}\" leads nowhere", reference),
                            fmt::format("There is no \"{}\" at \"{}\".", step, way));
        }
        value = *inside;
        way += pointer_step(step);
        const auto known = sites_.find(key_of(resources_[id].document, value));
        if (known == sites_.end()) continue;
        id = known->second.first;
        way = known->second.second;
    }
    // A place that no keyword makes a schema becomes one because it is referred to.
    const std::size_t document = resources_[id].document;
    if (!sites_.contains(key_of(document, value))) MESHLINE_TRY(index(document, id, value, way));
    return site_of(id, value);
}

SchemaSite SchemaDocuments::site_of(ResourceId near, JsonValue value) const {
    const auto found = sites_.find(key_of(resources_[near].document, value));
    if (found == sites_.end()) return {value, near, ""};
    return {value, found->second.first, found->second.second};
}

std::vector<std::string> SchemaDocuments::uris() const {
    std::vector<std::string> known;
    for (const auto& [uri, id] : by_uri_) {
        if (!uri.empty()) known.push_back(uri);
    }
    return known;
}

}  // namespace meshline
