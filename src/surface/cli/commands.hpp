#pragma once

#include "surface/cli/output.hpp"
#include "surface/cli/session.hpp"

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace meshline {

/// What the chosen command does; its value is the exit code.
using CommandBody = std::function<Result<int>(Session&)>;

/// Each declares one command below the one given; when the arguments name it, `chosen` becomes its
/// body.
void add_check(CLI::App& app, CommandBody& chosen);
void add_init(CLI::App& app, CommandBody& chosen);
void add_capture(CLI::App& app, CommandBody& chosen);
void add_captures(CLI::App& app, CommandBody& chosen);
void add_retract(CLI::App& app, CommandBody& chosen);
void add_run(CLI::App& app, CommandBody& chosen);
void add_status(CLI::App& app, CommandBody& chosen);
void add_report(CLI::App& app, CommandBody& chosen);
void add_explain(CLI::App& app, CommandBody& chosen);
void add_reconcile(CLI::App& app, CommandBody& chosen);
void add_exceptions(CLI::App& app, CommandBody& chosen);
void add_rebuild(CLI::App& app, CommandBody& chosen);
void add_verify(CLI::App& app, CommandBody& chosen);
void add_contract(CLI::App& app, CommandBody& chosen);
void add_contract_validate(CLI::App& contract, CommandBody& chosen);
void add_contract_infer(CLI::App& contract, CommandBody& chosen);
void add_contract_diff(CLI::App& contract, CommandBody& chosen);
void add_demo(CLI::App& app, CommandBody& chosen);
void add_help(CLI::App& app, CommandBody& chosen);
void add_completion(CLI::App& app, CommandBody& chosen);

/// The names of the commands right below `app`.
std::vector<std::string> command_names(const CLI::App& app);
/// `meshline complete -- WORDS`, what the shells' scripts ask: one candidate a line for the last of
/// the words. `arguments` are those behind "complete".
int print_completions(const CLI::App& app, Session& session, int argument_count, char** arguments);

}  // namespace meshline
