#include "transcripts/run_transcript.hpp"

#include "support/shell.hpp"
#include "support/temporary_folder.hpp"
#include "support/text.hpp"

#include <filesystem>

namespace meshline::transcripts {

namespace {

using test::shell_quoted;

/// When every transcript begins: 2026-11-28T12:00:00Z.
constexpr std::int64_t present = 1'795'867'200;

class Runner {
  public:
    explicit Runner(const Places& places)
        : places_(places),
          home_(folder_ / "home"),
          commands_(folder_ / "commands"),
          state_(folder_ / "current_folder") {
        std::filesystem::create_directories(home_);
        std::filesystem::create_directories(commands_);
        write_command();
        test::write_file(state_, home_ + "\n");
    }

    std::vector<std::string> run(const Command& command) {
        const std::string current = current_folder();
        for (const MadeFile& file : command.files) {
            test::write_file(current + "/" + file.name, file.text);
        }
        const test::ShellResult result = test::run_shell(script_of(command, current));
        std::vector<std::string> lines;
        const std::string output = with_names(result.output);
        for (const std::string_view line : test::lines_of(output))
            lines.emplace_back(line);
        while (!lines.empty() && lines.back().empty())
            lines.pop_back();
        if (result.exit_code != 0) {
            lines.push_back("[exit " + std::to_string(result.exit_code) + "]");
        }
        return lines;
    }

  private:
    /// What depends on the present day must come out the same on every day: the commands of a
    /// transcript follow each other by the minute.
    void write_command() const {
        const std::string command = commands_ + "/meshline";
        const std::string clock = commands_ + "/clock";
        test::write_file(clock, std::to_string(present) + "\n");
        test::write_file(command,
                         "#!/bin/sh\n"
                         "now=$(($(cat " +
                             shell_quoted(clock) +
                             ") + 60))\n"
                             "echo $now >" +
                             shell_quoted(clock) +
                             "\n"
                             "exec " +
                             shell_quoted(places_.binary_folder + "/meshline") +
                             " --now $(date -u -d @$now +%Y-%m-%dT%H:%M:%SZ) \"$@\"\n");
        std::filesystem::permissions(command, std::filesystem::perms::owner_all);
    }

    std::string current_folder() const {
        return std::string(test::without_trailing_spaces(test::read_file(state_)));
    }

    std::string script_of(const Command& command, const std::string& current) const {
        // The zone and language of this machine must not show.
        return "cd " + shell_quoted(current) + " || exit 125\n" +            //
               "export LC_ALL=C.UTF-8 TZ=UTC HOME=" + shell_quoted(home_) +  //
               " FOLDER=" + shell_quoted(home_) +                            //
               " REPO=" + shell_quoted(places_.repository) +                 //
               " FIXTURES=" + shell_quoted(places_.fixtures) +               //
               " SHARED=" + shell_quoted(places_.shared) +                   //
               " PATH=" + shell_quoted(commands_) + ":\"$PATH\"\n" +         //
               "trap 'pwd >" + state_ + "' EXIT\n" + command.text + "\n";
    }

    std::string with_names(std::string output) const {
        output = test::replace_all(output, home_, "$FOLDER");
        output = test::replace_all(output, places_.fixtures, "$FIXTURES");
        output = test::replace_all(output, places_.shared, "$SHARED");
        return test::replace_all(output, places_.repository, "$REPO");
    }

    const Places& places_;
    test::TemporaryFolder folder_;
    const std::string home_;
    const std::string commands_;
    const std::string state_;
};

}  // namespace

std::vector<std::vector<std::string>> run_transcript(const Transcript& transcript,
                                                     const Places& places) {
    Runner runner(places);
    std::vector<std::vector<std::string>> outputs;
    for (const Command& command : transcript.commands)
        outputs.push_back(runner.run(command));
    return outputs;
}

}  // namespace meshline::transcripts
