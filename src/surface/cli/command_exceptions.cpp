#include "base/json/json.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/exception_text.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace meshline {
namespace {

struct ExceptionArguments {
    std::vector<std::string> clients;
    std::string type;
    std::string owner;
    bool is_closed_too = false;
};

Result<int> list_exceptions(Session& session, const ExceptionArguments& arguments) {
    ExceptionFilter filter;
    if (!arguments.clients.empty()) {
        MESHLINE_ASSIGN(const ClientDefinition* client, session.client(arguments.clients.front()));
        filter.client = client->id;
    }
    if (!arguments.type.empty()) filter.type = arguments.type;
    if (!arguments.owner.empty()) filter.owner = arguments.owner;
    filter.is_closed_too = arguments.is_closed_too;
    MESHLINE_ASSIGN(DataFolder * data, session.data());
    MESHLINE_ASSIGN(ControlStore * control, data->control());
    MESHLINE_ASSIGN(const auto items, control->exceptions(filter));
    print(session.is_json() ? exceptions_json(items) : exceptions_text(items));
    return 0;
}

}  // namespace

void add_exceptions(CLI::App& app, CommandBody& chosen) {
    CLI::App* command = app.add_subcommand("exceptions", "What broke, by money at risk");
    auto arguments = std::make_shared<ExceptionArguments>();
    command->add_option("CLIENT", arguments->clients, "client (default: all)")->expected(0, 1);
    command->add_option("--type", arguments->type, "only of this type")->type_name("TYPE");
    command->add_option("--owner", arguments->owner, "only of this owner")->type_name("OWNER");
    command->add_flag("--closed", arguments->is_closed_too, "closed ones too");
    command->callback([&chosen, arguments] {
        chosen = [arguments](Session& session) { return list_exceptions(session, *arguments); };
    });
}

}  // namespace meshline
