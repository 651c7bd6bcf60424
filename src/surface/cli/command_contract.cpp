#include "surface/cli/commands.hpp"

#include <CLI/CLI.hpp>

namespace meshline {

void add_contract(CLI::App& app, CommandBody& chosen) {
    CLI::App* contract = app.add_subcommand("contract", "Work with contracts and JSON Schemas");
    contract->require_subcommand(1);
    add_contract_validate(*contract, chosen);
    add_contract_diff(*contract, chosen);
    add_contract_infer(*contract, chosen);
    for (CLI::App* command : contract->get_subcommands([](const CLI::App*) { return true; })) {
        command->fallthrough();
    }
}

}  // namespace meshline
