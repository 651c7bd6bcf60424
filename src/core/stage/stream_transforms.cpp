#include "core/stage/stream_transforms.hpp"

namespace meshline {

StreamTransforms transforms_of(const ClientDefinition& client, const SourceDefinition& source,
                               const StreamDefinition& stream) {
    StreamTransforms made;
    made.client = client.id.text();
    made.source = source.head.name;
    made.stream = stream.name;
    made.payload = stream.contract->payload_type();
    const auto read = source.read.find(stream.name);
    if (read != source.read.end()) made.read = read->second;
    made.calendar = client.calendar;
    for (const PackTransform& transform : stream.transforms) {
        made.transforms.push_back({transform.name, transform.file, transform.sql,
                                   transform.digest.hex(), transform.into, transform.book});
    }
    return made;
}

}  // namespace meshline
