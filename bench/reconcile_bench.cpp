#include "benches.hpp"
#include "shop.hpp"
#include "stages/reconcile/reconcile.hpp"
#include "trouble.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline::bench {
namespace {

constexpr const char* reconciliation_name = "orders_to_payments";

/// One order and one charge per key, the charges in another order. One key in 2,000 has no charge,
/// one a charge of another amount.
Result<void> fill(Warehouse& warehouse, std::int64_t keys) {
    // Odd and not a multiple of 5, so it visits every key of a power of ten once.
    constexpr int stride = 7919;
    constexpr const char* columns =
        "(client_id, position, line_no, sign, book, source, stream, entry_type, occurred_at,"
        " business_on, amount, currency, object_id, order_ref, payment_ref, transform_digest)";
    MESHLINE_TRY(warehouse.execute(fmt::format(
        "insert into entries {0}"
        " select '{1}', i + 1, 1, 1, 'commerce', 'shop', 'orders', 'gross_sale',"
        " date '2025-01-01' + cast(i * 365 // {2} as integer),"
        " date '2025-01-01' + cast(i * 365 // {2} as integer), 10 + i % 90000 * 0.01::decimal(3, "
        "2),"
        " 'GBP', (5000000000001 + i)::varchar, (5000000000001 + i)::varchar, null, 'made'"
        " from range({2}) keys(i)",
        columns, shop_client, keys)));
    MESHLINE_TRY(warehouse.execute(fmt::format(
        "insert into entries {0}"
        " select '{1}', {2} + n + 1, 1, 1, 'payments', 'stripe', 'balance_transactions', 'charge',"
        " date '2025-01-01' + cast(i * 365 // {2} as integer),"
        " date '2025-01-01' + cast(i * 365 // {2} as integer),"
        " 10 + i % 90000 * 0.01::decimal(3, 2) + case when i % 2000 = 1 then 1 else 0 end,"
        " 'GBP', 'ch_' || i, (5000000000001 + i)::varchar, 'ch_' || i, 'made'"
        " from (select n, n * {3} % {2} as i from range({2}) numbers(n)) where i % 2000 <> 0",
        columns, shop_client, keys, stride)));
    return warehouse.execute(fmt::format(
        "insert into event_counts values ('{0}', {1}, 'shop', 'orders', date '2025-12-31', {1},"
        " {1}, timestamp '2026-01-15 00:00:00', 0)",
        shop_client, keys * 2));
}

Result<void> plain_join(Warehouse& warehouse) {
    MESHLINE_ASSIGN(
        const Rows rows,
        warehouse.query(
            "select count(*), sum(r.amount - l.amount), count(*) filter (l.amount <> r.amount)"
            " from (select order_ref, amount from entries where book = 'commerce') l"
            " full join (select order_ref, amount from entries where book = 'payments') r"
            " on l.order_ref = r.order_ref"));
    if (rows.is_empty()) return trouble("the join gave nothing");
    return {};
}

}  // namespace

Result<std::vector<Measure>> bench_reconcile(const BenchContext& context) {
    const std::int64_t keys = context.scale.reconciled_keys;
    MESHLINE_ASSIGN(auto shop, Shop::open(context.folder));
    std::erase_if(shop->workspace().reconciliations, [](const ReconciliationDefinition& one) {
        return one.head.name != reconciliation_name;
    });
    MESHLINE_TRY(fill(shop->warehouse(), keys));
    // Of a missing payment the order breaks, of an unequal pair both items.
    const std::int64_t breaks = (keys + 1999) / 2000 * 3;
    const auto reconcile = make_reconcile();
    std::vector<double> ours;
    std::vector<double> joining;
    for (int run = 0; run < context.scale.runs; ++run) {
        MESHLINE_ASSIGN(const double joined,
                        seconds_of([&] { return plain_join(shop->warehouse()); }));
        MESHLINE_ASSIGN(
            const double reconciled, seconds_of([&]() -> Result<void> {
                MESHLINE_ASSIGN(const StageOutcome outcome,
                                shop->run_at(*reconcile, static_cast<Position>(keys * 2)));
                const auto found = std::ranges::find(outcome.counts, "break",
                                                     [](const auto& count) { return count.first; });
                if (found != outcome.counts.end() && found->second == breaks) return {};
                return trouble(fmt::format("not {} items break", breaks));
            }));
        ours.push_back(reconciled);
        joining.push_back(joined);
    }
    return std::vector<Measure>{{.name = fmt::format("reconcile {0} x {0} keys", keys),
                                 .ours = median_of(ours),
                                 .unit = "s",
                                 .better = Better::lower,
                                 .goal = 3,
                                 .floors = {{"DuckDB full join", median_of(joining)}},
                                 .runs = context.scale.runs}};
}

}  // namespace meshline::bench
