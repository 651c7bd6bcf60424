#include "stages/reconcile/settling_dates.hpp"

#include "core/stage/as_of.hpp"
#include "core/stage/stream_reach.hpp"
#include "core/workspace/stream_books.hpp"

#include <algorithm>
#include <vector>

namespace meshline {
namespace {

bool writes_to(const ClientDefinition& client, const StreamReach& reach,
               const SideDefinition& side) {
    if (!side.source.empty() && side.source != reach.source) return false;
    return stream_books(*client.find(reach.source), reach.stream).contains(side.book);
}

std::optional<BusinessDate> came_on(const ClientDefinition& client,
                                    const std::vector<StreamReach>& reaches,
                                    const SideDefinition& side) {
    std::optional<Instant> latest;
    for (const StreamReach& reach : reaches) {
        if (writes_to(client, reach, side)) latest = std::max(latest, reach.last_received_at);
    }
    if (!latest) return std::nullopt;
    return client.calendar.business_on(*latest);
}

}  // namespace

Result<SettlingDates> settling_dates(StageContext& context,
                                     const ReconciliationDefinition& reconciliation) {
    SettlingDates dates;
    MESHLINE_ASSIGN(dates.today, as_of(context));
    MESHLINE_ASSIGN(const auto reaches, stream_reaches(context));
    dates.left_came_on = came_on(context.client, reaches, reconciliation.left);
    dates.right_came_on = came_on(context.client, reaches, reconciliation.right);
    return dates;
}

}  // namespace meshline
