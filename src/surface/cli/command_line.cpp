#include "base/time/zone.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/examples.hpp"
#include "surface/cli/run_command_line.hpp"
#include "surface/cli/usage_error.hpp"

#include <CLI/CLI.hpp>
#include <sstream>
#include <string_view>

namespace meshline {
namespace {

constexpr const char* version = "meshline 0.2.0";

bool every(const CLI::App* /*command*/) {
    return true;
}

/// --workspace and --data among the words that are to be completed, or before them.
GlobalOptions options_among(int argument_count, char** arguments) {
    GlobalOptions options;
    for (int index = 1; index + 1 < argument_count; ++index) {
        const std::string_view word = arguments[index];
        if (word == "--workspace") options.workspace = arguments[index + 1];
        if (word == "--data") options.data = arguments[index + 1];
    }
    return options;
}

/// The examples of each command stand below its help.
void add_examples(CLI::App& app, const std::string& name) {
    app.footer(examples_of(name));
    for (CLI::App* command : app.get_subcommands(every))
        add_examples(*command,
                     name.empty() ? command->get_name() : name + " " + command->get_name());
}

void add_commands(CLI::App& app, CommandBody& chosen) {
    add_init(app, chosen);
    add_check(app, chosen);
    add_capture(app, chosen);
    add_captures(app, chosen);
    add_retract(app, chosen);
    add_run(app, chosen);
    add_status(app, chosen);
    add_report(app, chosen);
    add_explain(app, chosen);
    add_reconcile(app, chosen);
    add_exceptions(app, chosen);
    add_rebuild(app, chosen);
    add_verify(app, chosen);
    add_contract(app, chosen);
    add_demo(app, chosen);
    add_help(app, chosen);
    add_completion(app, chosen);
}

int parse_and_run(int argument_count, char** arguments, Installation& installation) {
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
        ->type_name("TIME")
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);

    CommandBody chosen;
    add_commands(app, chosen);
    add_examples(app, "");
    for (CLI::App* command : app.get_subcommands(every)) {
        command->fallthrough();
    }
    // What comes behind it are another command line's words, so it is none of the commands.
    const int first = first_word(argument_count, arguments);
    if (first < argument_count && std::string_view(arguments[first]) == "complete") {
        Session session(installation, options_among(argument_count, arguments));
        return print_completions(app, session, argument_count - first - 1, arguments + first + 1);
    }
    try {
        app.parse(argument_count, arguments);
    } catch (const CLI::Success& asked) {
        std::ostringstream text;
        const int code = app.exit(asked, text, text);
        print(text.str());
        return code;
    } catch (const CLI::ParseError& error) {
        // Nothing is wrong with a line that names no command: who wrote it wants to know what there
        // is.
        const bool is_bare = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr &&
                             app.get_subcommands().empty() && app.remaining().empty();
        if (is_bare) {
            print(app.get_formatter()->make_help(&app, app.get_name(), CLI::AppFormatMode::Normal));
            return 0;
        }
        return report_error(usage_error(app, error, argument_count, arguments));
    }
    if (!now.empty()) {
        const auto instant = parse_instant(now, std::nullopt);
        if (!instant.ok()) {
            Error error = instant.error();
            error.hint = "--now is a point in time with its offset: --now 2026-12-01T00:00:00Z.";
            return report_error(error);
        }
        options.now = *instant;
    }
    Session session(installation, options);
    const auto done = chosen(session);
    return done.ok() ? *done : report_error(done.error());
}

}  // namespace

int run_command_line(int argument_count, char** arguments, Installation& installation) {
    const int code = parse_and_run(argument_count, arguments, installation);
    const auto written = finish_output();
    if (written.ok()) return code;
    const int failed = report_error(written.error());
    return code == 0 ? failed : code;
}

}  // namespace meshline
