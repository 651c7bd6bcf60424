#pragma once

#include "core/workspace/client_definition.hpp"

#include <string>
#include <string_view>

namespace meshline {

/// The type of a contract's field by its path, "line_items.price"; lists are passed through.
/// Nothing where the contract names no such field.
const PayloadType* find_field(const PayloadType& root, std::string_view path);

/// Who answers for a field of the source's stream: the owner that the source file names for it,
/// else the contract; where neither does, the same of the field around it, and in the end the owner
/// of the source.
std::string field_owner(const SourceDefinition& source, const StreamDefinition& stream,
                        std::string_view path);

/// Who answers for the transforms of the source's pack: the pack's owner; a built-in pack has none,
/// so the source's owner.
const std::string& transform_owner(const SourceDefinition& source);

}  // namespace meshline
