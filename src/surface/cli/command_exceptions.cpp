#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/exception_text.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

struct ExceptionArguments {
    std::vector<std::string> clients;
    std::string type;
    std::string owner;
    bool is_closed_too = false;
};

/// A misspelt filter would read as "all is well".
Result<void> check_filter(Session& session, const ExceptionArguments& arguments) {
    const std::vector<std::string> types(std::begin(exception_type_names),
                                         std::end(exception_type_names));
    if (!arguments.type.empty() &&
        std::find(types.begin(), types.end(), arguments.type) == types.end()) {
        return Error{.kind = ErrorKind::not_found,
                     .code = "exception.unknown_type",
                     .message = fmt::format("there is no exception type \"{}\"", arguments.type),
                     .hint = hint_for_unknown(arguments.type, types)};
    }
    if (arguments.owner.empty()) return {};
    MESHLINE_ASSIGN(const auto workspace, session.workspace());
    if (workspace->owners.has(arguments.owner)) return {};
    return Error{.kind = ErrorKind::not_found,
                 .code = "owner.unknown",
                 .message = fmt::format("the workspace has no owner \"{}\"", arguments.owner),
                 .hint = hint_for_unknown(arguments.owner, workspace->owners.ids())};
}

Result<int> list_exceptions(Session& session, const ExceptionArguments& arguments) {
    MESHLINE_TRY(check_filter(session, arguments));
    ExceptionFilter filter;
    if (!arguments.clients.empty()) {
        MESHLINE_ASSIGN(const ClientDefinition* client, session.client(arguments.clients.front()));
        filter.client = client->id;
    }
    if (!arguments.type.empty()) filter.type = arguments.type;
    if (!arguments.owner.empty()) filter.owner = arguments.owner;
    filter.is_closed_too = arguments.is_closed_too;
    filter.has_claims = true;
    MESHLINE_ASSIGN(DataFolder * data, session.opened().data());
    MESHLINE_ASSIGN(ControlStore * control, data->control());
    MESHLINE_ASSIGN(const auto items, control->exceptions(filter));
    const bool is_filtered = filter.type || filter.owner;
    if (items.empty() && is_filtered && !session.is_json()) {
        print("No exceptions of this kind.\n");
        return 0;
    }
    session.is_json() ? print_json(exceptions_json(items)) : print(exceptions_text(items));
    return 0;
}

}  // namespace

void add_exceptions(CLI::App& app, CommandBody& chosen) {
    CLI::App* command =
        app.add_subcommand("exceptions", "What broke, by severity and money at risk");
    auto arguments = std::make_shared<ExceptionArguments>();
    command->add_option("CLIENT", arguments->clients, "a client of the workspace (default: all)")
        ->expected(0, 1);
    command
        ->add_option("--type", arguments->type, "only of this type, such as break or failed_event")
        ->type_name("TYPE");
    command->add_option("--owner", arguments->owner, "only of this owner")->type_name("OWNER");
    command->add_flag("--closed", arguments->is_closed_too, "list closed ones, too");
    command->callback([&chosen, arguments] {
        chosen = [arguments](Session& session) { return list_exceptions(session, *arguments); };
    });
}

}  // namespace meshline
