#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "core/stage/stream_transforms.hpp"
#include "core/workspace/load_workspace.hpp"
#include "operate/orchestrate/register_contract.hpp"
#include "surface/cli/asked_columns.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/text_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <string>
#include <utility>

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

/// What was captured before binds the streams' contracts and identities. A data folder that is not
/// there holds nothing, and is not made by a look at it.
Result<std::vector<Error>> check_versions(Session& session, const Workspace& workspace) {
    std::vector<Error> problems;
    MESHLINE_ASSIGN(const std::string path, session.opened().data_path());
    if (!session.installation().files().exists(path)) return problems;
    MESHLINE_ASSIGN(DataFolder * data, session.opened().data());
    MESHLINE_ASSIGN(ControlStore * control, data->control());
    std::set<std::pair<std::string, std::string>> seen;
    for (const ClientDefinition& client : workspace.clients) {
        for (const SourceDefinition& source : client.sources) {
            for (const std::string& name : source.streams) {
                if (!seen.insert({source.pack->name, name}).second) continue;
                MESHLINE_ASSIGN(auto refused,
                                refusal_of(*control, *source.pack, *source.pack->find(name)));
                if (refused) problems.push_back(std::move(*refused));
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
    MESHLINE_ASSIGN(const std::string root, session.opened().root());
    LoadedWorkspace loaded = load_workspace(root, session.installation().files());
    if (loaded.workspace) {
        auto of_transforms =
            check_transforms(*loaded.workspace, session.installation().transforms());
        std::ranges::move(of_transforms, std::back_inserter(loaded.problems));
        auto of_columns =
            check_asked_columns(*loaded.workspace, session.installation().transforms());
        std::ranges::move(of_columns, std::back_inserter(loaded.problems));
        auto of_versions = check_versions(session, *loaded.workspace);
        if (of_versions.ok()) {
            std::ranges::move(*of_versions, std::back_inserter(loaded.problems));
        } else {
            print_note(fmt::format("note: not held against what was captured: {}\n",
                                   of_versions.error().message));
        }
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
