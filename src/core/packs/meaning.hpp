#pragma once

#include "base/yaml/yaml.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace meshline {

/// What a key of a definition can move when it changes. A key that no list below names moves facts
/// or figures: it is meaning.
enum class KeyRole : std::uint8_t {
    text,       ///< Nothing: who owns it, what it is called, who hears of it, what helps.
    judgement,  ///< How far figures are trusted and which days there are, never a fact.
};

struct KeyOfRole {
    std::string_view kind;  ///< As the JSON Schemas are named: "metric"; "stream" inside a pack.
    std::string_view path;  ///< Keys from the root, "breaks/*/owner"; "*" is any key.
    KeyRole role;
};

/// Every key that is not plain meaning, of every kind of definition: declared here and nowhere
/// else.
const std::vector<KeyOfRole>& keys_by_role();

/// The definition without its text: what can move a figure or what is said of one. `kind` as above.
YamlNode meaning_of(YamlNode definition, std::string_view kind);
/// Without what only judges, either: what the facts depend on that events become.
YamlNode facts_meaning_of(YamlNode definition, std::string_view kind);

}  // namespace meshline
