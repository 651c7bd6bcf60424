#pragma once

#include "base/yaml/yaml.hpp"

#include <string_view>

namespace meshline {

/// Where the value of a JSON Pointer (RFC 6901) into the node's JSON is written, or the key before
/// it. What is not there is shown at the last node on the way.
Place place_in_yaml(const YamlNode& root, std::string_view pointer, bool is_key,
                    const std::string& file);

}  // namespace meshline
