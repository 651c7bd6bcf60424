#include "base/text/text.hpp"
#include "base/time/zone.hpp"
#include "surface/cli/commands.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace meshline {
namespace {

constexpr const char* version = "meshline 0.1.0";

/// Errors begin in lower case; names of arguments, such as CLIENT, stay as the usage writes them.
std::string lower_start(std::string text) {
    const bool is_word = text.size() > 1 && to_lower_ascii(text).at(1) == text[1];
    if (is_word) text[0] = to_lower_ascii(text).front();
    return text;
}

bool every(const CLI::App* /*command*/) {
    return true;
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
    std::vector<std::string> known;
    for (const CLI::App* inner : command.get_subcommands(every))
        known.push_back(inner->get_name());
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

/// CLI11 names an unknown command as an unexpected argument; people want the nearest one.
int report_usage(const CLI::App& app, const CLI::ParseError& error, int argument_count,
                 char** arguments) {
    std::vector<std::string> known;
    for (const CLI::App* command : app.get_subcommands(every)) {
        known.push_back(command->get_name());
    }
    const auto named = app.get_subcommands();
    Error usage{.code = "cli.usage",
                .message = lower_start(error.what()),
                .hint = named.empty()
                            ? std::string("meshline --help lists the commands.")
                            : fmt::format("meshline {} --help shows its arguments and options.",
                                          named.front()->get_name())};
    const bool has_commands = !named.empty() && !named.front()->get_subcommands(every).empty();
    if (has_commands) {
        explain_inner_command(*named.front(), argument_count, arguments, usage);
        return report_error(usage);
    }
    const bool has_no_command =
        named.empty() && dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;
    if (has_no_command) usage.message = "no command is named";
    for (int index = 1; index < argument_count; ++index) {
        const std::string word = arguments[index];
        const bool takes_value = word == "--workspace" || word == "--data" || word == "--now";
        if (takes_value) ++index;
        if (word.starts_with('-')) continue;
        const bool is_known = std::find(known.begin(), known.end(), word) != known.end();
        if (!is_known && named.empty()) {
            usage.message = fmt::format("unknown command \"{}\"", word);
            usage.hint = hint_for_unknown(word, known);
        }
        break;
    }
    return report_error(usage);
}

}  // namespace

int run_command_line(int argument_count, char** arguments, Installation& installation) {
    CLI::App app("Meshline: the operating layer for e-commerce revenue", "meshline");
    app.set_version_flag("--version", version);
    app.require_subcommand(1);
    app.fallthrough();
    GlobalOptions options;
    app.add_option("--workspace", options.workspace,
                   "folder of definitions (default: found upward by meshline.yaml)")
        ->type_name("DIR");
    app.add_option("--data", options.data, "data folder (default: .meshline in the workspace)")
        ->type_name("DIR");
    app.add_flag("--json", options.is_json, "print JSON instead of tables");
    std::string now;
    app.add_option("--now", now, "take this for the present time (for replays and tests)")
        ->type_name("TIME");

    CommandBody chosen;
    add_init(app, chosen);
    add_check(app, chosen);
    add_capture(app, chosen);
    add_run(app, chosen);
    add_report(app, chosen);
    add_explain(app, chosen);
    add_reconcile(app, chosen);
    add_exceptions(app, chosen);
    add_rebuild(app, chosen);
    add_verify(app, chosen);
    add_contract(app, chosen);
    add_demo(app, chosen);
    for (CLI::App* command : app.get_subcommands(every)) {
        command->fallthrough();
    }
    try {
        app.parse(argument_count, arguments);
    } catch (const CLI::Success& asked) {
        return app.exit(asked);
    } catch (const CLI::ParseError& error) {
        return report_usage(app, error, argument_count, arguments);
    }
    if (!now.empty()) {
        const auto instant = parse_instant(now, std::nullopt);
        if (!instant.ok()) return report_error(instant.error());
        options.now = *instant;
    }
    Session session(installation, options);
    const auto done = chosen(session);
    return done.ok() ? *done : report_error(done.error());
}

}  // namespace meshline
