// Goal: the order in which captures come, the files that their records are cut into, and when one
// that is wrong is taken back move no figure, no standing record, no count and no exception; but
// for coverage, revisions by arrival and equal revisions, where the order does decide.
// Method: generated captures of orders that never differ under one revision, some of which are
// taken back, in two shops: in other orders, cut into other files, with runs and retractions at
// other places. Then a case for each of the three.
#include "drivers/files/disk_files.hpp"
#include "properties/capture_shop.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace meshline {
namespace {

template <class Item>
std::vector<Item> shuffled(std::vector<Item> items) {
    for (std::size_t last = items.size(); last > 1; --last)
        std::swap(items[last - 1], items[*rc::gen::inRange<std::size_t>(0, last)]);
    return items;
}

/// An order and its revision say what it holds; on the stall, where there is none, the order alone.
OrderRevision generate_order(const std::string& source) {
    const int id = *rc::gen::inRange(1, 5);
    const int revision = source == "till" ? *rc::gen::inRange(1, 5) : 1;
    // Some are above what the check lets into the figures.
    return {id, revision, 1 + (id * 3 + revision) % 5, id * 9'000 + (revision * 7'919) % 20'000};
}

Orders generate_orders(const std::string& source) {
    Orders orders;
    const int count = *rc::gen::inRange(0, 9);
    for (int index = 0; index < count; ++index)
        orders.push_back(generate_order(source));
    return orders;
}

struct History {
    std::map<std::string, Orders> kept;  ///< By source.
    std::vector<PlannedCapture> wrong;   ///< What is taken back, each as it was captured.
};

History generate_history() {
    History history;
    for (const char* source : {"till", "stall"}) {
        history.kept[source] = generate_orders(source);
        const int count = *rc::gen::inRange(0, 3);
        for (int index = 0; index < count; ++index)
            history.wrong.push_back({source, generate_orders(source)});
    }
    return history;
}

/// Any order of any pieces of it, with each wrong capture taken back some time after it came.
Told play(const History& history) {
    std::vector<std::pair<PlannedCapture, bool>> captures;
    for (const auto& [source, orders] : history.kept) {
        const Orders all = shuffled(orders);
        for (std::size_t at = 0; at < all.size();) {
            const auto size = *rc::gen::inRange<std::size_t>(2, 7);
            const std::size_t end = std::min(at + size, all.size());
            captures.push_back({{source, Orders(all.begin() + static_cast<std::ptrdiff_t>(at),
                                                all.begin() + static_cast<std::ptrdiff_t>(end))},
                                false});
            at = end;
        }
        // The stream is connected, whatever it brings.
        captures.push_back({{source, {}}, false});
    }
    for (const PlannedCapture& wrong : history.wrong)
        captures.push_back({{wrong.source, shuffled(wrong.orders)}, true});
    CaptureShop shop;
    std::vector<std::string> to_retract;
    const auto retract_one = [&] {
        const auto at = *rc::gen::inRange<std::size_t>(0, to_retract.size());
        shop.retract(to_retract[at]);
        to_retract.erase(to_retract.begin() + static_cast<std::ptrdiff_t>(at));
        if (*rc::gen::inRange(0, 3) == 0) shop.run();
    };
    for (const auto& [plan, is_wrong] : shuffled(captures)) {
        const std::string id = shop.capture(plan);
        if (is_wrong) to_retract.push_back(id);
        if (*rc::gen::inRange(0, 3) == 0) shop.run();
        if (!to_retract.empty() && *rc::gen::arbitrary<bool>()) retract_one();
    }
    while (!to_retract.empty())
        retract_one();
    shop.run();
    return shop.told();
}

TEST(CaptureOrder, any_order_of_captures_and_retractions_tells_the_same) {
    EXPECT_TRUE(rc::check("capture order", [] {
        const History history = generate_history();
        expect_same(play(history), play(history));
    }));
}

/// The sum of the first day of March after the captures came in this order.
std::string first_day(const std::vector<PlannedCapture>& plans, const char* till_revision = "") {
    CaptureShop shop;
    if (*till_revision != '\0') {
        DiskFiles files;
        const std::string path = shop.workspace() + "/packs/till/pack.yaml";
        std::string pack = *files.read_text(path);
        const std::string before = "revision: revision";
        pack.replace(pack.find(before), before.size(), till_revision);
        EXPECT_TRUE(files.write_text(path, pack).ok());
        EXPECT_TRUE(shop.stores().load(shop.workspace()).ok());
    }
    for (const PlannedCapture& plan : plans)
        shop.capture(plan);
    shop.run();
    return (*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"];
}

TEST(CaptureOrder, decides_what_a_coverage_takes_back) {
    const PlannedCapture order = {"till", {{1, 1, 1, 100}}};
    const PlannedCapture covering = {"till", {{2, 1, 1, 250}}, {{1, 1}}};
    EXPECT_EQ(first_day({order, covering}), "2.5");
    EXPECT_EQ(first_day({covering, order}), "3.5");
}

TEST(CaptureOrder, decides_between_revisions_by_arrival) {
    const PlannedCapture one = {"till", {{1, 1, 1, 100}}};
    const PlannedCapture other = {"till", {{1, 2, 1, 250}}};
    EXPECT_EQ(first_day({one, other}, "revision: arrival"), "2.5");
    EXPECT_EQ(first_day({other, one}, "revision: arrival"), "1");
    EXPECT_EQ(first_day({one, other}), "2.5");
    EXPECT_EQ(first_day({other, one}), "2.5");
}

TEST(CaptureOrder, decides_between_records_without_revisions_that_differ) {
    const PlannedCapture one = {"stall", {{1, 1, 1, 100}}};
    const PlannedCapture other = {"stall", {{1, 1, 1, 250}}};
    EXPECT_EQ(first_day({one, other}), "1");
    EXPECT_EQ(first_day({other, one}), "2.5");
}

TEST(CaptureOrder, decides_between_equal_revisions_that_are_stated) {
    const PlannedCapture one = {"till", {{1, 1, 1, 100}}};
    const PlannedCapture other = {"till", {{1, 1, 1, 250}}};
    EXPECT_EQ(first_day({one, other}), "2.5");
    EXPECT_EQ(first_day({other, one}), "1");
}

}  // namespace
}  // namespace meshline
