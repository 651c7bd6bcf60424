#pragma once

#include "core/packs/pack.hpp"
#include "core/packs/pack_folder.hpp"
#include "core/packs/yaml_reader.hpp"

namespace meshline {

/// Reads one stream of pack.yaml with its contract and transforms. Problems are reported; what
/// could be read comes back.
StreamDefinition load_stream(const PlacedText& name, const YamlNode& node, YamlFile& file,
                             PackFolder& folder, const std::vector<std::string>& siblings);

}  // namespace meshline
