#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.hpp"

namespace meshline {

enum class JsonType : std::uint8_t { null, boolean, number, string, array, object };

std::string_view name_of(JsonType type);

class JsonDocument;

/// A value inside a JsonDocument; valid as long as the document is neither destroyed nor parsed
/// into again. Two words, passed by value. Numbers keep their raw token: no digit is ever lost.
class JsonValue {
  public:
    JsonType type() const;
    bool is(JsonType wanted) const { return type() == wanted; }
    /// The token as written: a number's digits, a string with its quotes, a container's whole text.
    std::string_view raw() const;
    /// The text of a string with escapes resolved, or the token of a number or boolean.
    std::string_view text() const;
    bool boolean() const;

    /// Elements of an array, members of an object; 0 for others.
    std::size_t size() const;
    /// First element or member value; use next() to walk on. Only valid when size() > 0.
    JsonValue first() const;
    /// The following sibling; not valid after the last.
    JsonValue next() const;
    /// The member's name, for values that are members of an object (escapes resolved).
    std::string_view key() const;
    std::optional<JsonValue> find(std::string_view name) const;
    /// Byte offset of the value in the parsed text.
    std::size_t offset() const;

  private:
    friend class JsonDocument;
    JsonValue(const JsonDocument* document, std::uint32_t node) : document_(document), node_(node) {}
    const JsonDocument* document_;
    std::uint32_t node_;
};

/// Strict RFC 8259 text, read once into a flat tape and reused for the next text without
/// allocating. Refused, each with its byte offset in `Place::offset`: invalid UTF-8
/// (json.invalid_utf8), duplicate keys (json.duplicate_key), lone surrogates, NUL and other control
/// bytes, trailing content (json.syntax), more than `depth_max` levels (json.too_deep).
class JsonDocument {
  public:
    static constexpr int depth_max = 128;

    JsonDocument();
    ~JsonDocument();
    JsonDocument(JsonDocument&&) noexcept;
    JsonDocument& operator=(JsonDocument&&) noexcept;

    /// Copies `text` (a padded buffer is kept inside). Returns the root value.
    Result<JsonValue> parse(std::string_view text);
    JsonValue root() const;

    struct Implementation;

  private:
    friend class JsonValue;
    std::unique_ptr<Implementation> implementation_;
};

/// The value as JSON with members sorted by the bytes of their names, no whitespace, strings with
/// the shortest escapes, numbers as written: the bytes that definitions are digested from.
std::string canonical_json(JsonValue value);

/// Appends `text` as a JSON string with its quotes. `text` must be UTF-8.
void append_json_string(std::string& out, std::string_view text);

/// Writes JSON text member by member. Commas and quotes are its business; balanced calls are the
/// caller's (checked). Indents by two when `is_pretty`.
class JsonWriter {
  public:
    explicit JsonWriter(bool is_pretty = false) : is_pretty_(is_pretty) {}
    JsonWriter& begin_object();
    JsonWriter& end_object();
    JsonWriter& begin_array();
    JsonWriter& end_array();
    JsonWriter& key(std::string_view name);
    JsonWriter& string(std::string_view text);
    JsonWriter& integer(std::int64_t number);
    JsonWriter& boolean(bool value);
    JsonWriter& null();
    /// Text that is JSON already.
    JsonWriter& raw(std::string_view json);

    /// key() and the value in one.
    JsonWriter& member(std::string_view name, std::string_view text) { return key(name).string(text); }
    JsonWriter& member(std::string_view name, const char* text) { return key(name).string(text); }
    JsonWriter& member(std::string_view name, const std::string& text) { return key(name).string(text); }
    JsonWriter& member(std::string_view name, bool value) { return key(name).boolean(value); }
    template <class Integer>
        requires std::is_integral_v<Integer>
    JsonWriter& member(std::string_view name, Integer number) {
        return key(name).integer(static_cast<std::int64_t>(number));
    }

    /// The finished text; everything opened must be closed.
    std::string take();

  private:
    void before_value();
    void new_line();

    bool is_pretty_;
    bool is_after_key_ = false;
    std::vector<bool> has_items_;
    std::string out_;
};

}  // namespace meshline
