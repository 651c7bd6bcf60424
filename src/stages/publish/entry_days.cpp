#include "stages/publish/entry_days.hpp"

#include "base/text/text.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

constexpr const char* stage = "entry_days";

}  // namespace

Result<void> note_entry_days(StageContext& context, const Watermarks& watermarks) {
    Position since = watermark_of(watermarks, stage).position;
    if (since > context.head.position) since = 0;
    const std::string client = quote_literal(context.client.id.text());
    return context.warehouse.transact([&]() -> Result<void> {
        // Without a watermark the facts were made anew.
        if (since == 0) {
            MESHLINE_TRY(
                context.warehouse.execute("delete from entry_days where client_id = " + client));
        }
        MESHLINE_TRY(context.warehouse.execute(fmt::format(
            "insert into entry_days select distinct client_id, book, entry_type, source,"
            " stream, business_on from entries where client_id = {0} and position > {1}"
            " and position <= {2} and sign = 1"
            " and position not in (select position from not_standing where client_id = {0})",
            client, since, context.head.position)));
        return write_watermarks(context, {{stage, {context.head.position, ""}}});
    });
}

Result<std::vector<EntryOrigin>> entry_origins(StageContext& context) {
    MESHLINE_ASSIGN(const Rows rows,
                    context.warehouse.query(fmt::format(
                        "select distinct book, entry_type, source, stream from entry_days"
                        " where client_id = {} order by all",
                        quote_literal(context.client.id.text()))));
    std::vector<EntryOrigin> origins;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        origins.push_back({std::string(rows.text(row, 0)), std::string(rows.text(row, 1)),
                           std::string(rows.text(row, 2)), std::string(rows.text(row, 3))});
    }
    return origins;
}

Result<std::optional<BusinessDate>> first_entry_day(StageContext& context, BusinessDate earliest) {
    MESHLINE_ASSIGN(const Rows rows,
                    context.warehouse.query(
                        fmt::format("select min(business_on) from entry_days where client_id = {}"
                                    " and business_on >= date '{}'",
                                    quote_literal(context.client.id.text()), earliest.text())));
    if (!rows.rows[0][0]) return std::optional<BusinessDate>();
    MESHLINE_ASSIGN(const BusinessDate first, BusinessDate::parse(rows.text(0, 0)));
    return std::optional(first);
}

}  // namespace meshline
