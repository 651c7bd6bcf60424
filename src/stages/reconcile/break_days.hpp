#pragma once

#include "base/result/result.hpp"
#include "core/model/finding.hpp"
#include "core/warehouse/warehouse.hpp"
#include "stages/reconcile/items.hpp"

#include <map>
#include <string>
#include <vector>

namespace meshline {

/// The days of the entries of some items of each side, in order, each once. An item has the date of
/// its first entry; its figures are on the days of all of them.
struct SideDays {
    std::vector<BusinessDate> left;
    std::vector<BusinessDate> right;
};
using DaysByGroup = std::map<std::string, SideDays>;

/// The entries of the items in the relation `items`, each once: side, item_id, currency, and
/// claim_group, by which they are told apart. As of SideItems::entries_of_items_sql(), with side.
std::string entries_of_sides_sql(const Sides& sides, const std::string& items);

/// Of a relation of such entries.
Result<DaysByGroup> days_of_entries(Warehouse& warehouse, const std::string& entries);

/// The finding is about the days from the first to the last of these.
void span_days(Finding& finding, const SideDays& days);

}  // namespace meshline
