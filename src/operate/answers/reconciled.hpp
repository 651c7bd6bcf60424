#pragma once

#include "base/money/wide_decimal.hpp"
#include "core/model/ids.hpp"
#include "core/warehouse/warehouse.hpp"
#include "core/workspace/definitions.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// Which items of a client's reconciliations are asked for; empty text: all.
struct ReconciledQuery {
    ClientId client;
    std::string reconciliation;
    std::string outcome;  ///< matched, suggested, break or expected

    bool is_filtered() const { return !reconciliation.empty() || !outcome.empty(); }
};

/// How many items of a side came to what, and what they sum to.
struct ReconciledSum {
    std::string reconciliation;
    std::string side;
    std::string outcome;
    std::string reason;  ///< "" where it needs none.
    std::string currency;
    std::int64_t items = 0;
    WideDecimal amount;
};

/// One item and what it came to. What it does not have is "": a key, a reason, a rule, a group.
struct ReconciledItem {
    std::string reconciliation;
    std::string side;
    std::string item_id;
    std::string key;
    std::string business_on;
    WideDecimal amount;
    std::string currency;
    std::string outcome;
    std::string reason;
    std::string rule;
    std::string group_id;
    std::optional<WideDecimal> difference;  ///< Of the group, where it has one.
};

/// As the last run left them, in order of their columns.
Result<std::vector<ReconciledSum>> reconciled_summary(Warehouse& warehouse,
                                                      const ReconciledQuery& query);
/// By reconciliation, side, item and currency; settled pairs are asked of the entries again.
Result<std::vector<ReconciledItem>> reconciled_items(Warehouse& warehouse,
                                                     const ReconciledQuery& query);

/// Error reconciliation.unknown with the nearest name; empty text is none.
Result<void> check_reconciliation(const Workspace& workspace, const std::string& name);

/// {"client", "summary": [...], "items": [...]}; money is text, null what an item does not have.
std::string reconciled_json(const ClientId& client, const std::vector<ReconciledSum>& summary,
                            const std::vector<ReconciledItem>& items);

}  // namespace meshline
