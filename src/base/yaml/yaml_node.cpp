#include "base/json/json.hpp"
#include "base/yaml/yaml.hpp"

#include <algorithm>

namespace meshline {
namespace {

void append_scalar(std::string& out, const YamlNode& node) {
    const bool is_bare = !node.is_quoted && (node.scalar == "true" || node.scalar == "false" ||
                                             is_json_number(node.scalar));
    if (is_bare) {
        out += node.scalar;
    } else {
        append_json_string(out, node.scalar);
    }
}

/// A container half written: its node, what is left of a mapping's order, and the next child.
struct Frame {
    const YamlNode* node;
    std::vector<const YamlMember*> members;
    std::size_t next = 0;
};

Frame frame_of(const YamlNode& node) {
    Frame frame{&node, {}};
    for (const auto& member : node.members)
        frame.members.push_back(&member);
    std::ranges::sort(frame.members, {}, [](const YamlMember* member) -> const std::string& {
        return member->key.scalar;
    });
    return frame;
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
    for (const auto& [name, value] : members) {
        if (name.scalar == key) return &value;
    }
    return nullptr;
}

std::string canonical_json(const YamlNode& root) {
    std::string out;
    std::vector<Frame> frames;
    const auto write = [&](const YamlNode& node) {
        switch (node.kind) {
            case YamlKind::null:
                out += "null";
                return;
            case YamlKind::scalar:
                append_scalar(out, node);
                return;
            case YamlKind::sequence:
                out += '[';
                break;
            case YamlKind::mapping:
                out += '{';
                break;
        }
        frames.push_back(frame_of(node));
    };
    write(root);
    while (!frames.empty()) {
        Frame& frame = frames.back();
        const bool is_mapping = frame.node->kind == YamlKind::mapping;
        if (frame.next == (is_mapping ? frame.members.size() : frame.node->items.size())) {
            out += is_mapping ? '}' : ']';
            frames.pop_back();
            continue;
        }
        const std::size_t index = frame.next++;
        if (index > 0) out += ',';
        if (is_mapping) {
            append_json_string(out, frame.members[index]->key.scalar);
            out += ':';
        }
        write(is_mapping ? frame.members[index]->value : frame.node->items[index]);
    }
    return out;
}

}  // namespace meshline
