#include "core/stage/stream_transforms.hpp"

namespace meshline {

namespace {

std::set<std::string> fields_needed(const StreamDefinition& stream) {
    std::vector<FieldPath> paths = stream.identity.event_id;
    paths.insert(paths.end(), stream.identity.object_id.begin(), stream.identity.object_id.end());
    if (stream.identity.revision) paths.push_back(*stream.identity.revision);
    paths.push_back(stream.occurred_at);
    std::set<std::string> fields;
    for (const FieldPath& path : paths) {
        if (!path.empty()) fields.insert(path.front());
    }
    return fields;
}

}  // namespace

StreamTransforms transforms_of(const ClientDefinition& client, const SourceDefinition& source,
                               const StreamDefinition& stream) {
    StreamTransforms made;
    made.client = client.id.text();
    made.source = source.head.name;
    made.stream = stream.name;
    made.payload = stream.contract->payload_type();
    made.fields_needed = fields_needed(stream);
    const auto read = source.read.find(stream.name);
    if (read != source.read.end()) made.read = read->second;
    made.calendar = client.calendar;
    made.zones = client.transform_zones;
    made.minor_digits = stream.minor_digits;
    for (const PackTransform& transform : stream.transforms) {
        made.transforms.push_back({transform.name, transform.file, transform.sql,
                                   transform.digest.hex(), transform.into, transform.book,
                                   stream.identity.empty_ids});
    }
    return made;
}

}  // namespace meshline
