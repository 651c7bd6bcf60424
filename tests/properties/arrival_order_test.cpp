// Goal: figures are a function of what was captured, not of the order it came in, nor of how often
// it came; and a figure at a position is that of a log which ends there.
// Method: generated revisions of a few orders, captured in generated orders and pieces, with runs
// in between, against a model that keeps the greatest revision of each order.
#include "packs/workspace_run.hpp"
#include "properties/small_shop.hpp"
#include "stages/normalize/normalize.hpp"
#include "stages/publish/publish.hpp"
#include "stages/validate/validate.hpp"
#include "support/temporary_folder.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck.h>

namespace meshline {
namespace {

using Totals = std::map<std::string, std::string>;
using Orders = std::vector<OrderRevision>;

/// Revisions of an order differ: the same number with another payload is decided by its digest,
/// which the model does not know.
Orders generate_orders() {
    const auto count = *rc::gen::inRange(1, 40);
    std::map<std::pair<int, int>, OrderRevision> unique;
    for (int index = 0; index < count; ++index) {
        const OrderRevision order{*rc::gen::inRange(1, 8), *rc::gen::inRange(1, 6),
                                  *rc::gen::inRange(1, 5), *rc::gen::inRange(0, 100'000)};
        unique.emplace(std::pair(order.id, order.revision), order);
    }
    Orders orders;
    for (const auto& [key, order] : unique)
        orders.push_back(order);
    return orders;
}

Orders shuffled(Orders orders) {
    for (std::size_t last = orders.size(); last > 1; --last) {
        std::swap(orders[last - 1], orders[*rc::gen::inRange<std::size_t>(0, last)]);
    }
    return orders;
}

Totals model_totals(const Orders& orders) {
    std::map<int, OrderRevision> states;
    for (const OrderRevision& order : orders) {
        const auto [found, is_new] = states.emplace(order.id, order);
        if (!is_new && order.revision > found->second.revision) found->second = order;
    }
    std::map<int, std::int64_t> cents;
    for (const auto& [id, order] : states)
        cents[order.day] += order.cents;
    Totals totals;
    for (const auto& [day, sum] : cents) {
        totals[fmt::format("2026-03-{:02}", day)] = Decimal::from_micros(sum * 10'000)->text();
    }
    return totals;
}

class SmallShop {
  public:
    SmallShop() {
        write_small_shop(folder_ / "workspace");
        run_ = std::move(WorkspaceRun::open(folder_ / "workspace", folder_ / "data",
                                            *BusinessDate::parse("2026-04-01")))
                   .value();
    }

    void capture(const Orders& orders) {
        const std::string path =
            write_orders(folder_.path(), fmt::format("{}.ndjson", ++file_count_), orders);
        const auto report = run_->capture("shop", "till", "orders", {path});
        RC_ASSERT(report.ok());
        // The opening event of the capture comes before its records, the closing event after them.
        for (Position behind = orders.size(); behind > 0; --behind)
            order_positions_.push_back(report->head.position - behind);
    }

    void run() {
        for (const auto& stage : {make_normalize(), make_validate(), make_publish()}) {
            RC_ASSERT(run_->run(*stage, "shop").ok());
        }
    }

    Totals totals() { return *run_->daily_totals("shop", "gross_sales"); }
    /// As of the log that ends with the order of that number.
    Totals totals_at(std::size_t order) {
        const Position position = order == 0 ? 0 : order_positions_[order - 1];
        return *run_->daily_totals_at("shop", "gross_sales", position);
    }
    Totals published() { return *run_->published_totals("shop", "gross_sales"); }

  private:
    test::TemporaryFolder folder_;
    std::unique_ptr<WorkspaceRun> run_;
    std::vector<Position> order_positions_;
    int file_count_ = 0;
};

/// Cuts the orders into pieces of generated sizes and captures them, with runs between some.
void capture_in_pieces(SmallShop& shop, const Orders& orders) {
    std::size_t at = 0;
    while (at < orders.size()) {
        const auto size = *rc::gen::inRange<std::size_t>(1, 12);
        const std::size_t end = std::min(at + size, orders.size());
        shop.capture(Orders(orders.begin() + static_cast<std::ptrdiff_t>(at),
                            orders.begin() + static_cast<std::ptrdiff_t>(end)));
        if (*rc::gen::arbitrary<bool>()) shop.run();
        at = end;
    }
    shop.run();
}

/// Published days that came to nothing are zero, where the model has no day at all.
Totals without_zeros(Totals totals) {
    std::erase_if(totals, [](const auto& day) { return day.second == "0"; });
    return totals;
}

TEST(ArrivalOrder, any_order_in_any_pieces_gives_the_figures_of_the_greatest_revisions) {
    EXPECT_TRUE(rc::check("arrival order", [] {
        const Orders orders = generate_orders();
        SmallShop shop;
        capture_in_pieces(shop, shuffled(orders));
        RC_ASSERT(without_zeros(shop.totals()) == without_zeros(model_totals(orders)));
        RC_ASSERT(without_zeros(shop.published()) == without_zeros(model_totals(orders)));
    }));
}

TEST(ArrivalOrder, twice_is_once) {
    EXPECT_TRUE(rc::check("twice is once", [] {
        const Orders orders = shuffled(generate_orders());
        SmallShop shop;
        capture_in_pieces(shop, orders);
        const Totals before = shop.published();
        capture_in_pieces(shop, shuffled(orders));
        RC_ASSERT(shop.published() == before);
    }));
}

TEST(ArrivalOrder, a_figure_at_a_position_is_that_of_a_log_which_ends_there) {
    EXPECT_TRUE(rc::check("time travel", [] {
        const Orders orders = shuffled(generate_orders());
        SmallShop shop;
        capture_in_pieces(shop, orders);
        const auto end = *rc::gen::inRange<std::size_t>(0, orders.size() + 1);
        const Orders prefix(orders.begin(), orders.begin() + static_cast<std::ptrdiff_t>(end));
        RC_ASSERT(without_zeros(shop.totals_at(end)) == without_zeros(model_totals(prefix)));
    }));
}

}  // namespace
}  // namespace meshline
