#pragma once

#include "base/result/check.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace meshline {

enum class JsonType : std::uint8_t { null, boolean, number, string, array, object };

std::string_view name_of(JsonType type);

/// One value (or member name) on the tape of a JsonDocument. A member's name is the string node
/// right before its value.
struct JsonNode {
    static constexpr std::uint32_t not_escaped = 0xFFFFFFFF;
    static constexpr std::uint32_t member_bit = 8;

    std::uint32_t begin = 0;  ///< First byte of the token in the text.
    std::uint32_t end = 0;    ///< Byte after the token.
    /// Containers: the node after the last one inside. Strings: where the text with escapes
    /// resolved starts in `unescaped`, or `not_escaped`.
    std::uint32_t link = 0;
    /// Bits 0-2 the type, bit 3 `member_bit`, the rest the size: elements or members, bytes of a
    /// string's text.
    std::uint32_t size_and_type = 0;

    JsonType type() const { return static_cast<JsonType>(size_and_type & 7); }
    std::uint32_t size() const { return size_and_type >> 4; }
};

/// What a JsonValue looks at; owned by its JsonDocument and never moved in memory.
struct JsonTape {
    const char* text = nullptr;
    const char* unescaped = nullptr;
    const JsonNode* nodes = nullptr;
    const std::uint32_t* key_hashes = nullptr;  ///< By node, of those that are members' names.
    bool left_out_keys = false;                 ///< Members of a name that was there twice.
};

/// A value inside a JsonDocument; valid as long as the document is neither destroyed nor parsed
/// into again. Two words, passed by value. Numbers keep their raw token: no digit is ever lost.
class JsonValue {
  public:
    JsonType type() const { return node().type(); }
    bool is(JsonType wanted) const { return type() == wanted; }
    /// The token as written: a number's digits, a string with its quotes, a container's whole text,
    /// also of members that were left out.
    std::string_view raw() const {
        return {tape_->text + node().begin, std::size_t{node().end} - node().begin};
    }
    /// The text of a string with escapes resolved, or the token of a number or boolean.
    std::string_view text() const {
        if (!is(JsonType::string)) return raw();
        if (node().link != JsonNode::not_escaped) {
            return {tape_->unescaped + node().link, node().size()};
        }
        return {tape_->text + node().begin + 1, node().size()};
    }
    bool boolean() const {
        MESHLINE_CHECK(is(JsonType::boolean));
        return tape_->text[node().begin] == 't';
    }

    /// Elements of an array, members of an object; 0 for others.
    std::size_t size() const { return is_container() ? node().size() : 0; }
    /// First element or member value; use next() to walk on. Only valid when size() > 0.
    JsonValue first() const {
        MESHLINE_CHECK(size() > 0);
        return {tape_, node_ + (is(JsonType::object) ? 2 : 1)};
    }
    /// The following sibling; not valid after the last.
    JsonValue next() const {
        const std::uint32_t after = is_container() ? node().link : node_ + 1;
        return {tape_, after + ((node().size_and_type & JsonNode::member_bit) != 0 ? 1 : 0)};
    }
    /// The member's name, for values that are members of an object (escapes resolved).
    std::string_view key() const {
        MESHLINE_CHECK((node().size_and_type & JsonNode::member_bit) != 0);
        return JsonValue(tape_, node_ - 1).text();
    }
    /// hash_of_key() of the member's name, which reading has made.
    std::uint32_t key_hash() const {
        MESHLINE_CHECK((node().size_and_type & JsonNode::member_bit) != 0);
        return tape_->key_hashes[node_ - 1];
    }
    /// The name as a value of its own; it has no siblings.
    JsonValue key_value() const {
        MESHLINE_CHECK((node().size_and_type & JsonNode::member_bit) != 0);
        return {tape_, node_ - 1};
    }
    std::optional<JsonValue> find(std::string_view name) const;
    /// Whether raw() of some container of the document states a name twice.
    bool is_of_duplicate_keys() const { return tape_->left_out_keys; }
    /// Byte offset of the value in the parsed text.
    std::size_t offset() const { return node().begin; }
    /// Byte offset of the member's name, for values that are members of an object.
    std::size_t key_offset() const {
        MESHLINE_CHECK((node().size_and_type & JsonNode::member_bit) != 0);
        return JsonValue(tape_, node_ - 1).offset();
    }

  private:
    friend class JsonDocument;
    friend class TapeBuilder;
    JsonValue(const JsonTape* tape, std::uint32_t node) : tape_(tape), node_(node) {}
    const JsonNode& node() const { return tape_->nodes[node_]; }
    bool is_container() const { return type() >= JsonType::array; }

    const JsonTape* tape_;
    std::uint32_t node_;
};

}  // namespace meshline
