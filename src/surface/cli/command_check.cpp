#include "base/text/text.hpp"
#include "operate/answers/definition_check.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/text_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace meshline {
namespace {

Result<int> check(Session& session) {
    MESHLINE_ASSIGN(const DefinitionCheck checked,
                    check_definitions(session.opened(), session.installation()));
    if (checked.why_not_held) {
        print_note(fmt::format("note: not held against what was captured: {}\n",
                               checked.why_not_held->message));
    }
    const std::vector<Error>& problems = checked.problems;
    if (session.is_json()) {
        print_json(definition_check_json(checked));
    } else {
        for (const Error& problem : problems)
            print(render(problem) + "\n\n");
        print(text_line("{} problem{} in {} files",
                        with_thousands(static_cast<std::int64_t>(problems.size())),
                        problems.size() == 1 ? "" : "s", with_thousands(checked.file_count)));
    }
    return problems.empty() ? 0 : exit_code_of(problems.front().kind);
}

}  // namespace

void add_check(CLI::App& app, CommandBody& chosen) {
    CLI::App* command = app.add_subcommand("check", "Read every definition and print all problems");
    command->callback([&chosen] { chosen = check; });
}

}  // namespace meshline
