#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result/result.hpp"

namespace meshline {

enum class YamlKind : std::uint8_t { null, scalar, sequence, mapping };

/// A YAML node with its place (line and column from 1). Scalars are text: readers say what they
/// want of them. Mappings keep the order of the file.
struct YamlNode {
    YamlKind kind = YamlKind::null;
    int line = 0;
    int column = 0;
    /// Scalars: the text. `is_quoted` tells "no" from no.
    std::string scalar;
    bool is_quoted = false;
    std::vector<YamlNode> items;
    /// Key nodes are scalars; they carry the key's own place.
    std::vector<std::pair<YamlNode, YamlNode>> members;

    const YamlNode* find(std::string_view key) const;
};

/// Strict: one document; duplicate keys (yaml.duplicate_key), anchors, aliases, merge keys and tags
/// (yaml.unsupported), plain scalars that other YAML readers turn into booleans or null - yes, no,
/// on, off, y, n, ~ in any case - (yaml.ambiguous_scalar: quote it or write true or false), tabs
/// and syntax errors (yaml.syntax), more than 64 levels (yaml.too_deep), bytes that are not UTF-8
/// (yaml.invalid_utf8). Every error has `file`, line and column.
Result<YamlNode> parse_yaml(std::string_view text, const std::string& file);

/// The node as canonical JSON: mappings sorted by key, quoted scalars as strings, plain scalars as
/// written (true, false, null and numbers bare, all else as strings). The bytes a definition is
/// digested from, so comments and layout do not change its identity.
std::string canonical_json(const YamlNode& node);

}  // namespace meshline
