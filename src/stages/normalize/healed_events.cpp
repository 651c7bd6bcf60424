#include "stages/normalize/healed_events.hpp"

#include "base/text/text.hpp"
#include "stages/normalize/rerun.hpp"

#include <fmt/format.h>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace meshline {
namespace {

/// Revisions have a space and their tie breaker behind what they state, but for those by arrival,
/// which are never equal. Of equal ones the later in the log corrects the other.
std::string by_revision_sql(const std::string& client) {
    return fmt::format(
        "insert into healed select r.position from rejected_events r"
        " where r.client_id = {0} and r.revision is not null and exists ("
        "  from revisions v where v.client_id = {0} and v.source = r.source"
        "   and v.stream = r.stream and v.object_id = r.object_id"
        "   and v.revision >= r.revision || ' '"
        "   and (v.position > r.position"
        "    or not starts_with(v.revision, r.revision || ' '))"
        "   and v.position not in"
        "    (select position from not_standing where client_id = {0}))",
        client);
}

/// Temporary table `booked`: the standing events that have facts, of the objects that events
/// without a revision may be of.
std::string booked_sql(const std::string& client) {
    return fmt::format(
        "create or replace temp table booked as with asked as materialized ("
        "  select source, stream, unnest([object_id, record_id]) as object_id"
        "  from rejected_events where client_id = {0} and record_id is not null"
        "   and kind <> 'conflict')"
        " select distinct * from ("
        "  select source, stream, object_id, position from entries where client_id = {0}"
        "  union all"
        "  select source, stream, object_id, position from touchpoints where client_id = {0}"
        "  union all"
        "  select source, stream, object_id, position from records where client_id = {0}) b"
        " where position not in (select position from not_standing where client_id = {0})"
        "  and (source, stream, object_id) in (select (source, stream, object_id) from asked)",
        client);
}

/// Pairs of a failed event and a later good one of the object that the column of the failed one
/// names.
std::string pairs_sql(const std::string& client, std::string_view columns,
                      std::string_view object) {
    return fmt::format(
        "select {1} from rejected_events r join booked b on b.source = r.source"
        " and b.stream = r.stream and b.object_id = r.{2} where r.client_id = {0}"
        " and r.record_id is not null and r.kind <> 'conflict'"
        " and b.position > r.position",
        client, columns, object);
}

/// (source, stream) of those without revisions whose events have objects of their own.
std::string streams_with_objects(const ClientDefinition& client) {
    std::string list;
    for (const SourceDefinition& source : client.sources) {
        for (const std::string& name : source.streams) {
            const StreamDefinition* stream = source.pack->find(name);
            if (!stream || stream->identity.has_revisions()) continue;
            if (stream->identity.object_id.empty()) continue;
            list += fmt::format("{}({}, {})", list.empty() ? "" : ", ",
                                quote_literal(source.head.name), quote_literal(name));
        }
    }
    return list;
}

/// Where events have objects of their own, the log tells whether an event is the one.
Result<void> heal_by_event_id(StageContext& context, const std::string& client,
                              const std::string& streams) {
    MESHLINE_ASSIGN(const Rows rows,
                    context.warehouse.query(
                        pairs_sql(client, "r.position, r.record_id, b.position", "object_id") +
                        fmt::format(" and (r.source, r.stream) in ({}) order by 3", streams)));
    std::multimap<Position, std::pair<std::string_view, std::string_view>> failed_by_good;
    PositionSet good;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        const auto position = static_cast<Position>(rows.integer(row, 2));
        good.add(position);
        failed_by_good.emplace(position, std::pair(rows.text(row, 1), rows.text(row, 0)));
    }
    std::vector<std::vector<std::optional<std::string>>> healed;
    MESHLINE_TRY(read_events(context, good, [&](const Event& event) -> Result<void> {
        const auto [first, last] = failed_by_good.equal_range(event.position);
        for (auto one = first; one != last; ++one) {
            const auto& [record_id, failed] = one->second;
            if (record_id == event.event_id) healed.push_back({std::string(failed)});
        }
        return {};
    }));
    return context.warehouse.append("healed", healed);
}

}  // namespace

Result<void> make_healed(StageContext& context) {
    Warehouse& warehouse = context.warehouse;
    const std::string client = quote_literal(context.client.id.text());
    MESHLINE_TRY(warehouse.execute("create or replace temp table healed (position ubigint)"));
    MESHLINE_TRY(warehouse.execute(by_revision_sql(client)));
    MESHLINE_TRY(warehouse.execute(booked_sql(client)));
    const std::string streams = streams_with_objects(context.client);
    // Elsewhere an event is its object.
    std::string elsewhere;
    if (!streams.empty()) elsewhere = fmt::format(" and (r.source, r.stream) not in ({})", streams);
    MESHLINE_TRY(warehouse.execute(
        "insert into healed " + pairs_sql(client, "distinct r.position", "record_id") + elsewhere));
    if (!streams.empty()) MESHLINE_TRY(heal_by_event_id(context, client, streams));
    return warehouse.execute(fmt::format(
        "insert into healed select r.position from rejected_events r where r.client_id = {0}"
        " and r.code = 'normalize.capture_again' and exists (from rejected_events c"
        "  where c.client_id = {0} and c.kind = 'conflict' and c.source = r.source"
        "   and c.stream = r.stream and c.event_id = r.record_id and c.position > r.position)",
        client));
}

}  // namespace meshline
