#pragma once

#include "core/contract/contract.hpp"

#include <string>
#include <vector>

namespace meshline {

/// The bytes of schema/yaml/`kind`.schema.json of the repository.
std::string schema_text(const std::string& kind);
/// The kind of definition that a path within a workspace holds; "" for other files.
std::string schema_kind_of(const std::string& path);
/// How a YAML text breaks the JSON Schema of its kind.
std::vector<SchemaError> schema_violations(const std::string& path, const std::string& yaml);

}  // namespace meshline
