#pragma once

#include "base/json/json.hpp"
#include "base/jsonschema/dialect.hpp"
#include "base/result/result.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace meshline {

/// A document that was handed over, or a metaschema.
struct SchemaDocument {
    std::string uri;  ///< That it was retrieved from; may be empty.
    std::string file;
    std::string text;
    JsonDocument json;
    /// Line and column of a byte of the text.
    Place place_of(std::size_t offset) const;
};

/// The part of a document that one URI names: a document's root, or a schema with an "$id".
struct SchemaResource {
    std::string uri;
    std::size_t document = 0;
    JsonValue root;
    Vocabularies vocabularies;
    std::map<std::string, JsonValue, std::less<>> anchors;  ///< Dynamic ones too.
    std::map<std::string, JsonValue, std::less<>> dynamic_anchors;
    bool is_recursive_anchor = false;  ///< "$recursiveAnchor" of 2019-09.
};

using ResourceId = std::uint32_t;

/// A schema where it is written.
struct SchemaSite {
    JsonValue value;
    ResourceId resource = 0;
    std::string pointer;  ///< From the root of its resource.
};

/// All documents that references may lead to. Values stay where they are: documents are only added.
class SchemaDocuments {
  public:
    /// Adds a document by the URI it was retrieved from, which may be empty. Errors schema.* with
    /// file, line and column. Metaschemas of the drafts are there from the start.
    Result<ResourceId> add(const std::string& uri, std::string_view text, const std::string& file,
                           Dialect dialect);

    /// The same for a document that nothing may refer to: what is wrong with it is kept, and is the
    /// error of the reference that leads there. Nothing then.
    std::optional<ResourceId> add_other(const std::string& uri, std::string_view text,
                                        const std::string& file, Dialect dialect);

    const SchemaResource& resource(ResourceId id) const { return resources_[id]; }
    std::size_t resource_count() const { return resources_.size(); }
    const SchemaDocument& document_of(ResourceId id) const {
        return *documents_[resources_[id].document];
    }

    /// The schema that `reference` names when it stands in `from`.
    Result<SchemaSite> resolve(ResourceId from, std::string_view reference, JsonValue written);
    /// The site of a schema that add() or resolve() met; what is no schema has none of its own.
    SchemaSite site_of(ResourceId near, JsonValue value) const;
    std::vector<std::string> uris() const;

    /// An Error at a value of the resource's document.
    Error error_at(ResourceId id, JsonValue value, std::string code, std::string message,
                   std::string hint = "") const;

  private:
    struct Visit {
        JsonValue value;
        ResourceId resource;
        std::string pointer;
    };

    std::optional<ResourceId> find_resource(const std::string& uri);
    /// What is wrong with the document that a reference leads to.
    const Error* failure_of(const std::optional<ResourceId>& target, std::string_view uri) const;
    Result<Vocabularies> vocabularies_of(JsonValue schema, Vocabularies inherited,
                                         std::size_t document);
    Result<void> index(std::size_t document, ResourceId resource, JsonValue root,
                       const std::string& pointer);
    Result<void> visit(std::size_t document, Visit& visit);
    Result<void> note_anchors(const Visit& visit);
    ResourceId add_resource(SchemaResource resource);
    Result<SchemaSite> follow_pointer(ResourceId id, std::string_view pointer,
                                      std::string_view reference, ResourceId from,
                                      JsonValue written);
    static std::uint64_t key_of(std::size_t document, JsonValue value) {
        return std::uint64_t{document} << 32 | value.offset();
    }

    std::vector<std::unique_ptr<SchemaDocument>> documents_;
    std::vector<SchemaResource> resources_;
    std::map<std::string, ResourceId, std::less<>> by_uri_;
    std::map<std::string, Error, std::less<>> failures_;   ///< By the URI retrieved from.
    std::map<std::size_t, std::string> failed_documents_;  ///< Read in part; their URIs.
    std::unordered_map<std::uint64_t, std::pair<ResourceId, std::string>> sites_;
    /// The same by resource and pointer, so that a reference costs nothing of what stands beside
    /// it.
    std::unordered_map<std::string, JsonValue> by_pointer_;
};

}  // namespace meshline
