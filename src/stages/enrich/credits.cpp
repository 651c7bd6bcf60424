#include "stages/enrich/credits.hpp"

#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"
#include "stages/enrich/touch_sql.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

/// CTE `orders`: one row per order with live conversions; its moment is the earliest of them.
std::string orders_cte(const StageContext& context, const AttributionDefinition& model) {
    return fmt::format(
        "conversions as (select e.order_ref, e.occurred_at, e.amount, e.currency, e.sign,"
        "  coalesce(k.customer_id, e.source || '/' || e.customer_ref) as customer_id"
        "  from entries e left join customers k on k.client_id = e.client_id"
        "   and k.source = e.source and k.customer_ref = e.customer_ref"
        "  where e.client_id = {} and e.book = {} and e.entry_type in ({}) and e.position <= {}"
        "   and e.order_ref is not null),"
        " orders as (select order_ref, min(occurred_at) as occurred_at,"
        "  min(customer_id) as customer_id, sum(amount) as amount, min(currency) as currency"
        "  from conversions group by order_ref having sum(sign) > 0)",
        quote_literal(context.client.id.text()), quote_literal(name_of(model.book)),
        literal_list(model.entries), context.head.position);
}

/// CTE `credited`: each order with its last touch, or with none.
std::string credited_cte(const AttributionDefinition& model) {
    return fmt::format(
        "candidates as ("
        "  select o.order_ref, t.occurred_at, t.position from orders o join touches t"
        "   on t.order_ref = o.order_ref"
        "   and t.occurred_at between o.occurred_at - interval {0} day and o.occurred_at"
        "  union all"
        "  select o.order_ref, t.occurred_at, t.position from orders o asof join"
        "   (select customer_id, occurred_at, max(position) as position from touches"
        "    where customer_id is not null group by customer_id, occurred_at) t"
        "   on o.customer_id = t.customer_id and o.occurred_at >= t.occurred_at"
        "  where t.occurred_at >= o.occurred_at - interval {0} day),"
        " last_touches as (select order_ref,"
        "  arg_max(position, {{'at': occurred_at, 'position': position}}) as position"
        "  from candidates group by order_ref),"
        " credited as (select o.order_ref, o.amount, o.currency, t.position as touch_position,"
        "  coalesce(t.channel, 'unknown') as channel, coalesce(t.campaign, 'unknown') as campaign,"
        "  coalesce(t.written_campaign, '') as written_campaign"
        "  from orders o left join last_touches l on l.order_ref = o.order_ref"
        "  left join touches t on t.position = l.position)",
        model.lookback_days);
}

std::string credited_sql(const StageContext& context, const AttributionDefinition& model,
                         const std::string& select) {
    return fmt::format("with {}, {}, {}, {} {}", known_campaigns_cte(context.client, model),
                       touches_cte(context.client, model), orders_cte(context, model),
                       credited_cte(model), select);
}

}  // namespace

Result<CreditCounts> credit_last_touch(StageContext& context, const AttributionDefinition& model) {
    Warehouse& warehouse = context.warehouse;
    const std::string client = quote_literal(context.client.id.text());
    const std::string name = quote_literal(model.head.name);
    const std::string columns = "order_ref, touch_position, channel, campaign, share";
    CreditCounts counts;
    MESHLINE_TRY(warehouse.transact([&]() -> Result<void> {
        MESHLINE_TRY(
            warehouse.execute("create or replace temp table new_credits as " +
                              credited_sql(context, model,
                                           "select order_ref, touch_position, channel, campaign,"
                                           " cast(1 as decimal(18, 6)) as share from credited")));
        MESHLINE_TRY(warehouse.execute(fmt::format(
            "create or replace temp table changed_orders as select distinct order_ref from ("
            " (select {0} from new_credits except"
            "  select {0} from credits where client_id = {1} and model = {2})"
            " union all"
            " (select {0} from credits where client_id = {1} and model = {2} except"
            "  select {0} from new_credits))",
            columns, client, name)));
        MESHLINE_TRY(warehouse.execute(fmt::format(
            "insert into touched_days select distinct {0}, business_on, 'credits of ' || {1}"
            " from entries where client_id = {0} and order_ref in (from changed_orders)",
            client, name)));
        MESHLINE_TRY(warehouse.execute(
            fmt::format("delete from credits where client_id = {} and model = {} and order_ref in"
                        " (from changed_orders)",
                        client, name)));
        MESHLINE_TRY(
            warehouse.execute(fmt::format("insert into credits select {}, {}, {} from new_credits"
                                          " where order_ref in (from changed_orders)",
                                          client, name, columns)));
        MESHLINE_ASSIGN(const Rows rows,
                        warehouse.query("select (select count(*) from new_credits),"
                                        " (select count(*) from changed_orders)"));
        counts = {rows.integer(0, 0), rows.integer(0, 1)};
        return {};
    }));
    return counts;
}

