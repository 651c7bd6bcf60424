#pragma once

#include "surface/cli/session.hpp"

#include <functional>

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
void add_run(CLI::App& app, CommandBody& chosen);
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

}  // namespace meshline
