#include "docs/guide_page.hpp"

#include "support/text.hpp"
#include "transcripts/match.hpp"

#include <algorithm>
#include <cctype>

namespace meshline::docs {
namespace {

using transcripts::Command;
using transcripts::MadeFile;
using transcripts::Transcript;

constexpr std::string_view indent = "    ";
constexpr std::string_view comment_end = " -->";

bool is_block(std::string_view line) {
    return line.starts_with(indent);
}

/// "X" of "<!-- word: X -->"; nothing for other lines.
bool take_comment(std::string_view line, std::string_view word, std::string& text) {
    const std::string start = "<!-- " + std::string(word) + ": ";
    if (!line.starts_with(start) || !line.ends_with(comment_end)) return false;
    line.remove_prefix(start.size());
    line.remove_suffix(comment_end.size());
    text = line;
    return true;
}

class PageReader {
  public:
    explicit PageReader(std::string_view markdown) {
        for (const std::string_view line : test::lines_of(markdown))
            page_.lines.emplace_back(line);
    }

    Transcript read() {
        std::string text;
        while (at_ < page_.lines.size()) {
            const std::string& line = page_.lines[at_];
            if (take_comment(line, "run", text)) {
                add_hidden(text);
            } else if (take_comment(line, "file", text)) {
                ++at_;
                take_file(text);
            } else if (take_comment(line, "not run", text)) {
                ++at_;
                skip_block();
            } else if (line == "<!-- requires shared -->") {
                page_.requires_shared = true;
                ++at_;
            } else if (is_block(line) && line.starts_with("    $ ")) {
                take_command();
            } else {
                ++at_;
            }
        }
        // Files that no command follows are nothing that could be seen.
        return page_;
    }

  private:
    void add_hidden(const std::string& text) {
        Command command;
        command.line = static_cast<int>(at_) + 1;
        command.files.swap(files_);
        command.text = "{ " + text + "\n} >/dev/null 2>&1";
        command.expected_first = ++at_;
        page_.commands.push_back(command);
    }

    void to_block() {
        while (at_ < page_.lines.size() && !is_block(page_.lines[at_]))
            ++at_;
    }

    /// The end of the block: its last indented line.
    std::size_t block_end() const {
        std::size_t end = at_;
        for (std::size_t line = at_; line < page_.lines.size(); ++line) {
            if (is_block(page_.lines[line])) {
                end = line + 1;
            } else if (!page_.lines[line].empty()) {
                break;
            }
        }
        return end;
    }

    void skip_block() {
        to_block();
        at_ = block_end();
    }

    void take_file(const std::string& name) {
        to_block();
        MadeFile file{name, ""};
        for (const std::size_t end = block_end(); at_ < end; ++at_) {
            const std::string& line = page_.lines[at_];
            if (line.starts_with("    $ ")) break;
            file.text += (is_block(line) ? line.substr(indent.size()) : line) + "\n";
        }
        files_.push_back(file);
    }

    void take_command() {
        const std::size_t end = block_end();
        Command command;
        command.line = static_cast<int>(at_) + 1;
        command.files.swap(files_);
        command.text = page_.lines[at_].substr(indent.size() + 2);
        command.expected_first = ++at_;
        for (; at_ < end && !page_.lines[at_].starts_with("    $ "); ++at_) {
            const std::string& line = page_.lines[at_];
            command.expected.push_back(is_block(line) ? line.substr(indent.size()) : line);
        }
        command.expected_count = command.expected.size();
        while (!command.expected.empty() && command.expected.back().empty())
            command.expected.pop_back();
        page_.commands.push_back(command);
    }

    Transcript page_;
    std::vector<MadeFile> files_;
    std::size_t at_ = 0;
};

bool is_hexadecimal(char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f');
}

/// The length of a digest or an id at `at`: hexadecimal digits alone, a letter among them.
std::size_t digest_length(std::string_view line, std::size_t at) {
    constexpr std::size_t digits_min = 12;
    const auto is_word = [](char byte) {
        return std::isalnum(static_cast<unsigned char>(byte)) != 0 || byte == '_';
    };
    if (at > 0 && is_word(line[at - 1])) return 0;
    std::size_t end = at;
    while (end < line.size() && is_hexadecimal(line[end]))
        ++end;
    if (end - at < digits_min || (end < line.size() && is_word(line[end]))) return 0;
    return end - at;
}

}  // namespace

Transcript read_page(std::string_view markdown) {
    return PageReader(markdown).read();
}

std::string page_before(std::string_view markdown) {
    std::string name;
    for (const std::string_view line : test::lines_of(markdown)) {
        if (take_comment(line, "after", name)) return name;
    }
    return "";
}

std::string with_placeholders(std::string_view line) {
    if (line == "...") return std::string(line);
    std::string text;
    for (std::size_t at = 0; at < line.size();) {
        if (const std::size_t length = transcripts::length_of_instant(line.substr(at))) {
            text += "<instant>";
            at += length;
        } else if (const std::size_t digits = digest_length(line, at)) {
            text += "<digest>";
            at += digits;
        } else if (line.substr(at).starts_with("...")) {
            text += "<...>";
            at += 3;
        } else {
            text += line[at++];
        }
    }
    return text;
}

std::string with_outputs(const Transcript& page,
                         const std::vector<std::vector<std::string>>& outputs) {
    std::vector<std::vector<std::string>> indented;
    for (const auto& output : outputs) {
        auto& lines = indented.emplace_back();
        for (const std::string& line : output)
            lines.push_back(line.empty() ? line : std::string(indent) + line);
    }
    return transcripts::with_expectations(page, indented);
}

}  // namespace meshline::docs
