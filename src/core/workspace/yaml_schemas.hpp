#pragma once

#include "base/result/result.hpp"
#include "base/yaml/yaml.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// The kind of definition that a path within a workspace holds: "metric"; "" for other files.
std::string schema_kind_of(std::string_view path);
/// The JSON Schema of a kind, as editors use it: schema/yaml/KIND.schema.json.
std::string_view schema_text(std::string_view kind);
/// How a definition breaks the schema of its kind, each at its place: workspace.not_valid.
std::vector<Error> check_by_schema(const YamlNode& root, const std::string& path);

}  // namespace meshline
