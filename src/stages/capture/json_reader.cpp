#include "base/json/json.hpp"
#include "stages/capture/record_reader.hpp"
#include "stages/capture/unwrap.hpp"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <optional>

namespace meshline {
namespace {

constexpr std::string_view spaces = " \t\r\n";

/// Where the value that starts at `begin` ends, by brackets and quotes alone: a broken element
/// still has an end, so the ones after it can be read.
std::size_t end_of_value(std::string_view text, std::size_t begin) {
    int depth = 0;
    bool is_in_string = false;
    for (std::size_t at = begin; at < text.size(); ++at) {
        const char letter = text[at];
        if (is_in_string) {
            // A string cannot hold a line break: one that seems to has lost its closing quote. The
            // record ends there, so that the records after it can be read.
            if (letter == '\n') return at;
            if (letter == '\\')
                ++at;
            else if (letter == '"')
                is_in_string = false;
            continue;
        }
        if (letter == '"')
            is_in_string = true;
        else if (letter == '{' || letter == '[')
            ++depth;
        else if (letter == '}' || letter == ']') {
            if (depth == 0) return at;
            if (--depth == 0) return at + 1;
        } else if (depth == 0 && letter == ',')
            return at;
    }
    return text.size();
}

/// The start of the array (or object) that the envelope's member holds, looked for among the
/// members of the root object.
std::optional<std::size_t> find_envelope(std::string_view text,
                                         const std::vector<std::string>& envelopes) {
    std::size_t at = text.find('{');
    while (at != std::string_view::npos && ++at < text.size()) {
        at = text.find_first_not_of(" \t\r\n,", at);
        if (at == std::string_view::npos || text[at] != '"') return std::nullopt;
        const std::size_t quote = text.find('"', at + 1);
        if (quote == std::string_view::npos) return std::nullopt;
        const std::string_view key = text.substr(at + 1, quote - at - 1);
        std::size_t value = text.find_first_not_of(spaces, quote + 1);
        if (value == std::string_view::npos || text[value] != ':') return std::nullopt;
        value = text.find_first_not_of(spaces, value + 1);
        if (value == std::string_view::npos) return std::nullopt;
        const bool is_container = text[value] == '[' || text[value] == '{';
        if (is_container && std::find(envelopes.begin(), envelopes.end(), key) != envelopes.end()) {
            return value;
        }
        at = end_of_value(text, value);
        if (at >= text.size() || text[at] != ',') return std::nullopt;
    }
    return std::nullopt;
}

/// Whether the first member of an object is named "id". Never true of what is no object.
bool begins_with_id(std::string_view line) {
    const auto skip = [&](std::string_view token) {
        line.remove_prefix(std::min(line.find_first_not_of(spaces), line.size()));
        const bool is_next = line.starts_with(token);
        if (is_next) line.remove_prefix(token.size());
        return is_next;
    };
    return skip("{") && skip("\"id\"") && skip(":");
}

/// As find(), which stops at every byte like the name's first, and is several times slower.
bool contains(std::string_view line, std::string_view name) {
    return ::memmem(line.data(), line.size(), name.data(), name.size()) != nullptr;
}

/// A whole JSON document: an array of records, an envelope, or one record after another.
class JsonReader : public RecordReader {
  public:
    JsonReader(LineSource source, const std::vector<std::string>& envelopes)
        : source_(std::move(source)), text_(source_.buffered()) {
        std::size_t begin = text_.find_first_not_of(spaces);
        if (begin == std::string_view::npos) begin = text_.size();
        if (begin < text_.size() && text_[begin] == '{') {
            const auto inside = find_envelope(text_, envelopes);
            is_one_wrapped_ = inside && text_[*inside] == '{';
            begin = inside.value_or(begin);
        }
        is_array_ = begin < text_.size() && text_[begin] == '[';
        at_ = begin + (is_array_ ? 1 : 0);
    }

    Result<bool> next(RecordBatch& batch) override {
        batch.clear();
        while (!batch.is_full() && !is_done_)
            take_element(batch);
        return !batch.records.empty();
    }

  private:
    void take_element(RecordBatch& batch) {
        at_ = std::min(text_.find_first_not_of(" \t\r\n,", at_), text_.size());
        if (at_ == text_.size()) {
            if (is_array_)
                batch.add({}, number_ + 1, "the array has no end: the file is cut short");
            is_done_ = true;
            return;
        }
        if (is_array_ && text_[at_] == ']') {
            is_done_ = true;
            return;
        }
        const std::size_t end = std::max(end_of_value(text_, at_), at_ + 1);
        const std::string_view element = text_.substr(at_, end - at_);
        ++number_;
        if (element.size() > record_bytes_max) {
            batch.add(element.substr(0, kept_bytes_max), number_,
                      fmt::format("the record has {} bytes, the limit is {}", element.size(),
                                  record_bytes_max));
        } else {
            batch.add(element, number_);
        }
        at_ = end;
        // What follows is the end of the envelope, no record.
        is_done_ = is_one_wrapped_;
    }

    LineSource source_;
    std::string_view text_;
    std::size_t at_ = 0;
    std::int64_t number_ = 0;
    bool is_array_ = false;
    bool is_one_wrapped_ = false;  ///< {"order": {...}}
    bool is_done_ = false;
};

}  // namespace

Result<std::unique_ptr<RecordReader>> make_json_reader(LineSource source,
                                                       std::vector<std::string> envelopes) {
    MESHLINE_TRY(source.fill(document_bytes_max + 1));
    if (source.buffered().size() > document_bytes_max) {
        return Error{
            .kind = ErrorKind::exhausted,
            .code = "capture.document_too_large",
            .message = fmt::format("the JSON document is larger than {} bytes", document_bytes_max),
            .hint = "Write it as NDJSON, one record per line: that is read in pieces."};
    }
    return std::make_unique<JsonReader>(std::move(source), envelopes);
}

bool unwrap_line(std::string_view line, const std::vector<std::string>& envelopes,
                 std::int64_t number, RecordBatch& batch) {
    // Most lines are records, and only what may be an envelope is parsed here: one begins with no
    // id and names itself somewhere. Cutting a file is the part of capture that one thread does.
    if (begins_with_id(line)) return false;
    const auto names_envelope = [&](const std::string& name) { return contains(line, name); };
    if (std::none_of(envelopes.begin(), envelopes.end(), names_envelope)) return false;
    JsonDocument document;
    const auto root = document.parse(line);
    if (!root.ok() || !root->is(JsonType::object)) return false;
    for (const std::string& name : envelopes) {
        const auto inner = root->find(name);
        if (!inner || (!inner->is(JsonType::array) && !inner->is(JsonType::object))) continue;
        // A record may have a member of the envelope's name; an envelope has little else.
        if (root->find("id")) continue;
        if (inner->is(JsonType::object)) {
            batch.add(inner->raw(), number);
            return true;
        }
        JsonValue element = *inner;
        for (std::size_t index = 0; index < inner->size(); ++index) {
            element = index == 0 ? inner->first() : element.next();
            batch.add(element.raw(), static_cast<std::int64_t>(index) + 1);
        }
        return true;
    }
    return false;
}

}  // namespace meshline
