#include "benches.hpp"
#include "shop.hpp"
#include "stages/publish/publish.hpp"
#include "trouble.hpp"

#include <fmt/format.h>

namespace meshline::bench {
namespace {

constexpr int entries_per_order = 5;
/// Late events are mostly returns and edits of the last weeks.
constexpr int late_days = 30;

/// Orders of five entries, as the transform of Shopify orders writes them, from position `first`
/// on, spread over `days` days up to 2025-12-31.
Result<void> add_orders(Warehouse& warehouse, Position first, std::int64_t orders, int days) {
    return warehouse.execute(fmt::format(
        "insert into entries (client_id, position, line_no, sign, book, source, stream, entry_type,"
        " occurred_at, business_on, amount, currency, quantity, object_id, order_ref,"
        " customer_ref, product_ref, attributes, transform_digest)"
        " select '{0}', {1} + i, line, 1, 'commerce', 'shop', 'orders',"
        " ['gross_sale', 'gross_sale', 'discount', 'shipping', 'tax'][line],"
        " day, day, [20 + i % 90, 35 + i % 70, -(5 + i % 3), 4.99, 9 + i % 20][line], 'GBP',"
        " case when line <= 2 then 1 end, 5000000000000 + {1} + i, 5000000000000 + {1} + i,"
        " 900000000 + i % 700000, case when line <= 3 then 7000 + (i * 7 + line) % 500 end,"
        " '{{\"order_name\":\"#' || ({1} + i) || '\",\"country\":\"'"
        "  || ['GB', 'IE', 'FR', 'DE'][i % 4 + 1]"
        "  || '\",\"source_name\":\"web\",\"variant_id\":'"
        "  || case when line <= 3 then '\"' || 70000 + (i * 7 + line) % 500 * 10 || '\"'"
        "     else 'null' end"
        "  || ',\"sku\":null,\"refund_id\":null,\"presentment_amount\":null,"
        "\"presentment_currency\":\"GBP\"}}',"
        " 'made'"
        " from (select i, line, date '2025-12-31' - {3} + 1 + cast(i * {3} // {2} as integer)"
        "  as day from range({2}) numbers(i), range(1, {4}) lines(line))",
        shop_client, first, orders, days, entries_per_order + 1));
}

/// What enrich leaves behind: who earned each order.
Result<void> add_credits(Warehouse& warehouse, Position first, std::int64_t orders) {
    return warehouse.execute(fmt::format(
        "insert into credits select '{0}', 'last_touch', 5000000000000 + {1} + i, {1} + i,"
        " ['search', 'email', 'social'][i % 3 + 1], 'campaign ' || i % 12, 0, 1"
        " from range({2}) numbers(i)",
        shop_client, first, orders));
}

Result<void> fill(Warehouse& warehouse, std::int64_t orders) {
    MESHLINE_TRY(add_orders(warehouse, 1, orders, 365));
    MESHLINE_TRY(add_credits(warehouse, 1, orders));
    return warehouse.execute(fmt::format(
        "insert into event_counts values ('{0}', {1}, 'shop', 'orders', date '2025-12-31', {1},"
        " {1}, timestamp '2026-01-15 00:00:00', 0)",
        shop_client, orders));
}

Result<void> sum_touched_days(Warehouse& warehouse, int days) {
    MESHLINE_ASSIGN(const Rows rows,
                    warehouse.query(fmt::format(
                        "select business_on, currency, sum(amount) from entries"
                        " where client_id = '{}' and book = 'commerce'"
                        " and business_on > date '2025-12-31' - {} group by business_on, currency",
                        shop_client, days)));
    if (rows.is_empty()) return trouble("the touched days are empty");
    return {};
}

/// Publishes again and again, each time after other late events on the last `days` days.
class LateRuns {
  public:
    LateRuns(const BenchContext& context, Shop& shop, Stage& publish, Position& head)
        : context_(context), shop_(shop), publish_(publish), head_(head) {}

    Result<Measure> run(const std::string& name, int days) {
        std::vector<double> ours;
        std::vector<double> summing;
        const int runs = context_.scale.runs + 2;
        for (int run = 0; run < runs; ++run) {
            MESHLINE_TRY(add_late_events(days));
            MESHLINE_ASSIGN(const double summed,
                            seconds_of([&] { return sum_touched_days(shop_.warehouse(), days); }));
            MESHLINE_ASSIGN(const double published, seconds_of([&] { return publish(); }));
            ours.push_back(published);
            summing.push_back(summed);
        }
        return Measure{.name = name,
                       .ours = median_of(ours),
                       .unit = "s",
                       .better = Better::lower,
                       .goal = 0.3,
                       .floors = {{"DuckDB sums the days", median_of(summing)}},
                       .runs = runs};
    }

  private:
    Result<void> add_late_events(int days) {
        const std::int64_t orders = context_.scale.late_events;
        MESHLINE_TRY(add_orders(shop_.warehouse(), head_ + 1, orders, days));
        MESHLINE_TRY(add_credits(shop_.warehouse(), head_ + 1, orders));
        head_ += static_cast<Position>(orders);
        return {};
    }

    Result<void> publish() {
        MESHLINE_ASSIGN(const StageOutcome outcome, shop_.run_at(publish_, head_));
        // "days_computed", "publications"
        if (outcome.counts.at(1).second == 0) return trouble("nothing was published");
        return {};
    }

    const BenchContext& context_;
    Shop& shop_;
    Stage& publish_;
    Position& head_;
};

}  // namespace

Result<std::vector<Measure>> bench_publish(const BenchContext& context) {
    MESHLINE_ASSIGN(auto shop, Shop::open(context.folder));
    const std::int64_t orders = context.scale.published_entries / entries_per_order;
    MESHLINE_TRY(fill(shop->warehouse(), orders));
    auto head = static_cast<Position>(orders);
    const auto publish = make_publish();
    MESHLINE_ASSIGN(const StageOutcome first, shop->run_at(*publish, head));
    if (first.counts.at(1).second == 0) return trouble("nothing was published");
    LateRuns runs(context, *shop, *publish, head);
    MESHLINE_ASSIGN(const Measure month, runs.run("publish, late over 30 days", late_days));
    MESHLINE_ASSIGN(const Measure year, runs.run("publish, late over the year", 365));
    return std::vector<Measure>{month, year};
}

}  // namespace meshline::bench
