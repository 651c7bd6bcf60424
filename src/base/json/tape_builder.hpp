#pragma once

#include "base/json/json.hpp"
#include "base/json/json_fault.hpp"
#include "base/json/key_finder.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace meshline {

/// The second stage of reading: walks the offsets of the tokens, checks the grammar and writes the
/// tape. Keeps its buffers between texts. The walk is one loop with a stack of its own, so the
/// depth of a text costs no call stack.
class TapeBuilder {
  public:
    struct Input {
        /// The text, with a zero byte at its end and `SIMDJSON_PADDING` bytes to read over.
        std::string_view text;
        /// Offsets of the tokens; `offsets[count]` is the text's end.
        const std::uint32_t* offsets = nullptr;
        std::size_t count = 0;
        /// Room for `count` nodes, and for as many hashes.
        JsonNode* nodes = nullptr;
        std::uint32_t* key_hashes = nullptr;
        /// Room for the text with escapes resolved: `text.size()` bytes.
        char* unescaped = nullptr;
        DuplicateKeys duplicate_keys = DuplicateKeys::refused;
    };

    JsonFault build(const Input& input);
    /// Whether members of a name that was there twice were left out of the tape.
    bool left_out_keys() const { return left_out_keys_; }

  private:
    struct Level {
        std::uint32_t node = 0;
        std::uint32_t count = 0;
        std::uint32_t keys_begin = 0;
        bool is_object = false;
    };

    bool fail(const char* message, std::size_t offset);
    bool fail_at_token(const char* message);
    char peek() const { return input_.text.data()[*token_]; }
    bool is_at_end() const { return token_ == tokens_end_; }

    bool add_value(bool& is_open);
    bool add_key();
    bool add_string(std::uint32_t flags);
    bool add_number();
    bool add_literal(std::string_view word, JsonType type);
    bool open(bool is_object);
    bool close();
    bool leave_out_duplicates(const JsonTape& tape, std::span<const KeyRecord> keys, Level& level);
    void take_out(std::span<const std::uint32_t> members);
    std::uint32_t end_of_member(std::uint32_t member) const;
    bool finish_value(bool& is_done);
    std::uint32_t member_flag() const;
    bool is_ended_at(std::size_t offset) const;
    std::size_t next_escape_from(std::size_t begin);

    Input input_;
    const std::uint32_t* token_ = nullptr;
    const std::uint32_t* tokens_end_ = nullptr;
    std::uint32_t node_count_ = 0;
    std::size_t unescaped_size_ = 0;
    std::size_t next_escape_ = 0;
    JsonFault fault_;
    std::size_t depth_ = 0;
    std::array<Level, JsonDocument::depth_max> levels_;
    std::vector<KeyRecord> keys_;
    DuplicateKeyFinder duplicate_keys_;
    bool left_out_keys_ = false;
};

}  // namespace meshline
