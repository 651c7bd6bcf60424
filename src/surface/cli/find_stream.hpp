#pragma once

#include "core/workspace/definitions.hpp"

#include <string>

namespace meshline {

struct StreamChoice {
    const SourceDefinition* source = nullptr;
    const StreamDefinition* stream = nullptr;
};

/// "shop/orders" of a client. Errors source.unknown and stream.unknown with the nearest names.
Result<StreamChoice> find_stream(const ClientDefinition& client, const std::string& name);

}  // namespace meshline
