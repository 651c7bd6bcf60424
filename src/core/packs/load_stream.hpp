#pragma once

#include "core/packs/pack.hpp"
#include "core/packs/pack_folder.hpp"
#include "core/packs/yaml_reader.hpp"

#include <string>
#include <vector>

namespace meshline {

/// What all streams of a pack share.
struct PackOfStream {
    std::vector<std::string> streams;  ///< Their names.
    MinorDigits minor_digits;          ///< As StreamDefinition has them.
};

/// Reads one stream of pack.yaml with its contract and transforms. Problems are reported; what
/// could be read comes back.
StreamDefinition load_stream(const PlacedText& name, const YamlNode& node, YamlFile& file,
                             PackFolder& folder, const PackOfStream& pack);

}  // namespace meshline
