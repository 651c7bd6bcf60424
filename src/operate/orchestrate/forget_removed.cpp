#include "operate/orchestrate/forget_removed.hpp"

#include "base/text/text.hpp"
#include "operate/orchestrate/silent_sources.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace meshline {
namespace {

Result<void> close_exceptions(const RunStores& stores, const StageList& stages,
                              const std::function<bool(const ClientId&)>& is_removed,
                              std::set<ClientId>& forgotten) {
    MESHLINE_ASSIGN(const auto homes, stores.control.homes_of_open_exceptions());
    for (const ExceptionHome& home : homes) {
        const bool is_gone = is_removed(home.client);
        const bool is_kept =
            home.stage == watch_stage || std::ranges::any_of(stages, [&](const auto& stage) {
                return stage->name() == home.stage;
            });
        if (!is_gone && is_kept) continue;
        MESHLINE_TRY(stores.control.sync_findings(home.client, home.stage, {}, stores.clock.now()));
        if (is_gone) forgotten.insert(home.client);
    }
    return {};
}

Result<void> delete_facts(Warehouse& warehouse, const ClientId& client) {
    // Every table of facts is by client.
    MESHLINE_ASSIGN(const Rows tables,
                    warehouse.query("select table_name from duckdb_columns()"
                                    " where column_name = 'client_id' and not internal"
                                    " order by table_name"));
    return warehouse.transact([&]() -> Result<void> {
        for (std::size_t row = 0; row < tables.rows.size(); ++row) {
            MESHLINE_TRY(warehouse.execute(fmt::format("delete from {} where client_id = {}",
                                                       quote_identifier(tables.text(row, 0)),
                                                       quote_literal(client.text()))));
        }
        return {};
    });
}

}  // namespace

Result<std::vector<ClientId>> forget_removed(
    const RunStores& stores, const StageList& stages,
    const std::function<bool(const ClientId&)>& is_removed) {
    std::set<ClientId> forgotten;
    MESHLINE_TRY(close_exceptions(stores, stages, is_removed, forgotten));
    // Whoever has facts has a watermark: both are written together.
    MESHLINE_ASSIGN(const Rows known,
                    stores.warehouse.query("select distinct client_id from watermarks"));
    for (std::size_t row = 0; row < known.rows.size(); ++row) {
        const ClientId client{std::string(known.text(row, 0))};
        if (!is_removed(client)) continue;
        MESHLINE_TRY(delete_facts(stores.warehouse, client));
        forgotten.insert(client);
    }
    return std::vector<ClientId>(forgotten.begin(), forgotten.end());
}

}  // namespace meshline
