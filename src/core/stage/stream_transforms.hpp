#pragma once

#include "core/warehouse/transform.hpp"
#include "core/workspace/definitions.hpp"

namespace meshline {

/// Everything that the client's stream goes through, as the engine wants it.
StreamTransforms transforms_of(const ClientDefinition& client, const SourceDefinition& source,
                               const StreamDefinition& stream);

}  // namespace meshline
