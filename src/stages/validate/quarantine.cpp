#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"
#include "stages/validate/check.hpp"

#include <fmt/format.h>

namespace meshline {

std::string live_entries_sql(const StageContext& context, Book book,
                             const std::vector<std::string>& entries) {
    return fmt::format(
        "from entries e where e.client_id = {0} and e.book = {1} and e.entry_type in ({2})"
        " and e.position <= {3} and e.sign = 1"
        " and e.position not in (select position from supersessions where client_id = {0})",
        quote_literal(context.client.id.text()), quote_literal(name_of(book)),
        literal_list(entries), context.head.position);
}

Result<void> quarantine(StageContext& context, const CheckDefinition& check,
                        const std::string& failing) {
    const std::string client = quote_literal(context.client.id.text());
    const std::string name = quote_literal(check.head.name);
    const std::string key = "position, entry_type, line_no, business_on";
    return context.warehouse.transact([&]() -> Result<void> {
        MESHLINE_TRY(context.warehouse.execute(fmt::format(
            "create or replace temp table failing as select {} {}", key,
            check.severity == CheckSeverity::quarantine ? failing : "from entries where false")));
        const std::string before = fmt::format(
            "select {} from quarantined_entries where client_id = {} and check_name = {}", key,
            client, name);
        MESHLINE_TRY(
            context.warehouse.execute(fmt::format("insert into touched_days select distinct {0}, "
                                                  "business_on, 'quarantine by ' || {1} from"
                                                  " ((select {2} from failing except {3}) union "
                                                  "all ({3} except select {2} from failing))",
                                                  client, name, key, before)));
        MESHLINE_TRY(context.warehouse.execute(
            fmt::format("delete from quarantined_entries where client_id = {} and check_name = {}",
                        client, name)));
        return context.warehouse.execute(fmt::format(
            "insert into quarantined_entries select {}, {}, {} from failing", client, name, key));
    });
}

}  // namespace meshline
