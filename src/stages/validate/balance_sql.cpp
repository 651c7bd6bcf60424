#include "stages/validate/balance_sql.hpp"

#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"
#include "core/relations/relations.hpp"
#include "core/workspace/stream_books.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

/// The book's entries by what they have in common with a balance. An entry that names no account
/// belongs to the balances of its source that name none.
std::string movements_sql(const StageContext& context, const CheckDefinition& check) {
    return fmt::format(
        "movements as materialized (select e.source, coalesce({}, '') as account, e.currency,"
        " e.position, e.sign, e.business_on, e.amount from entries e where e.client_id = {}"
        " and e.book = {} and e.position <= {})",
        entry_column_sql(check.account_column), quote_literal(context.client.id.text()),
        quote_literal(name_of(check.book)), context.head.position);
}

/// The sources whose balances are held against the book: the one that the check names, else those
/// that write into it. What a bank says of its account is nothing to the book of payments.
std::vector<std::string> balance_sources(const ClientDefinition& client,
                                         const CheckDefinition& check) {
    if (!check.source.empty()) return {check.source};
    std::vector<std::string> names = {""};
    for (const SourceDefinition& source : client.sources) {
        if (source_books(source).contains(check.book)) names.push_back(source.head.name);
    }
    return names;
}

/// The live balances; `moved` is what the entries of the record's own event come to, if it has any.
std::string balances_sql(const StageContext& context, const CheckDefinition& check) {
    return fmt::format(
        "live as (select r.source, coalesce(r.name, '') as account, r.currency, r.business_on,"
        "   r.occurred_at, r.position, r.line_no, r.amount::decimal(38, 6) as balance"
        "  from records r where r.client_id = {0} and r.record_type = 'balance'"
        "  and r.amount is not null and r.position <= {1} and r.source in ({2})"
        "  and not exists (from supersessions s where s.client_id = r.client_id"
        "   and s.position = r.position and s.by_position <= {1})),"
        // One row per event, account and currency, so the join multiplies nothing.
        " own as (select source, account, currency, position, sum(amount) as moved"
        "  from movements where sign = 1 group by all),"
        " balances as materialized (select l.*, o.moved from live l left join own o"
        "  on o.position = l.position and o.source = l.source and o.account = l.account"
        "  and o.currency = l.currency)",
        quote_literal(context.client.id.text()), context.head.position,
        literal_list(balance_sources(context.client, check)));
}

/// Of the rows of a day, the values that end (1) or begin (-1) it: what one row ends with and
/// another starts from cancels out.
constexpr const char* ends_sql =
    "links as ("
    "  select source, account, currency, business_on, balance as value, 1 as side from balances"
    "  where moved is not null"
    "  union all"
    "  select source, account, currency, business_on, balance - moved, -1 from balances"
    "  where moved is not null),"
    " loose as (select source, account, currency, business_on, value, sum(side) as side"
    "  from links group by all having sum(side) <> 0),"
    " ends as ("
    "  select source, account, currency, business_on,"
    "   any_value(value) filter (side = 1) as last_balance,"
    "   any_value(value) filter (side = -1) as first_balance"
    "  from loose group by all having count(*) = 2 and max(side) = 1 and min(side) = -1)";

/// How the rows of an account lie, by how many neighbours fit each way.
constexpr const char* directions_sql =
    "neighbours as ("
    "  select source, account, currency, balance, moved,"
    "   lead(balance) over in_order as next_balance, lead(moved) over in_order as next_moved"
    "  from balances where moved is not null"
    "  window in_order as (partition by source, account, currency order by position, line_no)),"
    " directions as ("
    "  select source, account, currency,"
    "   count(*) filter (balance + next_moved = next_balance)"
    "    >= count(*) filter (next_balance + moved = balance) as is_oldest_first"
    "  from neighbours group by all),"
    // An account's balances have one direction, or none where no record has entries of its own.
    " ranked as ("
    "  select b.*, {'at': b.occurred_at,"
    "   'place': case when b.moved is null or d.is_oldest_first then 1 else -1 end"
    "    * b.position::hugeint,"
    "   'line_no': b.line_no} as place"
    "  from balances b left join directions d using (source, account, currency))";

/// One balance per day, and one for the eve of the first day.
constexpr const char* days_sql =
    "moved_by_day as materialized ("
    "  select source, account, currency, business_on, sum(amount) as amount"
    "  from movements group by all),"
    " outermost as ("
    "  select source, account, currency, business_on, arg_max(balance, place) as last_balance,"
    "   arg_min(balance - moved, place) as first_balance, sum(moved) as moved"
    "  from ranked group by all),"
    " closings as materialized ("
    "  select o.source, o.account, o.currency, o.business_on, o.moved,"
    "   coalesce(e.last_balance, o.last_balance) as balance,"
    "   coalesce(e.first_balance, o.first_balance) as started_from"
    "  from outermost o left join ends e using (source, account, currency, business_on)),"
    // What a day started from is known only where every entry of the day came with a balance.
    " eves as ("
    "  select c.source, c.account, c.currency, c.business_on - 1 as business_on,"
    "   c.started_from as balance"
    "  from closings c join moved_by_day m using (source, account, currency, business_on)"
    "  where c.moved = m.amount"
    "  qualify c.business_on = min(c.business_on) over"
    "   (partition by c.source, c.account, c.currency)),"
    " known as ("
    "  select source, account, currency, business_on::date as business_on, balance from closings"
    "  union all"
    "  select v.source, v.account, v.currency, v.business_on::date, v.balance from eves v"
    "  where not exists (from closings c where c.source = v.source and c.account = v.account"
    "   and c.currency = v.currency and c.business_on <= v.business_on))";

constexpr const char* steps_sql =
    // Both sides have one row per account, currency and day.
    "days as ("
    "  select source, account, currency, business_on, k.balance,"
    "   sum(coalesce(m.amount, 0)) over (partition by source, account, currency"
    "    order by business_on) as moved_until"
    "  from known k full join moved_by_day m using (source, account, currency, business_on)),"
    " steps as ("
    "  select source, account, currency, lag(business_on) over in_order as opening_on,"
    "   lag(balance) over in_order as opening,"
    "   (moved_until - lag(moved_until) over in_order)::decimal(38, 6) as activity,"
    "   business_on as closing_on, balance as closing"
    "  from days where balance is not null"
    "  window in_order as (partition by source, account, currency order by business_on)"
    "  qualify opening_on is not null)"
    " select * from steps order by source, account, currency, closing_on";

}  // namespace

std::string balance_steps_sql(const StageContext& context, const CheckDefinition& check) {
    return fmt::format("with {}, {}, {}, {}, {}, {}", movements_sql(context, check),
                       balances_sql(context, check), ends_sql, directions_sql, days_sql, steps_sql);
}

}  // namespace meshline
