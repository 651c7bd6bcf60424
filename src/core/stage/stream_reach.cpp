#include "core/stage/stream_reach.hpp"

#include "base/text/text.hpp"
#include "core/stage/as_of.hpp"
#include "core/stage/plausible_days.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {
namespace {

bool is_listed(const ClientDefinition& client, std::string_view source, std::string_view stream) {
    const SourceDefinition* found = client.find(source);
    return found && std::ranges::find(found->streams, stream) != found->streams.end();
}

}  // namespace

Result<std::vector<StreamReach>> stream_reaches(StageContext& context) {
    MESHLINE_ASSIGN(const BusinessDate today, as_of(context));
    const std::string client = quote_literal(context.client.id.text());
    MESHLINE_ASSIGN(
        const Rows rows,
        context.warehouse.query(fmt::format(
            "select source, stream,"
            " min(business_on) filter (record_count > 0 and business_on between date '{2}'"
            "  and date '{1}'),"
            " max(business_on) filter (record_count > 0 and business_on between date '{2}'"
            "  and date '{1}'),"
            " epoch_us(max(received_at) filter (record_count > 0))"
            // What captures left that were taken back bears no receipt.
            " from (select source, stream, business_on, record_count, received_at from event_counts"
            "   where client_id = {0} and received_at > timestamp '1970-01-01'"
            "  union all select source, stream, date '{1}', 0, received_at from rejected_events"
            "   where client_id = {0}) group by 1, 2 order by 1, 2",
            client, today.text(), earliest_day(context.client, today).text())));
    std::vector<StreamReach> reaches;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        if (!is_listed(context.client, rows.text(row, 0), rows.text(row, 1))) continue;
        StreamReach& reach = reaches.emplace_back();
        reach.source = rows.text(row, 0);
        reach.stream = rows.text(row, 1);
        if (rows.rows[row][2]) {
            MESHLINE_ASSIGN(reach.first_on, BusinessDate::parse(rows.text(row, 2)));
            MESHLINE_ASSIGN(reach.last_on, BusinessDate::parse(rows.text(row, 3)));
        }
        if (rows.rows[row][4]) reach.last_received_at = Instant{rows.integer(row, 4)};
    }
    return reaches;
}

}  // namespace meshline
