#include "tidy/cpp_text.hpp"

#include "tidy/words.hpp"

#include <algorithm>

namespace meshline::tidy {

namespace {

/// The offset after a quoted literal that starts at `start`.
std::size_t end_of_quoted(std::string_view text, std::size_t start) {
    const char quote = text[start];
    std::size_t at = start + 1;
    while (at < text.size() && text[at] != quote && text[at] != '\n')
        at += text[at] == '\\' ? 2 : 1;
    return std::min(at + 1, text.size());
}

/// The offset after a raw literal whose quote is at `start`.
std::size_t end_of_raw(std::string_view text, std::size_t start) {
    const std::size_t open = text.find('(', start);
    if (open == std::string_view::npos) return text.size();
    const std::string close = ")" + std::string(text.substr(start + 1, open - start - 1)) + "\"";
    const std::size_t end = text.find(close, open);
    return end == std::string_view::npos ? text.size() : end + close.size();
}

std::size_t end_of_line_comment(std::string_view text, std::size_t start) {
    return std::min(text.find('\n', start), text.size());
}

std::size_t end_of_block_comment(std::string_view text, std::size_t start) {
    const std::size_t end = text.find("*/", start + 2);
    return end == std::string_view::npos ? text.size() : end + 2;
}

void copy(std::string_view text, std::size_t from, std::size_t to, std::string& into) {
    std::copy(text.begin() + static_cast<std::ptrdiff_t>(from),
              text.begin() + static_cast<std::ptrdiff_t>(to),
              into.begin() + static_cast<std::ptrdiff_t>(from));
}

std::string blank(std::string_view text) {
    std::string blanked(text.size(), ' ');
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\n') blanked[at] = '\n';
    }
    return blanked;
}

}  // namespace

CppText take_apart(std::string_view text) {
    CppText apart{blank(text), blank(text), blank(text)};
    std::size_t at = 0;
    while (at < text.size()) {
        const std::string_view rest = text.substr(at);
        if (rest.starts_with("//") || rest.starts_with("/*")) {
            const std::size_t end =
                rest[1] == '/' ? end_of_line_comment(text, at) : end_of_block_comment(text, at);
            copy(text, at, end, apart.comments);
            at = end;
            continue;
        }
        const bool is_raw = text[at] == '"' && at > 0 && text[at - 1] == 'R';
        // In 1'000 the mark parts digits; it quotes nothing.
        const bool parts_digits = text[at] == '\'' && at > 0 && is_word_character(text[at - 1]);
        if (is_raw || text[at] == '"' || (text[at] == '\'' && !parts_digits)) {
            const std::size_t end = is_raw ? end_of_raw(text, at) : end_of_quoted(text, at);
            copy(text, at, end, apart.literals);
            apart.code[at] = apart.code[end - 1] = text[at];
            at = end;
            continue;
        }
        apart.code[at] = apart.literals[at] = text[at];
        ++at;
    }
    return apart;
}

}  // namespace meshline::tidy
