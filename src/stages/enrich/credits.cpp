#include "stages/enrich/credits.hpp"

#include "base/text/text.hpp"
#include "core/metrics/metric_sql.hpp"
#include "core/model/finding_key.hpp"
#include "core/stage/entry_claims.hpp"
#include "stages/enrich/touch_sql.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

/// Orders that are credited together. All at once, a client of many orders would need more memory
/// than there is; an order's credit does not depend on the other orders.
struct OrderPart {
    std::int64_t number = 0;
    std::int64_t count = 1;
};
constexpr std::int64_t part_touches_max = 1'000'000;

/// CTE `orders`: one row per order of the part with standing conversions that a touch may have led
/// to; its moment is the earliest of them, whatever earlier revisions said.
std::string orders_cte(const StageContext& context, const AttributionDefinition& model,
                       const OrderPart& part) {
    return fmt::format(
        "conversions as not materialized (select e.order_ref, e.occurred_at, e.amount,"
        "  e.currency, coalesce(k.customer_id, e.source || '/' || e.customer_ref)"
        "   as customer_id"
        "  from entries e left join customers k on k.client_id = e.client_id"
        "   and k.source = e.source and k.customer_ref = e.customer_ref"
        "  where e.client_id = {0} and e.book = {1} and e.entry_type in ({2})"
        "   and e.position <= {3} and e.sign = 1"
        "   and e.position not in (select position from supersessions where client_id = {0})"
        "   and e.order_ref is not null and hash(e.order_ref) % {4} = {5}),"
        " touched_orders as (select order_ref from touches"
        "   where order_ref is not null and hash(order_ref) % {4} = {5}"
        "  union select order_ref from conversions where customer_id in"
        "   (select customer_id from touches where customer_id is not null)),"
        " orders as (select order_ref, min(occurred_at) as occurred_at,"
        "  min(customer_id) as customer_id, sum(amount) as amount, min(currency) as currency"
        "  from conversions where order_ref in (from touched_orders)"
        "  group by order_ref)",
        quote_literal(context.client.id.text()), quote_literal(name_of(model.book)),
        literal_list(model.entries), context.head.position, part.count, part.number);
}

/// CTE `credited`: each order that has one with its last touch.
std::string credited_cte(const AttributionDefinition& model) {
    return fmt::format(
        "candidates as ("
        "  select o.order_ref, t.occurred_at, t.position from orders o join touches t"
        "   on t.order_ref = o.order_ref"
        "   and t.occurred_at between o.occurred_at - interval {0} day and o.occurred_at"
        "  union all"
        "  select o.order_ref, t.occurred_at, t.position from orders o asof join"
        "   (select customer_id, occurred_at, max(position) as position from touches"
        "    where customer_id in (select customer_id from orders)"
        "    group by customer_id, occurred_at) t"
        "   on o.customer_id = t.customer_id and o.occurred_at >= t.occurred_at"
        "  where t.occurred_at >= o.occurred_at - interval {0} day),"
        " last_touches as (select order_ref,"
        "  arg_max(position, {{'at': occurred_at, 'position': position}}) as position"
        "  from candidates group by order_ref),"
        " credited as (select o.order_ref, o.amount, o.currency, t.position as touch_position,"
        "  t.channel, t.campaign, t.written_campaign, cast(0 as decimal(18, 6)) as share_before,"
        "  cast(1 as decimal(18, 6)) as share"
        "  from orders o join last_touches l on l.order_ref = o.order_ref"
        "  join touches t on t.position = l.position)",
        model.lookback_days);
}

/// Makes the temporary tables `touches`, of the client under the model, and `credited`.
Result<void> make_credited(StageContext& context, const AttributionDefinition& model) {
    Warehouse& warehouse = context.warehouse;
    MESHLINE_TRY(warehouse.execute(fmt::format(
        "create or replace temp table touches as with {}, {} from touches",
        known_campaigns_cte(context.client, model), touches_cte(context.client, model))));
    MESHLINE_TRY(warehouse.execute(
        "create or replace temp table credited (order_ref varchar, amount decimal(38, 6),"
        " currency varchar, touch_position ubigint, channel varchar, campaign varchar,"
        " written_campaign varchar, share_before decimal(18, 6), share decimal(18, 6))"));
    MESHLINE_ASSIGN(const Rows touches, warehouse.query("select count(*) from touches"));
    // Without touches no order has a credit, and asking every order is not free.
    const std::int64_t touch_count = touches.integer(0, 0);
    const std::int64_t parts = (touch_count + part_touches_max - 1) / part_touches_max;
    for (std::int64_t part = 0; part < parts; ++part) {
        MESHLINE_TRY(warehouse.execute(
            fmt::format("insert into credited by name with {}, {} from credited",
                        orders_cte(context, model, {part, parts}), credited_cte(model))));
    }
    return {};
}

