// Goal: what an order's credits take of its amounts sums to them exactly, whatever the shares, and
// a reversal takes back what each of them had. Method: random amounts up to the largest and random
// shares of millionths that sum to 1, written into a warehouse as enrich writes them; the members'
// figures are held against the total and against the exact parts.
#include "core/metrics/metric_sql.hpp"
#include "drivers/duckdb/duckdb_warehouse.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace meshline {
namespace {

constexpr std::int64_t one = 1'000'000;

/// Shares in millionths that sum to 1, none of them 0.
std::vector<std::int64_t> generate_shares() {
    std::vector<std::int64_t> cuts = {0, one};
    const int parts = *rc::gen::inRange(1, 6);
    for (int part = 1; part < parts; ++part)
        cuts.push_back(*rc::gen::inRange<std::int64_t>(1, one));
    std::ranges::sort(cuts);
    std::vector<std::int64_t> shares;
    for (std::size_t cut = 1; cut < cuts.size(); ++cut) {
        if (cuts[cut] > cuts[cut - 1]) shares.push_back(cuts[cut] - cuts[cut - 1]);
    }
    return shares;
}

std::string amount_text(std::int64_t micros) {
    return Decimal::from_micros(micros)->text();
}

std::string entry_sql(int position, int sign, std::int64_t micros) {
    return fmt::format(
        "insert into entries by name select 'shop' as client_id, {} as position, 1 as line_no, {}"
        " as sign, 'commerce' as book, 's' as source, 't' as stream, 'gross_sale' as entry_type,"
        " timestamp '2026-03-01' as occurred_at, date '2026-03-01' as business_on,"
        " cast('{}' as decimal(18, 6)) as amount, 'EUR' as currency, 'o' as object_id,"
        " 'order' as order_ref, 'd' as transform_digest",
        position, sign, amount_text(micros));
}

struct Split {
    __int128 total = 0;
    std::map<std::string, __int128> members;
};

/// What the credits take of these amounts, by channel.
Split split_of(const std::vector<std::int64_t>& amounts, const std::vector<std::int64_t>& shares) {
    auto warehouse = DuckdbWarehouse::open("", {.memory_limit_mb = 256, .threads = 1}).value();
    std::int64_t before = 0;
    for (std::size_t part = 0; part < shares.size(); ++part) {
        RC_ASSERT(warehouse
                      ->execute(fmt::format(
                          "insert into credits values ('shop', 'model', 'order', {0}, 'c{0}', '',"
                          " {1}, {2})",
                          part, amount_text(before), amount_text(shares[part])))
                      .ok());
        before += shares[part];
    }
    for (std::size_t entry = 0; entry < amounts.size(); ++entry) {
        const int position = static_cast<int>(entry) + 1;
        RC_ASSERT(warehouse->execute(entry_sql(position, 1, amounts[entry])).ok());
    }
    MetricDefinition metric;
    metric.head.name = "credited";
    metric.book = Book::commerce;
    metric.entries = {"gross_sale"};
    metric.attribution = "model";
    metric.dimensions = {"channel"};
    MetricQuery query;
    query.client = ClientId("shop");
    query.upto = amounts.size();
    Split split;
    const auto figures = compute_figures(*warehouse, metric, query);
    RC_ASSERT(figures.ok());
    for (const Figure& figure : figures->begin()->second) {
        if (figure.dimension.empty()) {
            split.total = figure.amount.micros();
        } else {
            split.members[figure.member] = figure.amount.micros();
        }
    }
    return split;
}

TEST(Credits, parts_of_an_amount_sum_to_it) {
    EXPECT_TRUE(rc::check("credits", [] {
        const auto shares = generate_shares();
        const auto micros = *rc::gen::oneOf(
            rc::gen::inRange<std::int64_t>(-1'000, 1'000),
            rc::gen::inRange<std::int64_t>(-Decimal::micros_max, Decimal::micros_max + 1));
        const Split split = split_of({micros}, shares);
        RC_ASSERT((split.total == micros));
        __int128 sum = 0;
        for (std::size_t part = 0; part < shares.size(); ++part) {
            const __int128 got = split.members.at(fmt::format("c{}", part));
            sum += got;
            // Less than a millionth away from the exact part: two roundings of half of one.
            const __int128 distance = got * one - static_cast<__int128>(micros) * shares[part];
            RC_ASSERT((distance <= one && distance >= -one));
        }
        RC_ASSERT((sum == micros));
    }));
}

TEST(Credits, a_reversal_takes_back_what_each_part_had) {
    EXPECT_TRUE(rc::check("credits of reversals", [] {
        const auto shares = generate_shares();
        const auto micros =
            *rc::gen::inRange<std::int64_t>(-Decimal::micros_max, Decimal::micros_max + 1);
        const auto other = *rc::gen::inRange<std::int64_t>(-1'000, 1'000);
        const Split with = split_of({micros, other, -micros}, shares);
        const Split without = split_of({other}, shares);
        RC_ASSERT((with.total == without.total));
        RC_ASSERT((with.members == without.members));
    }));
}

// Found with the product in 18 digits: an order of 1,000,000 ended the run.
TEST(Credits, an_amount_of_a_million_is_credited) {
    const Split split = split_of({1'000'000 * one}, {one});
    EXPECT_TRUE((split.total == static_cast<__int128>(1'000'000) * one));
}

}  // namespace
}  // namespace meshline
