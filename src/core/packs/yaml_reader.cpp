#include "core/packs/yaml_reader.hpp"

#include "base/text/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_set>

namespace meshline {

std::vector<std::string> texts_of(const std::vector<PlacedText>& placed) {
    std::vector<std::string> texts;
    texts.reserve(placed.size());
    for (const PlacedText& one : placed)
        texts.push_back(one.text);
    return texts;
}

std::string hint_for_name(std::string_view name, std::span<const std::string> known) {
    if (known.empty()) return "There is none yet.";
    if (const auto near = nearest_name(name, known))
        return fmt::format("Did you mean \"{}\"?", *near);
    return fmt::format("Known: {}.", join(known, ", "));
}

YamlReader::YamlReader(const YamlNode& node, std::string what, std::vector<std::string> keys,
                       YamlFile& file)
    : node_(node), what_(std::move(what)), keys_(std::move(keys)), file_(file) {
    if (node_.kind != YamlKind::mapping) {
        file_.report(file_.place(node_), "workspace.wrong_type",
                     fmt::format("{} must be a mapping, found {}", what_, describe(node_)),
                     fmt::format("Write \"key: value\" lines. Known keys: {}.", join(keys_, ", ")));
        return;
    }
    for (const auto& [key, value] : node_.members) {
        if (knows(key.scalar)) continue;
        file_.report(file_.place(key), "workspace.unknown_key",
                     fmt::format("unknown key \"{}\" in {}", key.scalar, what_),
                     hint_for_name(key.scalar, keys_));
    }
}

bool YamlReader::knows(std::string_view key) const {
    return std::find(keys_.begin(), keys_.end(), key) != keys_.end();
}

const YamlMember* YamlReader::find(std::string_view key) const {
    MESHLINE_CHECK(knows(key));
    for (const YamlMember& member : node_.members) {
        if (member.key.scalar == key) return &member;
    }
    return nullptr;
}

bool YamlReader::has(std::string_view key) const {
    const YamlMember* member = find(key);
    return member && member->value.kind != YamlKind::null;
}

const YamlNode* YamlReader::node(std::string_view key, Need need) const {
    if (has(key)) return &find(key)->value;
    if (find(key)) {
        file_.report(place(key), "workspace.missing_key",
                     fmt::format("\"{}\" in {} has no value", key, what_),
                     "Write a value, or remove the key.");
    } else if (need == Need::required && node_.kind == YamlKind::mapping) {
        file_.report(place(key), "workspace.missing_key",
                     fmt::format("missing key \"{}\" in {}", key, what_),
                     fmt::format("Add \"{}\".", key));
    }
    return nullptr;
}

Place YamlReader::place(std::string_view key) const {
    const YamlMember* member = find(key);
    if (!member) return file_.place(node_);
    // The place of an absent value would be where the next token stands.
    return file_.place(member->value.kind == YamlKind::null ? member->key : member->value);
}

std::string YamlReader::text(std::string_view key, Need need) const {
    const YamlNode* found = node(key, need);
    return found ? read_text(*found, key, file_).value_or("") : "";
}

std::string YamlReader::name(std::string_view key, Need need) const {
    const YamlNode* found = node(key, need);
    return found ? read_name(*found, key, file_).value_or("") : "";
}

std::optional<int> YamlReader::integer(std::string_view key, Need need, IntegerRange range) const {
    const YamlNode* found = node(key, need);
    if (!found) return std::nullopt;
    return read_integer(*found, key, range, file_);
}

std::optional<Decimal> YamlReader::decimal(std::string_view key, Need need,
                                           const DecimalRange& range) const {
    const YamlNode* found = node(key, need);
    if (!found) return std::nullopt;
    return read_decimal(*found, key, range, file_);
}

std::optional<bool> YamlReader::boolean(std::string_view key) const {
    const YamlNode* found = node(key, Need::optional);
    if (!found) return std::nullopt;
    return read_boolean(*found, key, file_);
}

std::optional<std::size_t> YamlReader::choice(std::string_view key, Need need,
                                              std::span<const char* const> names) const {
    const YamlNode* found = node(key, need);
    if (!found) return std::nullopt;
    const auto written = read_text(*found, key, file_);
    if (!written) return std::nullopt;
    for (std::size_t index = 0; index < names.size(); ++index) {
        if (*written == names[index]) return index;
    }
    const std::vector<std::string> known(names.begin(), names.end());
    file_.report(file_.place(*found), "workspace.unknown_value",
                 fmt::format("unknown {} \"{}\"", key, *written), hint_for_name(*written, known));
    return std::nullopt;
}

std::vector<const YamlNode*> YamlReader::list(std::string_view key, Need need) const {
    const YamlNode* found = node(key, need);
    if (!found) return {};
    const bool is_list = found->kind == YamlKind::sequence;
    if (!is_list || found->items.empty()) {
        file_.report(file_.place(*found), "workspace.wrong_type",
                     is_list
                         ? fmt::format("\"{}\" is an empty list", key)
                         : fmt::format("\"{}\" must be a list, found {}", key, describe(*found)),
                     need == Need::required ? "Write [one, two], with one element at least."
                                            : "Write [one, two], or remove the key.");
        return {};
    }
    std::vector<const YamlNode*> elements;
    for (const YamlNode& item : found->items)
        elements.push_back(&item);
    return elements;
}

std::vector<PlacedText> YamlReader::texts(std::string_view key, Need need) const {
    return texts_read_by(key, need, read_text);
}

std::vector<PlacedText> YamlReader::names(std::string_view key, Need need) const {
    return texts_read_by(key, need, read_name);
}

std::vector<PlacedText> YamlReader::texts_read_by(std::string_view key, Need need,
                                                  ReadText* read) const {
    std::vector<PlacedText> texts;
    std::unordered_set<std::string> earlier;
    for (const YamlNode* item : list(key, need)) {
        const auto written = read(*item, key, file_);
        if (!written) continue;
        if (!earlier.insert(*written).second) {
            file_.report(file_.place(*item), "workspace.duplicate_item",
                         fmt::format("\"{}\" names \"{}\" twice", key, *written),
                         "Remove the repetition.");
            continue;
        }
        texts.push_back({*written, file_.place(*item)});
    }
    return texts;
}

std::vector<std::string> YamlReader::known_texts(std::string_view key, Need need,
                                                 std::span<const std::string> known,
                                                 std::string_view noun,
                                                 std::string_view code) const {
    const std::vector<PlacedText> written = texts(key, need);
    for (const PlacedText& one : written) {
        if (std::find(known.begin(), known.end(), one.text) != known.end()) continue;
        file_.report(one.where, std::string(code), fmt::format("unknown {} \"{}\"", noun, one.text),
                     hint_for_name(one.text, known));
    }
    return texts_of(written);
}

std::vector<std::pair<PlacedText, const YamlNode*>> YamlReader::members(std::string_view key,
                                                                        Need need) const {
    const YamlNode* found = node(key, need);
    if (!found) return {};
    if (found->kind != YamlKind::mapping) {
        file_.report(file_.place(*found), "workspace.wrong_type",
                     fmt::format("\"{}\" must be a mapping, found {}", key, describe(*found)),
                     "Write {name: value}.");
        return {};
    }
    std::vector<std::pair<PlacedText, const YamlNode*>> pairs;
    for (const auto& [name, value] : found->members) {
        pairs.emplace_back(PlacedText{name.scalar, file_.place(name)}, &value);
    }
    return pairs;
}

std::optional<std::size_t> YamlReader::exactly_one(std::span<const std::string> choices) const {
    std::optional<std::size_t> chosen;
    for (std::size_t index = 0; index < choices.size(); ++index) {
        if (!find(choices[index])) continue;
        if (chosen) {
            file_.report(place(choices[index]), "workspace.contradiction",
                         fmt::format("{} has both \"{}\" and \"{}\"", what_, choices[*chosen],
                                     choices[index]),
                         "Keep one of them.");
            return std::nullopt;
        }
        chosen = index;
    }
    if (!chosen && node_.kind == YamlKind::mapping) {
        file_.report(file_.place(node_), "workspace.missing_key",
                     fmt::format("{} has none of {}", what_, join(choices, ", ")),
                     "Add one of them.");
    }
    return chosen;
}

}  // namespace meshline
