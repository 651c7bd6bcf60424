#include "operate/answers/definition_check.hpp"

#include "core/stage/stream_transforms.hpp"
#include "core/workspace/load_workspace.hpp"
#include "operate/answers/asked_columns.hpp"
#include "operate/orchestrate/register_contract.hpp"

#include <algorithm>
#include <iterator>
#include <set>
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
Result<std::vector<Error>> check_versions(OpenWorkspace& opened, FileSystem& files,
                                          const Workspace& workspace) {
    std::vector<Error> problems;
    MESHLINE_ASSIGN(const std::string path, opened.data_path());
    if (!files.exists(path)) return problems;
    MESHLINE_ASSIGN(DataFolder * data, opened.data());
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

}  // namespace

Result<DefinitionCheck> check_definitions(OpenWorkspace& opened, Installation& installation) {
    MESHLINE_ASSIGN(const std::string root, opened.root());
    LoadedWorkspace loaded = load_workspace(root, installation.files());
    DefinitionCheck check;
    check.file_count = loaded.file_count;
    check.problems = std::move(loaded.problems);
    if (!loaded.workspace) return check;
    const auto add = [&](std::vector<Error> problems) {
        std::ranges::move(problems, std::back_inserter(check.problems));
    };
    add(check_transforms(*loaded.workspace, installation.transforms()));
    add(check_asked_columns(*loaded.workspace, installation.transforms()));
    auto of_versions = check_versions(opened, installation.files(), *loaded.workspace);
    if (of_versions.ok()) {
        add(std::move(*of_versions));
    } else {
        check.why_not_held = std::move(of_versions).error();
    }
    return check;
}

}  // namespace meshline
