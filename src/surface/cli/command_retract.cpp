#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "operate/orchestrate/check_log.hpp"
#include "operate/orchestrate/judge_clock.hpp"
#include "operate/orchestrate/retract.hpp"
#include "surface/cli/commands.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace meshline {
namespace {

struct RetractArguments {
    std::string client;
    std::vector<std::string> targets;
    std::string reason;
    bool is_clock_accepted = false;
};

std::string as_json(const Retracted& done) {
    JsonWriter writer(true);
    writer.begin_object().member("retraction", done.id).member("position", done.position);
    writer.member("fallen", done.fallen).member("risen", done.risen);
    return writer.end_object().take() + "\n";
}

std::string records(std::uint64_t count) {
    return fmt::format("{} record{}", with_thousands(static_cast<std::int64_t>(count)),
                       count == 1 ? "" : "s");
}

std::string as_text(const RetractArguments& arguments, const Retracted& done) {
    std::string text = fmt::format("retraction {}: {} no longer stand{}, {} stand{} again\n",
                                   done.id, records(done.fallen), done.fallen == 1 ? "s" : "",
                                   records(done.risen), done.risen == 1 ? "s" : "");
    text += fmt::format(
        "The figures follow with meshline run {0}; meshline retract {0} {1} undoes"
        " it.\n",
        arguments.client, done.id);
    return text;
}

Result<int> take_back(Session& session, const RetractArguments& arguments) {
    MESHLINE_ASSIGN(const ClientDefinition* client, session.client(arguments.client));
    MESHLINE_ASSIGN(DataFolder * data, session.opened().data());
    MESHLINE_TRY(data->check_writable());
    MESHLINE_ASSIGN(ControlStore * control, data->control());
    MESHLINE_ASSIGN(EventLog * log, data->log());
    MESHLINE_TRY(check_log(*control, *log, client->id));
    if (!arguments.is_clock_accepted) {
        MESHLINE_ASSIGN(const LastCaptures last, last_captures(*log, client->id));
        MESHLINE_TRY(judge_clock(session.clock().now(), last));
    }
    MESHLINE_ASSIGN(const Retracted done, retract(*log, *control,
                                                  {client->id, arguments.targets, arguments.reason,
                                                   session.clock().now()}));
    session.is_json() ? print_json(as_json(done)) : print(as_text(arguments, done));
    MESHLINE_ASSIGN(const LogHead head, log->head(client->id));
    MESHLINE_TRY(control->know_log(client->id, head));
    return 0;
}

}  // namespace

void add_retract(CLI::App& app, CommandBody& chosen) {
    CLI::App* command =
        app.add_subcommand("retract", "Take back a capture, single records, or a retraction");
    auto arguments = std::make_shared<RetractArguments>();
    command->add_option("CLIENT", arguments->client, "a client of the workspace")->required();
    command
        ->add_option("CAPTURE|POSITION", arguments->targets,
                     "a capture or a retraction by its id, or records by their positions, such as"
                     " 12 or 12-40")
        ->required();
    command->add_option("--reason", arguments->reason, "why, for those who read it later")
        ->required();
    command->add_flag("--accept-clock", arguments->is_clock_accepted,
                      "retract although the clock does not look right");
    command->callback([&chosen, arguments] {
        chosen = [arguments](Session& session) { return take_back(session, *arguments); };
    });
}

}  // namespace meshline
