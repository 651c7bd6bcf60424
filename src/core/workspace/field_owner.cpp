#include "core/workspace/field_owner.hpp"

#include "base/text/text.hpp"

namespace meshline {

const PayloadType* find_field(const PayloadType& root, std::string_view path) {
    const PayloadType* type = &root;
    for (const std::string_view step : split(path, '.')) {
        while (type->kind == PayloadKind::list)
            type = &type->fields.front();
        type = type->find(step);
        if (!type) return nullptr;
    }
    return type;
}

std::string field_owner(const SourceDefinition& source, const StreamDefinition& stream,
                        std::string_view path) {
    const auto named = source.field_owners.find(stream.name);
    while (!path.empty()) {
        if (named != source.field_owners.end()) {
            const auto owner = named->second.find(std::string(path));
            if (owner != named->second.end()) return owner->second;
        }
        const PayloadType* type = find_field(stream.contract->payload_type(), path);
        if (type && !type->owner.empty()) return type->owner;
        const std::size_t step = path.rfind('.');
        path = step == std::string_view::npos ? std::string_view() : path.substr(0, step);
    }
    const std::string& of_record = stream.contract->payload_type().owner;
    return of_record.empty() ? source.head.owner : of_record;
}

const std::string& transform_owner(const SourceDefinition& source) {
    return source.pack->owner.empty() ? source.head.owner : source.pack->owner;
}

}  // namespace meshline