Result<std::vector<Finding>> find_unknown_campaigns(StageContext& context,
                                                    const AttributionDefinition& model) {
    std::vector<Finding> findings;
    if (!is_campaign_checked(model)) return findings;
    MESHLINE_ASSIGN(const Rows known, context.warehouse.query(
                                          fmt::format("with {} select name from known_campaigns"
                                                      " where name <> '' order by name",
                                                      known_campaigns_cte(context.client, model))));
    std::vector<std::string> names;
    for (std::size_t row = 0; row < known.rows.size(); ++row)
        names.emplace_back(known.text(row, 0));
    MESHLINE_ASSIGN(
        const Rows rows,
        context.warehouse.query(credited_sql(
            context, model,
            "select t.written_campaign, count(*), min(t.occurred_at)::date, "
            "max(t.occurred_at)::date,"
            " coalesce((select count(*) from credited c"
            "   where c.written_campaign = t.written_campaign and c.campaign = 'unknown'), 0),"
            " (select sum(amount)::decimal(38, 6) from credited c"
            "   where c.written_campaign = t.written_campaign and c.campaign = 'unknown'),"
            " (select min(currency) from credited c"
            "   where c.written_campaign = t.written_campaign and c.campaign = 'unknown')"
            " from touches t where t.campaign = 'unknown' and t.written_campaign <> ''"
            " group by t.written_campaign order by t.written_campaign")));
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        const std::string written(rows.text(row, 0));
        const auto nearest = nearest_name(written, names);
        Finding finding;
        finding.type = "unknown_campaign";
        finding.key = written;
        finding.owner = model.head.owner;
        finding.title =
            fmt::format("{} touch{} the campaign \"{}\", which no ad platform knows{}",
                        rows.integer(row, 1), rows.integer(row, 1) == 1 ? " names" : "es name",
                        written, nearest ? fmt::format("; \"{}\" is near", *nearest) : "");
        finding.evidence = {{"touches", std::string(rows.text(row, 1))},
                            {"orders_credited", std::string(rows.text(row, 4))},
                            {"first_on", std::string(rows.text(row, 2))},
                            {"last_on", std::string(rows.text(row, 3))}};
        if (rows.rows[row][5]) {
            MESHLINE_ASSIGN(const Decimal amount,
                            Decimal::parse(rows.text(row, 5), Rounding::exact));
            MESHLINE_ASSIGN(const Currency currency, Currency::from_code(rows.text(row, 6)));
            finding.at_risk = Money{amount, currency};
        }
        finding.fixes = {
            {"map_campaign",
             nearest
                 ? fmt::format("Add {}: {} to campaigns.mappings of the attribution model \"{}\".",
                               written, *nearest, model.head.name)
                 : fmt::format("Map \"{}\" or name it in campaigns.known of the attribution"
                               " model \"{}\".",
                               written, model.head.name)},
            {"correct_source", "Correct the links of the ads that carry the name."}};
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace meshline
