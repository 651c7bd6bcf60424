#include "base/money/money_text.hpp"
#include "base/text/text.hpp"
#include "operate/answers/reconciled.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/table.hpp"
#include "surface/cli/text_line.hpp"

#include <CLI/CLI.hpp>

namespace meshline {
namespace {

struct ReconcileArguments {
    std::string client;
    std::string reconciliation;
    std::string outcome;
    bool has_items = false;
};

/// For people, with the currency's digits and separated thousands.
std::string shown_amount(WideDecimal amount, const std::string& currency) {
    return with_thousands(amount_text(amount.text(), currency));
}

std::string summary_text(const std::vector<ReconciledSum>& summary) {
    using Align = Table::Align;
    Table table({{"reconciliation"},
                 {"side"},
                 {"outcome"},
                 {"reason"},
                 {"currency"},
                 {"items", Align::right},
                 {"amount", Align::right}});
    for (const ReconciledSum& sum : summary) {
        table.add({sum.reconciliation, sum.side, sum.outcome, sum.reason, sum.currency,
                   with_thousands(sum.items), shown_amount(sum.amount, sum.currency)});
    }
    return table.text();
}

std::string items_text(const std::vector<ReconciledItem>& items) {
    using Align = Table::Align;
    Table table({{"reconciliation"},
                 {"side"},
                 {"item_id"},
                 {"key"},
                 {"business_on"},
                 {"amount", Align::right},
                 {"currency"},
                 {"outcome"},
                 {"reason"},
                 {"rule"},
                 {"group_id"},
                 {"difference", Align::right}});
    for (const ReconciledItem& item : items) {
        table.add({item.reconciliation, item.side, item.item_id, item.key, item.business_on,
                   shown_amount(item.amount, item.currency), item.currency, item.outcome,
                   item.reason, item.rule, item.group_id,
                   item.difference ? shown_amount(*item.difference, item.currency) : ""});
    }
    return table.text();
}

Result<int> reconcile(Session& session, const ReconcileArguments& arguments) {
    MESHLINE_ASSIGN(const auto workspace, session.workspace());
    MESHLINE_ASSIGN(const ClientDefinition* client, session.client(arguments.client));
    MESHLINE_TRY(check_reconciliation(*workspace, arguments.reconciliation));
    MESHLINE_ASSIGN(const RunStores stores, session.opened().run_stores_of(client->id));
    const ReconciledQuery query{.client = client->id,
                                .reconciliation = arguments.reconciliation,
                                .outcome = arguments.outcome};
    MESHLINE_ASSIGN(const auto summary, reconciled_summary(stores.warehouse, query));
    if (session.is_json()) {
        MESHLINE_ASSIGN(const auto items, reconciled_items(stores.warehouse, query));
        print_json(reconciled_json(client->id, summary, items));
        return 0;
    }
    if (summary.empty() && query.is_filtered()) {
        print("No items of this kind.\n");
        return 0;
    }
    if (summary.empty()) {
        print(text_line("No results. Capture records, then: meshline run {}", client->id.text()));
        return 0;
    }
    print(summary_text(summary));
    if (arguments.has_items) {
        MESHLINE_ASSIGN(const auto items, reconciled_items(stores.warehouse, query));
        print("\n" + items_text(items));
    }
    return 0;
}

}  // namespace

void add_reconcile(CLI::App& app, CommandBody& chosen) {
    CLI::App* command = app.add_subcommand(
        "reconcile", "What every item of the last run's reconciliations came to");
    auto arguments = std::make_shared<ReconcileArguments>();
    command->add_option("CLIENT", arguments->client, "a client of the workspace")->required();
    command->add_option("RECONCILIATION", arguments->reconciliation,
                        "one of the workspace (default: all)");
    command->add_option("--outcome", arguments->outcome, "only items that came to this")
        ->check(CLI::IsMember({"matched", "suggested", "break", "expected"}));
    command->add_flag("--items", arguments->has_items, "list the items, not only their sums");
    command->callback([&chosen, arguments] {
        chosen = [arguments](Session& session) { return reconcile(session, *arguments); };
    });
}

}  // namespace meshline
