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

/// `items` is a relation of items, each once: side, item_id, currency, and claim_group, by which
/// their days are told apart.
Result<DaysByGroup> days_of_items(Warehouse& warehouse, const Sides& sides,
                                  const std::string& items);

/// The finding is about the days from the first to the last of these.
void span_days(Finding& finding, const SideDays& days);

}  // namespace meshline
