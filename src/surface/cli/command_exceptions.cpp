#include "operate/answers/exception_list.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/exception_text.hpp"

#include <CLI/CLI.hpp>

namespace meshline {
namespace {

struct ExceptionArguments {
    std::vector<std::string> clients;
    std::string type;
    std::string owner;
    bool is_closed_too = false;
};

Result<int> show_exceptions(Session& session, const ExceptionArguments& arguments) {
    MESHLINE_TRY(check_exception_type(arguments.type));
    if (!arguments.owner.empty()) {
        MESHLINE_ASSIGN(const auto workspace, session.workspace());
        MESHLINE_TRY(check_owner(*workspace, arguments.owner));
    }
    ExceptionQuery query{.client = {},
                         .type = arguments.type,
                         .owner = arguments.owner,
                         .is_closed_too = arguments.is_closed_too};
    if (!arguments.clients.empty()) {
        MESHLINE_ASSIGN(const ClientDefinition* client, session.client(arguments.clients.front()));
        query.client = client->id;
    }
    MESHLINE_ASSIGN(DataFolder * data, session.opened().data());
    MESHLINE_ASSIGN(ControlStore * control, data->control());
    MESHLINE_ASSIGN(const ExceptionList list, list_exceptions(*control, query));
    if (session.is_json()) {
        print_json(exception_list_json(list));
    } else if (list.items.empty() && query.is_filtered()) {
        print("No exceptions of this kind.\n");
    } else {
        print(exceptions_text(list));
    }
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
        chosen = [arguments](Session& session) { return show_exceptions(session, *arguments); };
    });
}

}  // namespace meshline
