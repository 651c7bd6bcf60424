#include "stages/reconcile/break_days.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

std::string side_sql(const SideItems& side, const char* name, const std::string& items) {
    return fmt::format(
        "select '{}' as side, * from ({})", name,
        side.entries_of_items_sql(fmt::format(
            "select item_id, currency, claim_group from ({}) where side = '{}'", items, name)));
}

}  // namespace

std::string entries_of_sides_sql(const Sides& sides, const std::string& items) {
    return side_sql(sides.left, "left", items) + " union all " +
           side_sql(sides.right, "right", items);
}

Result<DaysByGroup> days_of_entries(Warehouse& warehouse, const std::string& entries) {
    MESHLINE_ASSIGN(const Rows rows,
                    warehouse.query(fmt::format("select distinct claim_group, side, business_on"
                                                " from ({}) order by all",
                                                entries)));
    DaysByGroup groups;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        SideDays& days = groups[std::string(rows.text(row, 0))];
        MESHLINE_ASSIGN(const BusinessDate day, BusinessDate::parse(rows.text(row, 2)));
        (rows.text(row, 1) == "left" ? days.left : days.right).push_back(day);
    }
    return groups;
}

void span_days(Finding& finding, const SideDays& days) {
    for (const auto* side : {&days.left, &days.right}) {
        if (side->empty()) continue;
        finding.from = std::min(finding.from.value_or(side->front()), side->front());
        finding.to = std::max(finding.to.value_or(side->back()), side->back());
    }
}

}  // namespace meshline
