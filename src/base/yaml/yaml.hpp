#pragma once

#include "base/result/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

enum class YamlKind : std::uint8_t { null, scalar, sequence, mapping };

struct YamlMember;

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
    std::vector<YamlMember> members;

    const YamlNode* find(std::string_view key) const;
};

struct YamlMember {
    YamlNode key;  ///< A scalar, with the key's own place.
    YamlNode value;
};

/// Strict, where YAML leaves room: one document of "key: value" mappings, sequences and scalars.
/// Refused: duplicate keys (yaml.duplicate_key); anchors, aliases, merge keys, tags, directives and
/// keys that are not scalars (yaml.unsupported); plain scalars that other YAML readers turn into
/// booleans or null - yes, no, on, off, y, n, ~ in any case, and true, false, null in other than
/// lower case - (yaml.ambiguous_scalar: quote it or write true, false or null); tabs, control bytes
/// and syntax errors, also those that yaml-cpp lets pass, such as a missing ":" or closing quote
/// (yaml.syntax); more than 64 levels (yaml.too_deep); more than 4 MiB (yaml.too_long); bytes that
/// are not UTF-8 (yaml.invalid_utf8). Every error has `file`, line and column (in characters). A
/// text without content is a null node.
Result<YamlNode> parse_yaml(std::string_view text, const std::string& file);

/// The node as canonical JSON: mappings sorted by key, quoted scalars as strings, plain scalars as
/// written (true, false, null and numbers bare, all else as strings). The bytes a definition is
/// digested from, so comments and layout do not change its identity.
std::string canonical_json(const YamlNode& node);

}  // namespace meshline
