#include "surface/cli/usage_error.hpp"

#include "base/text/text.hpp"
#include "surface/cli/commands.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <string_view>

namespace meshline {
namespace {

/// Errors begin in lower case; names of arguments, such as CLIENT, stay as the usage writes them.
std::string lower_start(std::string text) {
    const bool is_word = text.size() > 1 && to_lower_ascii(text).at(1) == text[1];
    if (is_word) text[0] = to_lower_ascii(text).front();
    return text;
}

bool every(const CLI::App* /*command*/) {
    return true;
}

/// The parser says "--outcome: broken not in {matched,break}" of a value that an option does not
/// take.
void explain_choice(Error& usage) {
    constexpr std::string_view between = " not in {";
    const std::string text = usage.message;
    const std::size_t colon = text.find(": ");
    const std::size_t choices = text.rfind(between);
    if (colon == std::string::npos || choices == std::string::npos || choices < colon) return;
    if (!text.ends_with('}')) return;
    const std::string value = text.substr(colon + 2, choices - colon - 2);
    const std::size_t first = choices + between.size();
    std::vector<std::string> known;
    for (const std::string_view one :
         split(std::string_view(text).substr(first, text.size() - 1 - first), ','))
        known.emplace_back(one);
    usage.message = fmt::format("{} takes no \"{}\"", text.substr(0, colon), value);
    usage.hint = hint_for_unknown(value, known);
}

/// A command of commands, "contract": what of the words behind it is wrong.
void explain_inner_command(const CLI::App& command, int argument_count, char** arguments,
                           Error& usage) {
    const auto named = command.get_subcommands();
    if (!named.empty()) {
        usage.hint = fmt::format("meshline {} {} --help shows its arguments and options.",
                                 command.get_name(), named.front()->get_name());
        return;
    }
    const std::vector<std::string> known = command_names(command);
    usage.message = fmt::format("\"{}\" needs a command of its own", command.get_name());
    usage.hint = fmt::format("Known: {}.", join(known, ", "));
    for (int index = 1; index + 1 < argument_count; ++index) {
        if (arguments[index] != command.get_name()) continue;
        const std::string word = arguments[index + 1];
        if (word.starts_with('-')) return;
        usage.message = fmt::format("unknown command \"{} {}\"", command.get_name(), word);
        usage.hint = hint_for_unknown(word, known);
        return;
    }
}

/// The first word that looks like an option and is none of the named commands: what it was meant to
/// be. False where every option is known.
bool explain_unknown_option(const CLI::App& app, int argument_count, char** arguments,
                            Error& usage) {
    std::vector<std::string> known;
    std::vector<const CLI::App*> apps = {&app};
    for (const CLI::App* command : app.get_subcommands()) {
        apps.push_back(command);
        for (const CLI::App* inner : command->get_subcommands())
            apps.push_back(inner);
    }
    for (const CLI::App* one : apps) {
        for (const CLI::Option* option : one->get_options()) {
            for (const std::string& name : option->get_lnames())
                known.push_back("--" + name);
        }
    }
    for (int index = 1; index < argument_count; ++index) {
        const std::string word = arguments[index];
        if (word == "--") return false;
        const std::string name = word.substr(0, word.find('='));
        if (!name.starts_with("--") || std::ranges::find(known, name) != known.end()) continue;
        usage.message = fmt::format("unknown option \"{}\"", name);
        if (const auto nearest = nearest_name(name, known)) {
            usage.hint = fmt::format("Did you mean \"{}\"?", *nearest);
        }
        return true;
    }
    return false;
}

}  // namespace

int first_word(int argument_count, char** arguments) {
    int index = 1;
    for (; index < argument_count; ++index) {
        const std::string_view word = arguments[index];
        const bool takes_value = word == "--workspace" || word == "--data" || word == "--now";
        if (takes_value) ++index;
        if (!word.starts_with('-')) return index;
    }
    return argument_count;
}

Error usage_error(const CLI::App& app, const CLI::ParseError& error, int argument_count,
                  char** arguments) {
    const std::vector<std::string> known = command_names(app);
    const auto named = app.get_subcommands();
    Error usage{.code = "cli.usage",
                .message = lower_start(error.what()),
                .hint = named.empty()
                            ? std::string("meshline --help lists the commands.")
                            : fmt::format("meshline {} --help shows its arguments and options.",
                                          named.front()->get_name())};
    if (explain_unknown_option(app, argument_count, arguments, usage)) return usage;
    explain_choice(usage);
    const bool has_commands = !named.empty() && !named.front()->get_subcommands(every).empty();
    if (has_commands) {
        explain_inner_command(*named.front(), argument_count, arguments, usage);
        return usage;
    }
    const bool has_no_command =
        named.empty() && dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;
    if (has_no_command) usage.message = "no command is named";
    const int first = first_word(argument_count, arguments);
    if (first == argument_count || !named.empty()) return usage;
    const std::string word = arguments[first];
    if (std::ranges::find(known, word) == known.end()) {
        usage.message = fmt::format("unknown command \"{}\"", word);
        usage.hint = hint_for_unknown(word, known);
    }
    return usage;
}

}  // namespace meshline
