#include "base/json/tape_builder.hpp"

#include "base/json/json_scan.hpp"
#include "base/json/key_hash.hpp"

#include <algorithm>

namespace meshline {
namespace {

bool ends_token(char byte) {
    switch (byte) {
        case ' ':
        case '\t':
        case '\n':
        case '\r':
        case ',':
        case ':':
        case ']':
        case '}':
            return true;
        default:
            return false;
    }
}

std::uint32_t size_and_type(std::size_t size, JsonType type, std::uint32_t flags) {
    return (static_cast<std::uint32_t>(size) << 4) | static_cast<std::uint32_t>(type) | flags;
}

}  // namespace

JsonFault TapeBuilder::build(const Input& input) {
    input_ = input;
    token_ = input.offsets;
    tokens_end_ = input.offsets + input.count;
    node_count_ = 0;
    unescaped_size_ = 0;
    next_escape_ = next_escape_from(0);
    fault_ = {};
    depth_ = 0;
    keys_.clear();
    left_out_keys_ = false;

    bool is_done = false;
    while (!is_done) {
        bool is_open = false;
        if (!add_value(is_open)) break;
        if (is_open) continue;
        if (!finish_value(is_done)) break;
    }
    if (!fault_.is_set() && !is_at_end()) fail_at_token("more text after the value");
    return fault_;
}

bool TapeBuilder::fail(const char* message, std::size_t offset) {
    fault_ = {"json.syntax", message, offset};
    return false;
}

bool TapeBuilder::fail_at_token(const char* message) {
    return fail(is_at_end() ? "the text ends too early" : message, *token_);
}

std::uint32_t TapeBuilder::member_flag() const {
    return depth_ > 0 && levels_[depth_ - 1].is_object ? JsonNode::member_bit : 0;
}

/// Adds one value. `is_open` says that it is a container with something inside, and that the next
/// value (whose name, in an object, is added here) is its first.
bool TapeBuilder::add_value(bool& is_open) {
    const char first = peek();
    switch (first) {
        case '"':
            return add_string(member_flag());
        case '{':
        case '[': {
            const bool is_object = first == '{';
            if (!open(is_object)) return false;
            if (peek() == (is_object ? '}' : ']')) return close();
            is_open = true;
            return !is_object || add_key();
        }
        case 't':
            return add_literal("true", JsonType::boolean);
        case 'f':
            return add_literal("false", JsonType::boolean);
        case 'n':
            return add_literal("null", JsonType::null);
        default:
            break;
    }
    if (first == '-' || (first >= '0' && first <= '9')) return add_number();
    return fail_at_token("a value was expected");
}

/// After a value: closes every container that ends here and stops behind the comma (and, in an
/// object, the name) before the next value, or after the root.
bool TapeBuilder::finish_value(bool& is_done) {
    for (;;) {
        if (depth_ == 0) {
            is_done = true;
            return true;
        }
        Level& level = levels_[depth_ - 1];
        ++level.count;
        const char after = peek();
        if (after == ',') {
            ++token_;
            return !level.is_object || add_key();
        }
        if (after != (level.is_object ? '}' : ']')) {
            return fail_at_token(level.is_object ? "\",\" or \"}\" was expected"
                                                 : "\",\" or \"]\" was expected");
        }
        if (!close()) return false;
    }
}

bool TapeBuilder::add_key() {
    if (peek() != '"') return fail_at_token("a member's name in quotes was expected");
    const std::uint32_t node_index = node_count_;
    if (!add_string(0)) return false;
    const JsonNode& node = input_.nodes[node_index];
    const bool is_escaped = node.link != JsonNode::not_escaped;
    const char* name =
        is_escaped ? input_.unescaped + node.link : input_.text.data() + node.begin + 1;
    // Written where it stays: a record put together elsewhere and copied waits for its two halves.
    KeyRecord& key = keys_.emplace_back();
    key.hash = hash_of_padded_key(name, node.size());
    key.node = node_index;
    input_.key_hashes[node_index] = key.hash;
    if (peek() != ':') return fail_at_token("\":\" was expected");
    ++token_;
    return true;
}

bool TapeBuilder::add_string(std::uint32_t flags) {
    const char* text = input_.text.data();
    const std::size_t begin = *token_++;
    // Only white space lies between a string's closing quote and the next token.
    std::size_t end = *token_;
    while (text[end - 1] != '"')
        --end;
    const std::size_t inside_size = end - begin - 2;
    JsonNode& node = input_.nodes[node_count_++];
    node.begin = static_cast<std::uint32_t>(begin);
    node.end = static_cast<std::uint32_t>(end);
    if (next_escape_ >= end) [[likely]] {
        node.link = JsonNode::not_escaped;
        node.size_and_type = size_and_type(inside_size, JsonType::string, flags);
        return true;
    }
    JsonFault fault;
    const std::size_t size =
        unescape_string({text + begin + 1, inside_size}, input_.unescaped + unescaped_size_, fault);
    if (fault.is_set()) return fail(fault.message, begin + 1 + fault.offset);
    node.link = static_cast<std::uint32_t>(unescaped_size_);
    node.size_and_type = size_and_type(size, JsonType::string, flags);
    unescaped_size_ += size;
    next_escape_ = next_escape_from(end);
    return true;
}

bool TapeBuilder::add_number() {
    const char* text = input_.text.data();
    const std::size_t begin = *token_;
    bool is_number = false;
    const char* after = scan_number(text + begin, text + input_.text.size(), is_number);
    const auto end = static_cast<std::size_t>(after - text);
    if (!is_number || !is_ended_at(end)) return fail("malformed number", end);
    ++token_;
    input_.nodes[node_count_++] = {static_cast<std::uint32_t>(begin),
                                   static_cast<std::uint32_t>(end), 0,
                                   size_and_type(0, JsonType::number, member_flag())};
    return true;
}

bool TapeBuilder::add_literal(std::string_view word, JsonType type) {
    const std::size_t begin = *token_;
    const std::size_t end = begin + word.size();
    if (input_.text.substr(begin, word.size()) != word || !is_ended_at(end)) {
        return fail("a value was expected", begin);
    }
    ++token_;
    input_.nodes[node_count_++] = {static_cast<std::uint32_t>(begin),
                                   static_cast<std::uint32_t>(end), 0,
                                   size_and_type(0, type, member_flag())};
    return true;
}

bool TapeBuilder::open(bool is_object) {
    if (depth_ == levels_.size()) {
        fault_ = {"json.too_deep", "more levels than allowed", *token_};
        return false;
    }
    const JsonType type = is_object ? JsonType::object : JsonType::array;
    JsonNode& node = input_.nodes[node_count_];
    node.begin = *token_++;
    node.size_and_type = size_and_type(0, type, member_flag());
    levels_[depth_++] = {node_count_++, 0, static_cast<std::uint32_t>(keys_.size()), is_object};
    return true;
}

bool TapeBuilder::close() {
    Level& level = levels_[--depth_];
    JsonNode& node = input_.nodes[level.node];
    node.end = *token_++ + 1;
    if (level.is_object) {
        const JsonTape tape{input_.text.data(), input_.unescaped, input_.nodes, input_.key_hashes};
        const std::span<const KeyRecord> keys = std::span(keys_).subspan(level.keys_begin);
        const auto repeated = duplicate_keys_.find(tape, keys);
        if (repeated && input_.duplicate_keys == DuplicateKeys::refused) {
            fault_ = {"json.duplicate_key", "duplicate key", input_.nodes[*repeated].begin};
            return false;
        }
        if (repeated && !leave_out_duplicates(tape, keys, level)) return false;
        keys_.resize(level.keys_begin);
    }
    node.link = node_count_;
    node.size_and_type |= level.count << 4;
    return true;
}

bool TapeBuilder::is_ended_at(std::size_t offset) const {
    return offset == input_.text.size() || ends_token(input_.text[offset]);
}

std::size_t TapeBuilder::next_escape_from(std::size_t begin) {
    return std::min(input_.text.find('\\', begin), input_.text.size());
}

}  // namespace meshline
