#include "stages/normalize/identities.hpp"

#include "base/hash/quick_hash.hpp"
#include "base/text/shorten.hpp"
#include "base/text/text.hpp"

#include <charconv>
#include <fmt/format.h>
#include <map>
#include <set>
#include <tuple>

namespace meshline {
namespace {

/// What is compared where two hashes are equal.
using Identity = std::tuple<std::string, std::string, std::string, Digest>;

Error stored_twice(const ClientId& client, const Event& event, Position first) {
    return Error{
        .kind = ErrorKind::corrupt,
        .code = "normalize.stored_twice",
        .message =
            fmt::format("the event log of \"{}\" holds one record twice: \"{}\" of {}/{} with"
                        " the same bytes at positions {} and {}",
                        client.text(), shortened(event.event_id, 80), event.source, event.stream,
                        first, event.position),
        .hint = fmt::format("It would count twice. Take one of them back: meshline retract {} {}"
                            " --reason TEXT.",
                            client.text(), event.position)};
}

/// Hashes that more than one event has.
Result<std::set<std::uint64_t>> repeated(Warehouse& warehouse, const ClientId& client) {
    MESHLINE_ASSIGN(
        const Rows rows,
        warehouse.query(fmt::format(
            "select identity from new_identities group by 1 having count(*) > 1"
            " union select identity from event_identities"
            " semi join new_identities using (identity) where event_identities.client_id = {}",
            quote_literal(client.text()))));
    std::set<std::uint64_t> hashes;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        std::uint64_t hash = 0;
        const std::string_view digits = rows.text(row, 0);
        std::from_chars(digits.data(), digits.data() + digits.size(), hash);
        hashes.insert(hash);
    }
    return hashes;
}

/// Equal hashes of different events are possible; the log tells.
Result<void> compare(EventLog& log, const ClientId& client, const std::set<std::uint64_t>& hashes,
                     const NewIdentities& added) {
    std::map<Identity, Position> known;
    MESHLINE_ASSIGN(const auto cursor, log.read(client, 1, added.last));
    Event event;
    while (true) {
        MESHLINE_ASSIGN(const bool has_event, cursor->next(event));
        if (!has_event) return {};
        if (!hashes.contains(identity_hash(event)) || added.fallen.contains(event.position))
            continue;
        const auto [found, is_new] =
            known.try_emplace({std::string(event.source), std::string(event.stream),
                               std::string(event.event_id), event.payload_digest},
                              event.position);
        if (!is_new) return stored_twice(client, event, found->second);
    }
}

}  // namespace

std::uint64_t identity_hash(const Event& event) {
    std::uint64_t hash = 0;
    for (const std::string_view part :
         {event.source, event.stream, event.event_id, event.payload_digest.view()}) {
        hash = quick_hash(part, hash);
    }
    return hash;
}

Result<void> note_identities(Warehouse& warehouse, EventLog& log, const ClientId& client,
                             const NewIdentities& added) {
    MESHLINE_TRY(warehouse.execute(
        "create or replace temp table new_identities (client_id varchar, identity ubigint)"));
    MESHLINE_TRY(warehouse.append_numbers("new_identities", client.text(), added.hashes));
    MESHLINE_ASSIGN(const auto again, repeated(warehouse, client));
    if (!again.empty()) MESHLINE_TRY(compare(log, client, again, added));
    MESHLINE_TRY(warehouse.execute("insert into event_identities from new_identities"));
    return warehouse.execute("drop table new_identities");
}

}  // namespace meshline
