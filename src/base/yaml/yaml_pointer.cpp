#include "base/yaml/yaml_pointer.hpp"

#include "base/json/json_pointer.hpp"

#include <algorithm>
#include <charconv>

namespace meshline {
namespace {

/// Nothing where the step is no index of the sequence.
const YamlNode* item_at(const YamlNode& sequence, std::string_view step) {
    std::size_t index = 0;
    const char* end = step.data() + step.size();
    const auto read = std::from_chars(step.data(), end, index);
    const bool is_there =
        read.ec == std::errc() && read.ptr == end && index < sequence.items.size();
    return is_there ? &sequence.items[index] : nullptr;
}

}  // namespace

Place place_in_yaml(const YamlNode& root, std::string_view pointer, bool is_key,
                    const std::string& file) {
    const YamlNode* node = &root;
    const YamlNode* shown = &root;
    for (const std::string& step : pointer_steps(pointer)) {
        const auto member = std::ranges::find_if(
            node->members, [&](const YamlMember& one) { return one.key.scalar == step; });
        const bool is_member = member != node->members.end();
        const YamlNode* inside = is_member ? &member->value : item_at(*node, step);
        if (inside == nullptr) break;
        node = inside;
        // A value that is not written has no place of its own.
        const bool shows_key = is_member && (is_key || inside->kind == YamlKind::null);
        shown = shows_key ? &member->key : inside;
    }
    return {.file = file, .line = std::max(shown->line, 1), .column = std::max(shown->column, 1)};
}

}  // namespace meshline
