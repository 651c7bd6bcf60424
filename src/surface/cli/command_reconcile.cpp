#include "base/json/json.hpp"
#include "base/money/money_text.hpp"
#include "base/text/text.hpp"
#include "stages/reconcile/match_items.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/table.hpp"
#include "surface/cli/text_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

struct ReconcileArguments {
    std::string client;
    std::string reconciliation;
    std::string outcome;
    bool has_items = false;
};

std::string condition_sql(const ReconcileArguments& arguments) {
    std::string sql = "client_id = " + quote_literal(arguments.client);
    if (!arguments.reconciliation.empty()) {
        sql += " and reconciliation = " + quote_literal(arguments.reconciliation);
    }
    if (!arguments.outcome.empty()) sql += " and outcome = " + quote_literal(arguments.outcome);
    return sql;
}

std::string summary_sql(const ReconcileArguments& arguments) {
    return fmt::format(
        "select reconciliation, side, outcome, reason, currency, sum(item_count)::bigint as items,"
        " sum(amount)::decimal(38, 6) as amount from match_totals where {} group by all order by "
        "all",
        condition_sql(arguments));
}

std::string items_sql(const ReconcileArguments& arguments, const std::string& items) {
    return fmt::format(
        "select reconciliation, side, item_id, coalesce(item_key, '') as key, business_on, amount,"
        " currency, outcome, reason, rule, coalesce(group_id, '') as group_id, difference"
        " from ({}) where {} order by reconciliation, side, item_id, currency",
        items, condition_sql(arguments));
}

Result<Rows> read_items(Warehouse& warehouse, const ReconcileArguments& arguments) {
    MESHLINE_ASSIGN(const std::string items,
                    match_items_sql(warehouse, ClientId(arguments.client)));
    return warehouse.query(items_sql(arguments, items));
}

bool is_amount(const std::string& column) {
    return column == "amount" || column == "difference";
}

/// The place of the column `currency`.
std::size_t currency_at(const Rows& rows) {
    const auto code = std::find(rows.columns.begin(), rows.columns.end(), "currency");
    return static_cast<std::size_t>(code - rows.columns.begin());
}

void write_rows(JsonWriter& writer, const Rows& rows) {
    const std::size_t code_at = currency_at(rows);
    writer.begin_array();
    for (const auto& row : rows.rows) {
        writer.begin_object();
        for (std::size_t column = 0; column < row.size(); ++column) {
            const std::string& name = rows.columns[column];
            writer.key(name);
            // What an item does not have is null: a rule, a group, a reason.
            if (!row[column] || row[column]->empty()) {
                writer.null();
            } else if (name == "items") {
                writer.raw(*row[column]);
            } else if (is_amount(name)) {
                writer.string(amount_text(*row[column], row[code_at].value_or("")));
            } else {
                writer.string(*row[column]);
            }
        }
        writer.end_object();
    }
    writer.end_array();
}

std::string rows_text(const Rows& rows) {
    std::vector<Table::Column> columns;
    for (const std::string& name : rows.columns) {
        const bool is_number = name == "items" || is_amount(name);
        columns.push_back({name, is_number ? Table::Align::right : Table::Align::left});
    }
    Table table(columns);
    const std::size_t code_at = currency_at(rows);
    for (const auto& row : rows.rows) {
        std::vector<std::string> cells;
        for (std::size_t column = 0; column < row.size(); ++column) {
            const std::string cell = row[column].value_or("");
            const std::string& name = rows.columns[column];
            if (is_amount(name) && !cell.empty()) {
                const std::string amount = amount_text(cell, row[code_at].value_or(""));
                cells.push_back(with_thousands(amount));
            } else {
                cells.push_back(name == "items" ? with_thousands(cell) : cell);
            }
        }
        table.add(std::move(cells));
    }
    return table.text();
}

Result<void> check_name(const Workspace& workspace, const std::string& name) {
    std::vector<std::string> known;
    for (const auto& one : workspace.reconciliations) {
        if (name.empty() || one.head.name == name) return {};
        known.push_back(one.head.name);
    }
    if (name.empty()) return {};
    return Error{.kind = ErrorKind::not_found,
                 .code = "reconciliation.unknown",
                 .message = fmt::format("the workspace has no reconciliation \"{}\"", name),
                 .hint = hint_for_unknown(name, known)};
}

Result<int> reconcile(Session& session, const ReconcileArguments& arguments) {
    MESHLINE_ASSIGN(const auto workspace, session.workspace());
    MESHLINE_ASSIGN(const ClientDefinition* client, session.client(arguments.client));
    MESHLINE_TRY(check_name(*workspace, arguments.reconciliation));
    MESHLINE_ASSIGN(const RunStores stores, session.opened().run_stores_of(client->id));
    MESHLINE_ASSIGN(const Rows summary, stores.warehouse.query(summary_sql(arguments)));
    if (session.is_json()) {
        MESHLINE_ASSIGN(const Rows items, read_items(stores.warehouse, arguments));
        JsonWriter writer(true);
        writer.begin_object().member("client", arguments.client).key("summary");
        write_rows(writer, summary);
        writer.key("items");
        write_rows(writer, items);
        print_json(writer.end_object().take() + "\n");
        return 0;
    }
    const bool is_filtered = !arguments.reconciliation.empty() || !arguments.outcome.empty();
    if (summary.is_empty() && is_filtered) {
        print("No items of this kind.\n");
        return 0;
    }
    if (summary.is_empty()) {
        print(text_line("No results. Capture records, then: meshline run {}", arguments.client));
        return 0;
    }
    print(rows_text(summary));
    if (arguments.has_items) {
        MESHLINE_ASSIGN(const Rows items, read_items(stores.warehouse, arguments));
        print("\n" + rows_text(items));
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
