#pragma once

#include "base/json/json_value.hpp"
#include "core/contract/payload_type.hpp"
#include "core/contract/read_options.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace meshline {

/// Finds the members of payloads that their contract does not name, in every object that it
/// describes and leaves open. Used by one thread.
///
/// The payloads of one stream name their members in much the same order, so each name is first
/// compared with the one that stood at its place before.
class UnnamedFields {
  public:
    /// Fields that are told apart; what comes after them is one field, "*".
    static constexpr std::size_t fields_max = 1000;

    /// `options.columns` and `options.constants` name members of the root as they do for the
    /// contract.
    UnnamedFields(const PayloadType& type, const ReadOptions& options);

    struct Found {
        std::uint32_t field = 0;
        JsonType type = JsonType::null;  ///< Of the first one in the payload.
    };
    /// The unnamed fields of the payload, each once; in no order that means something. Valid until
    /// the next call.
    const std::vector<Found>& find(JsonValue payload);
    /// The objects below the root, described and left open, in which the payload of the last find()
    /// had anything, each once: where unnamed fields could have been.
    const std::vector<std::uint32_t>& objects() const { return found_objects_; }
    /// As place(): "/line_items/*".
    const std::string& object_place(std::uint32_t object) const { return objects_[object].place; }
    std::size_t object_count() const { return objects_.size(); }
    /// JSON Pointer with "*" for items, "/line_items/*/duties", names as shown_name() has them.
    const std::string& place(std::uint32_t field) const { return fields_[field].place; }
    std::size_t size() const { return fields_.size(); }

  private:
    static constexpr std::uint32_t no_field = 0xFFFFFFFF;

    struct Node;
    /// A name that members have had: what is inside, or which unnamed field it is.
    struct Name {
        std::string text;
        Node* inside = nullptr;
        std::uint32_t field = no_field;
    };
    struct Node {
        std::uint32_t object = no_field;  ///< Of an open object below the root.
        bool is_list = false;
        bool is_open = false;
        std::string place;
        std::unique_ptr<Node> item;  ///< Of a list.
        std::deque<Name> names;
        std::unordered_map<std::string_view, Name*> by_text;
        Name ignored;                 ///< What is not named in an object that is not open.
        std::vector<Name*> in_order;  ///< By the place at which the last payload had them.
        std::vector<std::unique_ptr<Node>> insides;
    };
    /// A field or an object.
    struct Place {
        std::string place;
        std::uint64_t last_payload = 0;
    };

    std::unique_ptr<Node> node_of(const PayloadType& type, std::string place,
                                  const ReadOptions* options);
    static void add_name(Node& node, const std::string& name, std::unique_ptr<Node> inside);
    void walk(Node& node, JsonValue value);
    void walk_members(Node& node, JsonValue object);
    Name& name_at(Node& node, std::size_t index, JsonValue member);
    Name& name_of(Node& node, JsonValue member);

    bool is_first_in_payload(Place& place) const;

    std::vector<Place> fields_;
    std::vector<Place> objects_;
    std::uint64_t payload_count_ = 0;
    std::vector<Found> found_;
    std::vector<std::uint32_t> found_objects_;
    std::unique_ptr<Node> root_;  ///< Last: making it lists the objects.
};

}  // namespace meshline
