#include "operate/answers/explained_owners.hpp"

#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "core/stage/stream_transforms.hpp"
#include "core/workspace/field_owner.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace meshline {
namespace {

/// Owners by "kind name", as they were noted before the publication.
Result<std::map<std::string, std::string>> owners_then(ControlStore& control,
                                                       const Publication& live) {
    std::map<std::string, std::string> owners;
    MESHLINE_ASSIGN(const auto texts, control.texts_behind(live));
    if (!texts) return owners;
    MESHLINE_ASSIGN(const auto manifest, control.blob(texts->digest));
    for (const std::string_view line : split(manifest, '\n')) {
        const auto words = split(line, ' ');
        const bool is_shown = words.size() == 3 && (words[0] == "metric" || words[0] == "source");
        if (!is_shown) continue;
        MESHLINE_ASSIGN(const Digest digest, digest_from_hex(words[2]));
        MESHLINE_ASSIGN(const auto definition, control.definition(digest));
        JsonDocument document;
        MESHLINE_ASSIGN(const JsonValue root, document.parse(definition.bytes));
        const auto owner = root.find("owner");
        if (owner) owners[fmt::format("{} {}", words[0], words[1])] = owner->text();
    }
    return owners;
}

/// The fields that a transform reads, of those that the contract names.
std::vector<std::string> fields_behind(const StreamDefinition& stream,
                                       const std::optional<std::set<std::string>>& read) {
    std::vector<std::string> fields = stream.contract->field_names();
    if (read) {
        std::erase_if(fields, [&](const std::string& field) {
            return !read->contains(to_lower_ascii(field));
        });
    }
    return fields;
}

}  // namespace

Result<std::vector<ExplainedOwner>> explain_owners(ControlStore& control,
                                                   TransformEngine& transforms,
                                                   const ClientDefinition& client,
                                                   const MetricDefinition& metric,
                                                   const Publication& live,
                                                   const std::vector<UsedTransform>& used) {
    MESHLINE_ASSIGN(auto then, owners_then(control, live));
    std::vector<ExplainedOwner> owners;
    owners.push_back({"metric", metric.head.name, metric.head.owner,
                      then[fmt::format("metric {}", metric.head.name)]});
    std::string last_source;
    // They come by source and stream, so what a stream's transforms read is asked once.
    std::string last_stream;
    FieldsByTransform read;
    for (const UsedTransform& one : used) {
        const SourceDefinition* source = client.find(one.source);
        const StreamDefinition* stream = source ? source->pack->find(one.stream) : nullptr;
        if (!stream) continue;
        if (source->head.name != last_source) {
            last_source = source->head.name;
            owners.push_back({"source", last_source, source->head.owner,
                              then[fmt::format("source {}/{}", client.id.text(), last_source)]});
        }
        const std::string name = fmt::format("{}/{}", last_source, stream->name);
        if (name != last_stream) {
            MESHLINE_ASSIGN(read, transforms.fields_read(transforms_of(client, *source, *stream)));
            last_stream = name;
        }
        for (const PackTransform& transform : stream->transforms) {
            if (transform.digest.hex() != one.digest) continue;
            owners.push_back({"transform",
                              fmt::format("{}/{}", name, transform.name),
                              transform_owner(*source),
                              {}});
            for (const std::string& field : fields_behind(*stream, read[transform.name])) {
                owners.push_back({"field",
                                  fmt::format("{}/{}", name, field),
                                  field_owner(*source, *stream, field),
                                  {}});
            }
        }
    }
    return owners;
}

}  // namespace meshline
