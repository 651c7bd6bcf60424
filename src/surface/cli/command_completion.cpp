#include "base/text/text.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/complete.hpp"
#include "surface/cli/text_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace meshline {
namespace {

struct Script {
    const char* shell;
    const char* text;
};

/// Each asks the program itself, so what it offers is what this program knows; where it knows
/// nothing the shell offers files.
constexpr std::array scripts = {
    Script{"bash", R"script(# Completes meshline in bash: source <(meshline completion bash)
_meshline() {
    local IFS=$'\n'
    COMPREPLY=($(meshline complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _meshline meshline
)script"},
    Script{"zsh", R"script(#compdef meshline
# Completes meshline in zsh: source <(meshline completion zsh)
_meshline() {
    local -a candidates
    candidates=(${(f)"$(meshline complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)"})
    if (( ${#candidates} )); then
        compadd -a candidates
    else
        _files
    fi
}
compdef _meshline meshline
)script"},
    Script{"fish", R"script(# Completes meshline in fish: meshline completion fish | source
function __meshline_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l candidates (meshline complete -- $words[2..-1] 2>/dev/null)
    if test (count $candidates) -gt 0
        printf '%s\n' $candidates
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c meshline -f -a '(__meshline_complete)'
)script"},
};

Result<int> print_script(const std::string& shell) {
    const auto found =
        std::ranges::find_if(scripts, [&](const Script& script) { return script.shell == shell; });
    if (found == scripts.end()) {
        std::vector<std::string> known;
        for (const Script& script : scripts)
            known.emplace_back(script.shell);
        return Error{.code = "cli.usage",
                     .message = fmt::format("unknown shell \"{}\"", shell),
                     .hint = hint_for_unknown(shell, known)};
    }
    print(found->text);
    return 0;
}

}  // namespace

void add_completion(CLI::App& app, CommandBody& chosen) {
    CLI::App* command =
        app.add_subcommand("completion", "A script with which the shell completes commands");
    auto shell = std::make_shared<std::string>();
    command->add_option("SHELL", *shell, "bash, zsh or fish")->required();
    command->callback([&chosen, shell] {
        chosen = [shell](Session& /*session*/) { return print_script(*shell); };
    });
}

int print_completions(const CLI::App& app, Session& session, int argument_count, char** arguments) {
    std::vector<std::string> words(arguments, arguments + argument_count);
    if (!words.empty() && words.front() == "--") words.erase(words.begin());
    std::string text;
    for (const std::string& word : completions(app, session, words))
        text += text_line("{}", word);
    print(text);
    return 0;
}

}  // namespace meshline
