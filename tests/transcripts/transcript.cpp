#include "transcripts/transcript.hpp"

#include "support/text.hpp"

namespace meshline::transcripts {

namespace {

bool starts_file(std::string_view line) {
    return line.starts_with("file ") && line.ends_with(" <<<");
}

bool ends_output(std::string_view line) {
    return line.starts_with("$ ") || line.starts_with("# ") || line == "requires shared" ||
           starts_file(line);
}

class Parser {
  public:
    explicit Parser(std::string_view text) {
        for (const std::string_view line : test::lines_of(text))
            read_.lines.emplace_back(line);
    }

    Transcript parse() {
        while (at_ < lines().size() && read_.problem.empty()) {
            const std::string& line = lines()[at_];
            if (line.starts_with("$ ")) {
                take_command();
            } else if (starts_file(line)) {
                take_file();
            } else if (line == "requires shared") {
                read_.requires_shared = true;
                ++at_;
            } else if (line.empty() || line.starts_with("# ")) {
                ++at_;
            } else {
                fail("output before the first command");
            }
        }
        return read_;
    }

  private:
    const std::vector<std::string>& lines() const { return read_.lines; }
    void fail(const std::string& what) { read_.problem = std::to_string(at_ + 1) + ": " + what; }

    void take_file() {
        const std::string& head = lines()[at_];
        MadeFile file{head.substr(5, head.size() - 9), ""};
        std::size_t end = at_ + 1;
        while (end < lines().size() && lines()[end] != ">>>")
            file.text += lines()[end++] + "\n";
        if (end == lines().size()) return fail("a file block does not end");
        files_.push_back(file);
        at_ = end + 1;
    }

    void take_command() {
        Command command;
        command.line = static_cast<int>(at_) + 1;
        command.files.swap(files_);
        command.text = lines()[at_].substr(2);
        while (command.text.ends_with('\\') && at_ + 1 < lines().size()) {
            command.text += "\n" + lines()[++at_];
        }
        command.expected_first = ++at_;
        while (at_ < lines().size() && !ends_output(lines()[at_])) {
            command.expected.push_back(lines()[at_++]);
        }
        command.expected_count = command.expected.size();
        while (!command.expected.empty() && command.expected.back().empty()) {
            command.expected.pop_back();
        }
        read_.commands.push_back(command);
    }

    Transcript read_;
    std::vector<MadeFile> files_;
    std::size_t at_ = 0;
};

}  // namespace

Transcript parse_transcript(std::string_view text) {
    return Parser(text).parse();
}

std::string with_expectations(const Transcript& transcript,
                              const std::vector<std::vector<std::string>>& expected) {
    std::string text;
    std::size_t at = 0;
    for (std::size_t index = 0; index < transcript.commands.size(); ++index) {
        const Command& command = transcript.commands[index];
        for (; at < command.expected_first; ++at)
            text += transcript.lines[at] + "\n";
        for (const std::string& line : expected[index])
            text += line + "\n";
        const std::size_t end = command.expected_first + command.expected_count;
        // Blank lines part it from what follows.
        for (at = command.expected_first + command.expected.size(); at < end; ++at)
            text += "\n";
    }
    for (; at < transcript.lines.size(); ++at)
        text += transcript.lines[at] + "\n";
    return text;
}

}  // namespace meshline::transcripts