/// Makes `credits` what `credited` says, and marks the days of the orders that changed.
Result<CreditCounts> keep_credits(StageContext& context, const AttributionDefinition& model) {
    Warehouse& warehouse = context.warehouse;
    const std::string client = quote_literal(context.client.id.text());
    const std::string name = quote_literal(model.head.name);
    const std::string columns = "order_ref, touch_position, channel, campaign, share_before, share";
    MESHLINE_TRY(warehouse.execute(fmt::format(
        "create or replace temp table changed_orders as select distinct order_ref from ("
        " (select {0} from credited except"
        "  select {0} from credits where client_id = {1} and model = {2})"
        " union all"
        " (select {0} from credits where client_id = {1} and model = {2} except"
        "  select {0} from credited))",
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
        warehouse.execute(fmt::format("insert into credits select {}, {}, {} from credited"
                                      " where order_ref in (from changed_orders)",
                                      client, name, columns)));
    MESHLINE_ASSIGN(const Rows rows, warehouse.query("select (select count(*) from credited),"
                                                     " (select count(*) from changed_orders)"));
    return CreditCounts{rows.integer(0, 0), rows.integer(0, 1)};
}

/// The entries of the orders that a campaign which nobody knows earned, by the campaign.
std::string unknown_sql(const StageContext& context, const AttributionDefinition& model) {
    return fmt::format(
        "select c.written_campaign as claim_group, e.book, e.business_on, e.position,"
        " e.entry_type, e.line_no, e.amount from entries e"
        // An order has one credit, so the join multiplies nothing.
        " join credited c on c.order_ref = e.order_ref and c.currency = e.currency"
        " where c.campaign = 'unknown' and c.written_campaign <> '' and e.client_id = {}"
        " and e.book = {} and e.entry_type in ({}) and e.position <= {} and e.sign = 1"
        " and not exists (from supersessions s where s.client_id = e.client_id"
        "  and s.position = e.position)",
        quote_literal(context.client.id.text()), quote_literal(name_of(model.book)),
        literal_list(model.entries), context.head.position);
}

/// Campaigns that the temporary table `touches` names and nobody knows, with the money of the
/// orders in `credited`.
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
        context.warehouse.query(
            "select t.written_campaign, count(*), min(t.occurred_at)::date,"
            " max(t.occurred_at)::date,"
            " coalesce((select count(*) from credited c"
            "   where c.written_campaign = t.written_campaign and c.campaign = 'unknown'), 0),"
            " (select sum(amount)::decimal(38, 6) from credited c"
            "   where c.written_campaign = t.written_campaign and c.campaign = 'unknown'),"
            " (select min(currency) from credited c"
            "   where c.written_campaign = t.written_campaign and c.campaign = 'unknown')"
            " from touches t where t.campaign = 'unknown' and t.written_campaign <> ''"
            " group by t.written_campaign order by t.written_campaign"));
    ClaimsByGroup claims;
    if (!rows.is_empty()) {
        MESHLINE_ASSIGN(claims, claims_of_entries(context.warehouse, unknown_sql(context, model)));
    }
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        const std::string written(rows.text(row, 0));
        const auto nearest = nearest_name(written, names);
        Finding finding;
        finding.type = "unknown_campaign";
        finding.key = finding_key({written});
        finding.owner = model.head.owner;
        finding.title = fmt::format("{} touch{} the campaign \"{}\", which no ad platform knows{}",
                                    with_thousands(rows.integer(row, 1)),
                                    rows.integer(row, 1) == 1 ? " names" : "es name", written,
                                    nearest ? fmt::format("; \"{}\" is near", *nearest) : "");
        finding.evidence = {{"touches", std::string(rows.text(row, 1))},
                            {"orders_credited", std::string(rows.text(row, 4))},
                            {"first_on", std::string(rows.text(row, 2))},
                            {"last_on", std::string(rows.text(row, 3))}};
        if (rows.rows[row][5]) {
            MESHLINE_ASSIGN(const WideDecimal amount,
                            WideDecimal::parse(rows.text(row, 5), Rounding::exact));
            MESHLINE_ASSIGN(const Currency currency, Currency::stored(rows.text(row, 6)));
            finding.at_risk = WideMoney(amount, currency);
            finding.claims = {fmt::format("campaigns of {}", model.head.name),
                              claims_up_to(std::move(claims[written]), amount)};
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

}  // namespace

Result<Credited> credit_last_touch(StageContext& context, const AttributionDefinition& model) {
    Credited credited;
    MESHLINE_TRY(context.warehouse.transact([&]() -> Result<void> {
        MESHLINE_TRY(make_credited(context, model));
        MESHLINE_ASSIGN(credited.counts, keep_credits(context, model));
        MESHLINE_ASSIGN(credited.findings, find_unknown_campaigns(context, model));
        MESHLINE_TRY(context.warehouse.execute("drop table credited"));
        return context.warehouse.execute("drop table touches");
    }));
    return credited;
}

Result<void> forget_removed_models(StageContext& context) {
    std::vector<std::string> names = {""};
    for (const AttributionDefinition& model : context.workspace.attributions)
        names.push_back(model.head.name);
    return context.warehouse.execute(
        fmt::format("delete from credits where client_id = {} and model not in ({})",
                    quote_literal(context.client.id.text()), literal_list(names)));
}

}  // namespace meshline
