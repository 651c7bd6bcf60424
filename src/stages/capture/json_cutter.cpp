#include "stages/capture/json_cutter.hpp"

#include "base/json/json.hpp"

#include <algorithm>
#include <cstring>

namespace meshline {
namespace {

constexpr std::string_view spaces = " \t\r\n";

struct StringEnd {
    std::size_t at = 0;      ///< The byte after it.
    bool is_closed = false;  ///< False where it lost its closing quote.
};

/// Where the string that starts at `begin` ends. It cannot hold a line break: one that seems to has
/// lost its closing quote.
StringEnd end_of_string(std::string_view text, std::size_t begin) {
    for (std::size_t at = begin + 1; at < text.size(); ++at) {
        if (text[at] == '"') return {at + 1, true};
        if (text[at] == '\n') return {at, false};
        if (text[at] == '\\') ++at;
    }
    return {text.size(), false};
}

/// Where the value that starts at `begin` ends, by brackets and quotes alone: a broken value still
/// has an end, so the ones after it can be read.
std::size_t end_of_value(std::string_view text, std::size_t begin) {
    int depth = 0;
    for (std::size_t at = begin; at < text.size();) {
        const char letter = text[at];
        if (letter == '"') {
            const StringEnd end = end_of_string(text, at);
            // A lost quote costs its record, so that the records after it can be read.
            if (!end.is_closed) return end.at;
            at = end.at;
            continue;
        }
        if (letter == '{' || letter == '[') {
            ++depth;
        } else if (letter == '}' || letter == ']') {
            if (depth == 0) return at;
            if (--depth == 0) return at + 1;
        } else if (depth == 0 && letter == ',') {
            return at;
        }
        ++at;
    }
    return text.size();
}

std::size_t skip(std::string_view text, std::string_view letters, std::size_t at) {
    return std::min(text.find_first_not_of(letters, at), text.size());
}

char letter_at(std::string_view text, std::size_t at) {
    return at < text.size() ? text[at] : '\0';
}

/// A member of an object: its name as written, and where its value begins.
struct Member {
    std::string_view name;
    std::size_t value = 0;

    bool holds_records(std::string_view text, const std::vector<std::string>& envelopes) const {
        const bool is_container = text[value] == '{' || text[value] == '[';
        return is_container && std::ranges::find(envelopes, name) != envelopes.end();
    }
};

/// Reads the name and the colon at `at`; false where they are not there.
bool read_member(std::string_view text, std::size_t at, Member& member) {
    if (letter_at(text, at) != '"') return false;
    const StringEnd end = end_of_string(text, at);
    if (!end.is_closed) return false;
    member.name = text.substr(at + 1, end.at - at - 2);
    member.value = skip(text, spaces, end.at);
    if (letter_at(text, member.value) != ':') return false;
    member.value = skip(text, spaces, member.value + 1);
    return member.value < text.size();
}

/// Whether the object at `at` is an envelope. A record may have a member of an envelope's name, but
/// it has an id beside it; an envelope has little else.
bool is_envelope(std::string_view text, std::size_t at, const std::vector<std::string>& envelopes) {
    if (envelopes.empty()) return false;
    bool holds_records = false;
    Member member;
    for (at = skip(text, spaces, at + 1); read_member(text, at, member);) {
        if (member.name == "id") return false;
        holds_records = holds_records || member.holds_records(text, envelopes);
        at = skip(text, spaces, end_of_value(text, member.value));
        if (letter_at(text, at) != ',') break;
        at = skip(text, spaces, at + 1);
    }
    return holds_records;
}

/// Whether the first member of an object is named "id". Never true of what is no object.
bool begins_with_id(std::string_view line) {
    const auto skip_token = [&](std::string_view token) {
        line.remove_prefix(skip(line, spaces, 0));
        const bool is_next = line.starts_with(token);
        if (is_next) line.remove_prefix(token.size());
        return is_next;
    };
    return skip_token("{") && skip_token("\"id\"") && skip_token(":");
}

/// As find(), which stops at every byte like the name's first, and is several times slower.
bool contains(std::string_view line, std::string_view name) {
    return ::memmem(line.data(), line.size(), name.data(), name.size()) != nullptr;
}

bool is_json(std::string_view text) {
    JsonDocument document;
    return document.parse(text, DuplicateKeys::last).ok();
}

}  // namespace

bool JsonCutter::next(Piece& piece) {
    while (true) {
        at_ = skip(text_, " \t\r\n,", at_);
        if (at_ == text_.size()) {
            if (!is_in_array_ && !is_in_envelope_) return false;
            take_cut_short(is_in_array_ ? "the array has no end: it is cut short"
                                        : "the envelope has no end: it is cut short",
                           piece);
            return true;
        }
        const bool is_found = is_in_array_      ? next_element(piece)
                              : is_in_envelope_ ? next_member(piece)
                                                : next_value(piece);
        if (is_found) return true;
    }
}

bool JsonCutter::next_element(Piece& piece) {
    if (text_[at_] == ']') {
        is_in_array_ = false;
        ++at_;
        return false;
    }
    take(end_of_value(text_, at_), piece);
    return true;
}

bool JsonCutter::next_member(Piece& piece) {
    if (text_[at_] == '}') {
        is_in_envelope_ = false;
        ++at_;
        return false;
    }
    Member member;
    if (!read_member(text_, at_, member)) {
        take(end_of_value(text_, at_), piece);
        return true;
    }
    if (member.holds_records(text_, *envelopes_)) {
        at_ = member.value;
        if (text_[at_] == '{') {
            take(end_of_value(text_, at_), piece);
            return true;
        }
        is_in_array_ = true;
        ++at_;
        return false;
    }
    // What else an envelope says is no record, unless nobody can read it.
    const std::size_t end = end_of_value(text_, member.value);
    if (!is_json(text_.substr(member.value, end - member.value))) {
        take(end, piece);
        return true;
    }
    at_ = end;
    return false;
}

bool JsonCutter::next_value(Piece& piece) {
    if (text_[at_] == '[') {
        is_in_array_ = true;
        ++at_;
        return false;
    }
    if (text_[at_] != '{') {
        // No record: it ends where one may begin again.
        take(text_.find_first_of("{[\n", at_), piece);
        return true;
    }
    if (is_envelope(text_, at_, *envelopes_)) {
        is_in_envelope_ = true;
        ++at_;
        return false;
    }
    take(end_of_value(text_, at_), piece);
    return true;
}

/// Cuts out what ends before `end`, a byte at least.
void JsonCutter::take(std::size_t end, Piece& piece) {
    end = std::clamp(end, at_ + 1, text_.size());
    piece.bytes = text_.substr(at_, end - at_);
    piece.bytes = piece.bytes.substr(0, piece.bytes.find_last_not_of(spaces) + 1);
    piece.problem = "";
    at_ = end;
}

void JsonCutter::take_cut_short(const char* problem, Piece& piece) {
    piece = {{}, problem};
    is_in_array_ = false;
    is_in_envelope_ = false;
}

bool is_wrapped(std::string_view line, const std::vector<std::string>& envelopes) {
    const std::size_t begin = skip(line, spaces, 0);
    if (letter_at(line, begin) == '[') return true;
    // Only what may be an envelope is looked through: one begins with no id and names itself
    // somewhere. Cutting a file is the part of capture that one thread does.
    if (begins_with_id(line)) return false;
    const auto names_envelope = [&](const std::string& name) { return contains(line, name); };
    if (std::none_of(envelopes.begin(), envelopes.end(), names_envelope)) return false;
    return letter_at(line, begin) == '{' && is_envelope(line, begin, envelopes);
}

}  // namespace meshline
