#include "core/stage/as_of.hpp"

#include "base/text/text.hpp"

#include <fmt/format.h>

namespace meshline {

Result<Instant> latest_received_at(StageContext& context) {
    MESHLINE_ASSIGN(const Rows rows,
                    context.warehouse.query(fmt::format(
                        "select coalesce(epoch_us(max(received_at)), 0) from event_counts"
                        " where client_id = {}",
                        quote_literal(context.client.id.text()))));
    return Instant{rows.integer(0, 0)};
}

Result<BusinessDate> as_of(StageContext& context) {
    MESHLINE_ASSIGN(const Instant latest, latest_received_at(context));
    return context.client.calendar.business_on(latest);
}

}  // namespace meshline
