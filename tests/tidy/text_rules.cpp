#include "support/text.hpp"
#include "tidy/rules.hpp"
#include "tidy/words.hpp"

#include <array>
#include <cctype>

namespace meshline::tidy {

namespace {

/// Inputs of tests that are odd on purpose: no line break at the end, bytes that are no UTF-8.
bool is_odd_on_purpose(const SourceFile& file) {
    return file.path.find("/fixtures/") != std::string::npos ||
           file.path.find("/seeds/") != std::string::npos;
}

bool is_binary(const SourceFile& file) {
    return file.text.find('\0') != std::string::npos;
}

/// "TODO(#12):" and nothing else.
bool is_numbered_todo(std::string_view rest) {
    if (!rest.starts_with("(#")) return false;
    std::size_t at = 2;
    while (at < rest.size() && std::isdigit(static_cast<unsigned char>(rest[at])) != 0)
        ++at;
    return at > 2 && rest.substr(at).starts_with("):");
}

// The words are written in two pieces, so that this file keeps its own rules.
constexpr std::string_view todo =
    "TO"
    "DO";
constexpr std::string_view fixme =
    "FIX"
    "ME";

void check_marks(const SourceFile& file, std::string_view line, int number,
                 std::vector<Violation>& found) {
    for (const std::size_t at : find_word(line, todo)) {
        if (is_numbered_todo(line.substr(at + todo.size()))) continue;
        found.push_back({file.path, number, "todo", "write it as " + std::string(todo) + "(#12):"});
    }
    if (!find_word(line, fixme).empty()) {
        found.push_back({file.path, number, "fixme", "mend it, or file it as an issue"});
    }
}

/// A path of one machine, or a host that a configured client should choose.
constexpr std::array machine_texts = {
    std::string_view("/wo"
                     "rk"),
    std::string_view("/tm"
                     "p/w/"),
    std::string_view("registry.npm"
                     "js.org"),
    std::string_view("deb.deb"
                     "ian.org"),
    std::string_view("pypi."
                     "org"),
    std::string_view("files.python"
                     "hosted.org"),
    std::string_view("proxy.go"
                     "lang.org"),
    std::string_view("static.crat"
                     "es.io"),
};

void check_machine(const SourceFile& file, std::string_view line, int number,
                   std::vector<Violation>& found) {
    for (const std::string_view text : machine_texts) {
        for (const std::size_t at : find_word(line, text)) {
            const bool is_part_of_path = text.front() == '/' && at > 0 &&
                                         (is_word_character(line[at - 1]) || line[at - 1] == '.' ||
                                          line[at - 1] == '}' || line[at - 1] == '*');
            if (is_part_of_path) continue;
            found.push_back({file.path, number, "machine",
                             "\"" + std::string(text) + "\" belongs to one machine or network"});
        }
    }
}

}  // namespace

// No tabs (make needs them), no spaces at the end of a line, a line break at the end of a file, no
// unnumbered marks of unfinished work, nothing that is true on one machine only.
void check_text(const SourceFile& file, std::vector<Violation>& found) {
    if (is_odd_on_purpose(file) || is_binary(file)) return;
    const bool may_hold_tabs = file.name() == "Makefile" || file.path.ends_with(".tsv");
    int number = 0;
    for (const std::string_view line : test::lines_of(file.text)) {
        ++number;
        if (!may_hold_tabs && line.find('\t') != std::string_view::npos) {
            found.push_back({file.path, number, "tab", "indent with spaces"});
        }
        if (test::without_trailing_spaces(line).size() != line.size()) {
            found.push_back({file.path, number, "trailing", "spaces at the end of the line"});
        }
        check_marks(file, line, number, found);
        check_machine(file, line, number, found);
    }
    if (!file.text.empty() && file.text.back() != '\n') {
        found.push_back({file.path, number, "last_line", "the file ends without a line break"});
    }
}

}  // namespace meshline::tidy
