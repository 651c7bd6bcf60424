#pragma once

#include "base/json/json_value.hpp"
#include "base/json/json_writer.hpp"
#include "base/result/result.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace meshline {

/// What becomes of an object that states a name twice.
enum class DuplicateKeys : std::uint8_t {
    refused,
    equal,  ///< Taken once where the values are equal, else refused.
    last,   ///< The last one counts.
};

/// Strict RFC 8259 text, read once into a flat tape and reused for the next text without
/// allocating. Refused, each with its byte offset in `Place::offset`: invalid UTF-8
/// (json.invalid_utf8), duplicate keys (json.duplicate_key) as asked for, lone surrogates, NUL and
/// other control bytes, trailing content (json.syntax), more than `depth_max` levels
/// (json.too_deep), more than `length_max` bytes (json.too_long). One document per thread; values
/// may be read from several.
class JsonDocument {
  public:
    static constexpr int depth_max = 128;
    /// Sizes on the tape have 28 bits.
    static constexpr std::size_t length_max = (std::size_t{1} << 28) - 1;

    JsonDocument();
    ~JsonDocument();
    JsonDocument(JsonDocument&&) noexcept;
    JsonDocument& operator=(JsonDocument&&) noexcept;

    /// Copies `text` (a padded buffer is kept inside). Returns the root value.
    Result<JsonValue> parse(std::string_view text,
                            DuplicateKeys duplicate_keys = DuplicateKeys::refused);
    /// Of the last text that parsed.
    JsonValue root() const;

    struct Implementation;

  private:
    std::unique_ptr<Implementation> implementation_;
};

/// The value as JSON with members sorted by the bytes of their names, no whitespace, strings with
/// the shortest escapes, numbers as written: the bytes that definitions are digested from.
std::string canonical_json(JsonValue value);

/// Whether `token` is a number by the grammar of RFC 8259, and nothing else.
bool is_json_number(std::string_view token);

}  // namespace meshline
