#include "support/text.hpp"
#include "tidy/cpp_text.hpp"
#include "tidy/rules.hpp"
#include "tidy/words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace meshline::tidy {

namespace {

constexpr int function_lines_max = 70;

enum class Braces {
    scope,       ///< A namespace or a type: functions may stand in it.
    function,    ///< The body of a function.
    expression,  ///< Everything else: an initialiser, a block within a function.
};

struct OpenBraces {
    Braces kind = Braces::expression;
    std::string head;  ///< The text before the brace, back to the last end of a declaration.
    std::size_t head_offset = 0;
    int parentheses = 0;
};

void trim(std::string& text) {
    text.erase(0, text.find_first_not_of(" \n"));
    text.erase(text.find_last_not_of(" \n") + 1);
}

/// Drops "template <...>" from the front.
void drop_template(std::string& head) {
    trim(head);
    while (head.starts_with("template")) {
        int depth = 0;
        std::size_t at = head.find('<');
        for (; at < head.size(); ++at) {
            depth += head[at] == '<' ? 1 : head[at] == '>' ? -1 : 0;
            if (depth == 0) break;
        }
        head.erase(0, std::min(at, head.size() - 1) + 1);
        trim(head);
    }
}

bool opens_scope(const std::string& head) {
    constexpr std::array words = {"namespace", "extern", "class",           "struct",
                                  "union",     "enum",   "inline namespace"};
    return std::ranges::any_of(words, [&](std::string_view word) {
        return head.starts_with(word) &&
               (head.size() == word.size() || !is_word_character(head[word.size()]));
    });
}

/// Where, outside parentheses, a constructor's list of members starts; npos where there is none.
std::size_t member_list_of(const std::string& head) {
    int depth = 0;
    bool had_parameters = false;
    for (std::size_t at = 0; at < head.size(); ++at) {
        depth += head[at] == '(' ? 1 : head[at] == ')' ? -1 : 0;
        had_parameters = had_parameters || head[at] == ')';
        if (head[at] != ':' || depth != 0 || !had_parameters) continue;
        const bool is_double =
            (at > 0 && head[at - 1] == ':') || (at + 1 < head.size() && head[at + 1] == ':');
        if (!is_double) return at;
    }
    return std::string::npos;
}

bool has_assignment(const std::string& head) {
    int depth = 0;
    for (std::size_t at = 0; at < head.size(); ++at) {
        depth += head[at] == '(' ? 1 : head[at] == ')' ? -1 : 0;
        if (head[at] == '=' && depth == 0) return true;
    }
    return false;
}

Braces kind_of(std::string head) {
    drop_template(head);
    if (opens_scope(head)) return Braces::scope;
    if (head.find('(') == std::string::npos) return Braces::expression;
    if (head.find("operator") == std::string::npos && has_assignment(head)) {
        return Braces::expression;
    }
    // In ": a_{1}, b_(2) {" only the last brace, after a closing one, is the body's.
    if (member_list_of(head) != std::string::npos && is_word_character(head.back())) {
        return Braces::expression;
    }
    return Braces::function;
}

bool is_access_label(std::string head) {
    trim(head);
    return head == "public" || head == "private" || head == "protected";
}

std::string without_directives(std::string code) {
    bool continues = false;
    std::size_t start = 0;
    for (const std::string_view line : test::lines_of(code)) {
        const bool is_directive = continues || line.substr(skip_spaces(line, 0)).starts_with('#');
        continues = is_directive && line.ends_with('\\');
        const std::size_t size = line.size();
        if (is_directive) std::fill_n(code.begin() + static_cast<std::ptrdiff_t>(start), size, ' ');
        start += size + 1;
    }
    return code;
}

std::string name_in(const std::string& head) {
    const std::size_t end = head.find('(');
    std::size_t start = end;
    while (start > 0 && (is_word_character(head[start - 1]) || head[start - 1] == ':'))
        --start;
    return head.substr(start, end - start);
}

/// Reads the code once, keeping the braces that are open.
class FunctionReader {
  public:
    FunctionReader(const SourceFile& file, std::vector<Violation>& found)
        : file_(file), found_(found) {}

    void read(const std::string& code) {
        for (std::size_t at = 0; at < code.size(); ++at)
            take(code[at], at);
    }

  private:
    void take(char c, std::size_t at) {
        if (c == '{') return open();
        if (c == '}') return close(at);
        parentheses_ += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (c == ';' && parentheses_ == 0) {
            head_.clear();
        } else if (c == ':' && is_access_label(head_)) {
            head_.clear();
        } else if (!head_.empty() || (c != ' ' && c != '\n')) {
            if (head_.empty()) head_offset_ = at;
            head_ += c;
        }
    }

    void open() {
        const bool stands_in_scope = open_.empty() || open_.back().kind == Braces::scope;
        const Braces kind =
            stands_in_scope && parentheses_ == 0 ? kind_of_head() : Braces::expression;
        open_.push_back({kind, head_, head_offset_, parentheses_});
        head_.clear();
        parentheses_ = 0;
    }

    Braces kind_of_head() {
        std::string head = head_;
        trim(head);
        return kind_of(head);
    }

    void close(std::size_t at) {
        if (open_.empty()) return;
        const OpenBraces braces = open_.back();
        open_.pop_back();
        parentheses_ = braces.parentheses;
        head_.clear();
        if (braces.kind == Braces::function) return measure(braces, at);
        if (braces.kind == Braces::expression) {
            head_ = braces.head + "{}";
            head_offset_ = braces.head_offset;
        }
    }

    void measure(const OpenBraces& braces, std::size_t end) {
        const int first = line_at(file_.text, braces.head_offset);
        const int lines = line_at(file_.text, end) - first + 1;
        if (lines <= function_lines_max) return;
        found_.push_back({file_.path, first, "function",
                          name_in(braces.head) + " has " + std::to_string(lines) +
                              " lines, at most " + std::to_string(function_lines_max)});
    }

    const SourceFile& file_;
    std::vector<Violation>& found_;
    std::vector<OpenBraces> open_;
    std::string head_;
    std::size_t head_offset_ = 0;
    int parentheses_ = 0;
};

}  // namespace

// A function fits on a screen. Counted from the first line of its declaration to its last brace.
void check_function_size(const SourceFile& file, std::vector<Violation>& found) {
    FunctionReader(file, found).read(without_directives(take_apart(file.text).code));
}

}  // namespace meshline::tidy
