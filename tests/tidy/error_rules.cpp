#include "tidy/cpp_text.hpp"
#include "tidy/rules.hpp"
#include "tidy/words.hpp"

#include <cctype>
#include <optional>

namespace meshline::tidy {

namespace {

struct Literal {
    std::string_view text;
    bool is_whole = false;  ///< Nothing is joined to it.
    std::size_t offset = 0;
};

/// The literal that a member is given: the one in `.code = "money.overflow"`.
std::optional<Literal> literal_after(const CppText& text, std::size_t at) {
    const std::size_t open = skip_spaces(text.code, at);
    if (open >= text.code.size() || text.code[open] != '"') return std::nullopt;
    const std::size_t close = text.code.find('"', open + 1);
    if (close == std::string::npos) return std::nullopt;
    const std::size_t after = skip_spaces(text.code, close + 1);
    const bool is_whole =
        after < text.code.size() && (text.code[after] == ',' || text.code[after] == '}');
    return Literal{std::string_view(text.literals).substr(open + 1, close - open - 1), is_whole,
                   open};
}

bool is_code(std::string_view text) {
    const std::size_t point = text.find('.');
    return point != std::string_view::npos && is_snake_case(text.substr(0, point)) &&
           is_snake_case(text.substr(point + 1));
}

bool is_capital(char c) {
    return std::isupper(static_cast<unsigned char>(c)) != 0;
}

/// "Unknown column" starts a sentence; "JSON ends early" is a name.
bool starts_as_sentence(std::string_view text) {
    return text.size() > 1 && is_capital(text[0]) && !is_capital(text[1]);
}

void check_member(const SourceFile& file, const CppText& text, std::string_view member,
                  const auto& complaint_about, std::vector<Violation>& found) {
    for (const std::size_t at : find_word(text.code, member)) {
        const auto literal = literal_after(text, at + member.size());
        if (!literal) continue;
        const std::string complaint = complaint_about(*literal);
        if (complaint.empty()) continue;
        found.push_back({file.path, line_at(file.text, literal->offset), "error",
                         "\"" + std::string(literal->text) + "\" " + complaint});
    }
}

}  // namespace

// An error's code is "area.what", its message one lower-case line without a full stop, its hint a
// sentence.
void check_errors(const SourceFile& file, std::vector<Violation>& found) {
    if (!file.is_under("src")) return;
    const CppText text = take_apart(file.text);
    check_member(
        file, text, ".code =",
        [](const Literal& code) { return is_code(code.text) ? "" : "is no code \"area.what\""; },
        found);
    check_member(
        file, text, ".message =",
        [](const Literal& message) {
            if (starts_as_sentence(message.text)) return "starts with a capital";
            if (message.text.find("\\n") != std::string_view::npos) return "has two lines";
            return message.is_whole && message.text.ends_with('.') ? "ends with a full stop" : "";
        },
        found);
    check_member(
        file, text, ".hint =",
        [](const Literal& hint) {
            if (hint.text.empty()) return "";
            const bool starts_lower = std::islower(static_cast<unsigned char>(hint.text[0])) != 0;
            if (starts_lower && !hint.text.starts_with("meshline ")) {
                return "is no sentence: it starts lower-case";
            }
            return hint.is_whole && !hint.text.ends_with('.') ? "is no sentence: no full stop" : "";
        },
        found);
}

}  // namespace meshline::tidy
