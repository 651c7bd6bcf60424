#include "base/text/text.hpp"
#include "surface/cli/commands.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace meshline {
namespace {

/// The command that the words name below `app`, such as "contract diff".
Result<const CLI::App*> find_command(const CLI::App& app, const std::vector<std::string>& words) {
    const CLI::App* found = &app;
    for (const std::string& word : words) {
        const std::vector<std::string> known = command_names(*found);
        const auto inner = found->get_subcommands(
            [&](const CLI::App* command) { return command->get_name() == word; });
        if (inner.empty()) {
            return Error{.code = "cli.usage",
                         .message = fmt::format("unknown command \"{}\"", word),
                         .hint = hint_for_unknown(word, known)};
        }
        found = inner.front();
    }
    return found;
}

}  // namespace

std::vector<std::string> command_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* command :
         app.get_subcommands([](const CLI::App* /*any*/) { return true; }))
        names.push_back(command->get_name());
    return names;
}

void add_help(CLI::App& app, CommandBody& chosen) {
    CLI::App* command = app.add_subcommand("help", "A command's arguments, options and examples");
    auto words = std::make_shared<std::vector<std::string>>();
    command->add_option("COMMAND", *words, "a command (default: all of them, in one line each)");
    command->callback([&app, &chosen, words] {
        chosen = [&app, words](Session& /*session*/) -> Result<int> {
            MESHLINE_ASSIGN(const CLI::App* found, find_command(app, *words));
            // help() of a command speaks of the one below it that was parsed, here this one.
            std::string name = app.get_name();
            for (const std::string& word : *words)
                name += " " + word;
            print(found->get_formatter()->make_help(found, name, CLI::AppFormatMode::Normal));
            return 0;
        };
    });
}

}  // namespace meshline
