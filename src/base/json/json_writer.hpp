#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// Appends `text` as a JSON string with its quotes, with the shortest escapes. `text` must be
/// UTF-8.
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
    JsonWriter& member(std::string_view name, std::string_view text) {
        return key(name).string(text);
    }
    JsonWriter& member(std::string_view name, const char* text) { return key(name).string(text); }
    JsonWriter& member(std::string_view name, const std::string& text) {
        return key(name).string(text);
    }
    JsonWriter& member(std::string_view name, bool value) { return key(name).boolean(value); }
    template <std::integral Integer>
    JsonWriter& member(std::string_view name, Integer number) {
        return key(name).integer(static_cast<std::int64_t>(number));
    }

    /// The finished text; everything opened must be closed.
    std::string take();

  private:
    struct Level {
        char closing = '}';
        bool has_items = false;
    };

    void begin(char opening, char closing);
    void end(char closing);
    void before_value();
    void new_line();

    bool is_pretty_;
    bool is_after_key_ = false;
    std::vector<Level> levels_;
    std::string out_;
};

}  // namespace meshline
