#include "base/json/json_writer.hpp"

#include "base/result/check.hpp"
#include "base/text/shorten.hpp"
#include "base/text/text.hpp"

#include <fmt/format.h>
#include <iterator>
#include <utility>

namespace meshline {
namespace {

bool needs_escape(char byte) {
    return static_cast<unsigned char>(byte) < 0x20 || byte == '"' || byte == '\\';
}

void append_escaped(std::string& out, char byte) {
    switch (byte) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\b':
            out += "\\b";
            return;
        case '\f':
            out += "\\f";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<int>(byte));
    }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    std::size_t plain_begin = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!needs_escape(text[at])) continue;
        out += text.substr(plain_begin, at - plain_begin);
        append_escaped(out, text[at]);
        plain_begin = at + 1;
    }
    out += text.substr(plain_begin);
    out += '"';
}

namespace {

/// JSON is UTF-8: one text that is not would make all of it unreadable.
void append_valid(std::string& out, std::string_view text) {
    if (find_invalid_utf8(text)) return append_json_string(out, valid_utf8(text));
    append_json_string(out, text);
}

}  // namespace

void JsonWriter::new_line() {
    if (!is_pretty_) return;
    out_ += '\n';
    out_.append(levels_.size() * 2, ' ');
}

/// The comma and the line before a value, unless its key has written them.
void JsonWriter::before_value() {
    if (is_after_key_) {
        is_after_key_ = false;
        return;
    }
    if (levels_.empty()) {
        MESHLINE_CHECK(out_.empty());
        return;
    }
    if (levels_.back().has_items) out_ += ',';
    levels_.back().has_items = true;
    new_line();
}

void JsonWriter::begin(char opening, char closing) {
    MESHLINE_CHECK(levels_.empty() || levels_.back().closing == ']' || is_after_key_);
    before_value();
    out_ += opening;
    levels_.push_back({closing, false});
}

void JsonWriter::end(char closing) {
    MESHLINE_CHECK(!levels_.empty() && levels_.back().closing == closing && !is_after_key_);
    const bool has_items = levels_.back().has_items;
    levels_.pop_back();
    if (has_items) new_line();
    out_ += closing;
}

JsonWriter& JsonWriter::begin_object() {
    begin('{', '}');
    return *this;
}

JsonWriter& JsonWriter::end_object() {
    end('}');
    return *this;
}

JsonWriter& JsonWriter::begin_array() {
    begin('[', ']');
    return *this;
}

JsonWriter& JsonWriter::end_array() {
    end(']');
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    MESHLINE_CHECK(!levels_.empty() && levels_.back().closing == '}' && !is_after_key_);
    before_value();
    append_valid(out_, name);
    out_ += is_pretty_ ? ": " : ":";
    is_after_key_ = true;
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
    MESHLINE_CHECK(levels_.empty() || levels_.back().closing == ']' || is_after_key_);
    before_value();
    out_ += json;
    return *this;
}

JsonWriter& JsonWriter::string(std::string_view text) {
    raw("");
    append_valid(out_, text);
    return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t number) {
    return raw(fmt::format_int(number).c_str());
}

JsonWriter& JsonWriter::boolean(bool value) {
    return raw(value ? "true" : "false");
}

JsonWriter& JsonWriter::null() {
    return raw("null");
}

std::string JsonWriter::take() {
    MESHLINE_CHECK(levels_.empty() && !is_after_key_);
    return std::exchange(out_, {});
}

}  // namespace meshline
