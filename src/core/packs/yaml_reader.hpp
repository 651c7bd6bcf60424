#pragma once

#include "base/yaml/yaml.hpp"
#include "core/packs/yaml_file.hpp"
#include "core/packs/yaml_scalar.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meshline {

enum class Need : std::uint8_t { required, optional };

/// A text with the place it was written at, for references that are resolved later.
struct PlacedText {
    std::string text;
    Place where;
};

std::vector<std::string> texts_of(const std::vector<PlacedText>& placed);

/// `Did you mean "x"?`, else every known name: a hint is never empty.
std::string hint_for_name(std::string_view name, std::span<const std::string> known);

/// Strict reading of one YAML mapping. The constructor reports keys outside the closed set
/// (workspace.unknown_key) and a node that is no mapping (workspace.wrong_type); each reader
/// reports a missing required key (workspace.missing_key) or a value it cannot take, and then
/// returns the empty value, so that reading goes on. Reading a key outside the set is a broken
/// promise. The node and the file must outlive the reader.
class YamlReader {
  public:
    /// `what` names the mapping in messages: "metric", "handoff".
    YamlReader(const YamlNode& node, std::string what, std::vector<std::string> keys,
               YamlFile& file);

    /// True when the key is there and has a value.
    bool has(std::string_view key) const;
    const YamlNode* node(std::string_view key, Need need) const;
    /// Of the key's value, of the key where it has none, of the mapping where the key is absent.
    Place place(std::string_view key) const;
    YamlFile& file() const { return file_; }

    // Scalars as yaml_scalar.hpp reads them; "" or nothing when absent or refused.
    std::string text(std::string_view key, Need need) const;
    std::string name(std::string_view key, Need need) const;
    std::optional<int> integer(std::string_view key, Need need, IntegerRange range) const;
    std::optional<Decimal> decimal(std::string_view key, Need need,
                                   const DecimalRange& range) const;
    std::optional<bool> boolean(std::string_view key) const;
    /// Index of the text among `names`; anything else is workspace.unknown_value.
    std::optional<std::size_t> choice(std::string_view key, Need need,
                                      std::span<const char* const> names) const;
    /// A list of texts without repetition (workspace.duplicate_item); never empty when given.
    std::vector<PlacedText> texts(std::string_view key, Need need) const;
    std::vector<PlacedText> names(std::string_view key, Need need) const;
    /// Texts that are all among `known`; others are the error `code`, "unknown `noun` ...".
    std::vector<std::string> known_texts(std::string_view key, Need need,
                                         std::span<const std::string> known, std::string_view noun,
                                         std::string_view code) const;
    /// Elements of a list, each for a reader of its own.
    std::vector<const YamlNode*> list(std::string_view key, Need need) const;
    /// The members of a nested mapping with free keys.
    std::vector<std::pair<PlacedText, const YamlNode*>> members(std::string_view key,
                                                                Need need) const;
    /// Which one of `choices` is there; none is workspace.missing_key, several are
    /// workspace.contradiction.
    std::optional<std::size_t> exactly_one(std::span<const std::string> choices) const;

  private:
    using ReadText = std::optional<std::string>(const YamlNode&, std::string_view, YamlFile&);

    bool knows(std::string_view key) const;
    const YamlMember* find(std::string_view key) const;
    std::vector<PlacedText> texts_read_by(std::string_view key, Need need, ReadText* read) const;

    const YamlNode& node_;
    std::string what_;
    std::vector<std::string> keys_;
    YamlFile& file_;
};

}  // namespace meshline
