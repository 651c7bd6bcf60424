#include "core/contract/unnamed_fields.hpp"

#include "base/json/for_each_child.hpp"
#include "base/json/json_pointer.hpp"
#include "core/contract/shown_place.hpp"

#include <utility>

namespace meshline {
namespace {

/// Places in an object at which names are expected again; objects with more are maps.
constexpr std::size_t expected_max = 512;

}  // namespace

UnnamedFields::UnnamedFields(const PayloadType& type, const ReadOptions& options)
    : root_(node_of(type, "", &options)) {}

void UnnamedFields::add_name(Node& node, const std::string& name, std::unique_ptr<Node> inside) {
    Name& added = node.names.emplace_back(Name{.text = name});
    if (inside) added.inside = node.insides.emplace_back(std::move(inside)).get();
    node.by_text.emplace(added.text, &added);
}

/// Nothing where no object inside is open. It calls itself as deep as the contract types.
std::unique_ptr<UnnamedFields::Node> UnnamedFields::node_of(const PayloadType& type,
                                                            std::string place,
                                                            const ReadOptions* options) {
    auto node = std::make_unique<Node>();
    node->place = std::move(place);
    if (type.kind == PayloadKind::list) {
        node->is_list = true;
        node->item = node_of(type.fields.front(), node->place + "/*", nullptr);
        return node->item ? std::move(node) : nullptr;
    }
    if (type.kind != PayloadKind::structure) return nullptr;
    node->is_open = type.is_open;
    bool is_open_inside = type.is_open;
    for (const PayloadType& field : type.fields) {
        // What a constant hides is named all the same.
        const ColumnNames names = options ? options->names_of(field.name) : field.name;
        for (const std::string& name : names) {
            if (node->by_text.contains(name)) continue;
            auto inside = node_of(field, node->place + pointer_step(name), nullptr);
            is_open_inside |= inside != nullptr;
            add_name(*node, name, std::move(inside));
        }
    }
    if (!is_open_inside) return nullptr;
    const bool is_root = options != nullptr;
    if (type.is_open && !is_root) {
        node->object = static_cast<std::uint32_t>(objects_.size());
        objects_.push_back({node->place});
    }
    return node;
}

const std::vector<UnnamedFields::Found>& UnnamedFields::find(JsonValue payload) {
    found_.clear();
    found_objects_.clear();
    ++payload_count_;
    if (root_) walk(*root_, payload);
    return found_;
}

void UnnamedFields::walk(Node& node, JsonValue value) {
    if (!node.is_list) {
        if (value.is(JsonType::object)) walk_members(node, value);
        return;
    }
    if (!value.is(JsonType::array)) return;
    for_each_child(value, [&](JsonValue item) { walk(*node.item, item); });
}

/// Once for each payload, however many items have it.
bool UnnamedFields::is_first_in_payload(Place& place) const {
    return std::exchange(place.last_payload, payload_count_) != payload_count_;
}

void UnnamedFields::walk_members(Node& node, JsonValue object) {
    std::size_t index = 0;
    for_each_child(object, [&](JsonValue member) {
        if (index == 0 && node.object != no_field && is_first_in_payload(objects_[node.object]))
            found_objects_.push_back(node.object);
        const Name& name = name_at(node, index++, member);
        if (name.inside != nullptr) walk(*name.inside, member);
        if (name.field == no_field) return;
        if (is_first_in_payload(fields_[name.field])) found_.push_back({name.field, member.type()});
    });
}

UnnamedFields::Name& UnnamedFields::name_at(Node& node, std::size_t index, JsonValue member) {
    if (index >= expected_max) return name_of(node, member);
    if (index == node.in_order.size()) {
        node.in_order.push_back(&name_of(node, member));
    } else if (node.in_order[index]->text != member.key()) {
        node.in_order[index] = &name_of(node, member);
    }
    return *node.in_order[index];
}

UnnamedFields::Name& UnnamedFields::name_of(Node& node, JsonValue member) {
    const std::string_view key = member.key();
    if (const auto known = node.by_text.find(key); known != node.by_text.end()) {
        return *known->second;
    }
    if (!node.is_open) return node.ignored;
    // Keys that are data differ in every payload but look alike: they are one field.
    const std::string shown = shown_name(key, node.place.empty());
    if (const auto known = node.by_text.find(shown); known != node.by_text.end()) {
        return *known->second;
    }
    if (fields_.size() < fields_max) {
        add_name(node, shown, nullptr);
        Name& name = node.names.back();
        name.field = static_cast<std::uint32_t>(fields_.size());
        fields_.push_back({node.place + pointer_step(shown)});
        return name;
    }
    // One name more than there is room for stands for all that follow.
    static constexpr std::string_view others = "*";
    if (fields_.size() == fields_max) fields_.push_back({"/" + std::string(others)});
    if (!node.by_text.contains(others)) {
        add_name(node, std::string(others), nullptr);
        node.names.back().field = static_cast<std::uint32_t>(fields_max);
    }
    return *node.by_text.at(others);
}

}  // namespace meshline
