#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "core/stage/stream_transforms.hpp"
#include "core/workspace/load_workspace.hpp"
#include "surface/cli/asked_columns.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/text_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

/// The SQL of every stream that a client uses; a transform that two clients share is reported once.
std::vector<Error> check_transforms(const Workspace& workspace, TransformEngine& engine) {
    std::vector<Error> problems;
    const auto is_new = [&](const Error& error) {
        return std::none_of(problems.begin(), problems.end(), [&](const Error& known) {
            return known.where == error.where && known.code == error.code &&
                   known.message == error.message;
        });
    };
    for (const ClientDefinition& client : workspace.clients) {
        for (const SourceDefinition& source : client.sources) {
            for (const std::string& name : source.streams) {
                const StreamDefinition* stream = source.pack->find(name);
                for (Error& error : engine.check(transforms_of(client, source, *stream))) {
                    if (is_new(error)) problems.push_back(std::move(error));
                }
            }
        }
    }
    return problems;
}

void write_problem(JsonWriter& writer, const Error& problem) {
    writer.begin_object();
    writer.member("code", problem.code).member("message", problem.message);
    writer.member("hint", problem.hint).member("file", problem.where.file);
    writer.member("line", problem.where.line).member("column", problem.where.column);
    writer.end_object();
}

Result<int> check(Session& session) {
    MESHLINE_ASSIGN(const std::string root, session.workspace_root());
    LoadedWorkspace loaded = load_workspace(root, session.installation().files());
    if (loaded.workspace) {
        auto of_transforms =
            check_transforms(*loaded.workspace, session.installation().transforms());
        std::ranges::move(of_transforms, std::back_inserter(loaded.problems));
        auto of_columns =
            check_asked_columns(*loaded.workspace, session.installation().transforms());
        std::ranges::move(of_columns, std::back_inserter(loaded.problems));
    }
    if (session.is_json()) {
        JsonWriter writer(true);
        writer.begin_object().member("files", loaded.file_count).key("problems").begin_array();
        for (const Error& problem : loaded.problems)
            write_problem(writer, problem);
        print_json(writer.end_array().end_object().take() + "\n");
    } else {
        for (const Error& problem : loaded.problems)
            print(render(problem) + "\n\n");
        print(text_line("{} problem{} in {} files",
                        with_thousands(static_cast<std::int64_t>(loaded.problems.size())),
                        loaded.problems.size() == 1 ? "" : "s", with_thousands(loaded.file_count)));
    }
    return loaded.problems.empty() ? 0 : exit_code_of(loaded.problems.front().kind);
}

}  // namespace

void add_check(CLI::App& app, CommandBody& chosen) {
    CLI::App* command = app.add_subcommand("check", "Read every definition and print all problems");
    command->callback([&chosen] { chosen = check; });
}

}  // namespace meshline
