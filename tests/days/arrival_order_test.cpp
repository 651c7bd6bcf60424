// Goal: what is said of a day does not depend on which of two files came first when the one revises
// what the other brought: an older revision is a record of its day as well.
// Method: orders that say their revision, in two files that come in both orders.
#include "days/days_shop.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

namespace meshline {
namespace {

using testing::Contains;
using testing::StartsWith;

using Lines = std::vector<std::string>;

constexpr const char* orders_source =
    "source: desk\nowner: ana\npack: desk\n"
    "columns:\n  orders: {id: id, revision: revision, day: day, amount: amount, customer:"
    " customer}\n";
constexpr const char* orders_pack =
    "pack: desk\nowner: ana\nstreams:\n  orders:\n    contract: contracts/orders.schema.json\n"
    "    event_id: [id]\n    revision: revision\n    occurred_at: day\n    columns: true\n"
    "    transforms:\n      - {into: entries, book: commerce, sql: transforms/orders.sql}\n";
constexpr const char* orders_contract = R"({"type": "object",
  "required": ["id", "revision", "day", "amount", "customer"], "properties": {
  "id": {"type": "string"},
  "revision": {"type": "string"},
  "day": {"type": "string", "x-meshline": "instant"},
  "amount": {"type": "string", "x-meshline": "money"},
  "customer": {"type": "string"}}})";
constexpr const char* orders_sql =
    "-- Grain: one row per order.\nselect\n    position,\n    'gross_sale' as entry_type,\n"
    "    1 as line_no,\n    occurred_at,\n    payload.amount as amount,\n    'EUR' as currency,\n"
    "    payload.id as order_ref,\n    payload.customer as customer_ref,\nfrom input\n";
constexpr const char* volume_check =
    "check: volume\nowner: ana\nseverity: note\nexception_severity: high\n"
    "volume: {source: desk, stream: orders, measure: events}\n";

/// The states and figures of all days and periods, with why, after both files came on one day.
Lines said_after(const Lines& first, const Lines& second) {
    DaysShop shop;
    shop.write("packs/desk/pack.yaml", orders_pack);
    shop.write("packs/desk/contracts/orders.schema.json", orders_contract);
    shop.write("packs/desk/transforms/orders.sql", orders_sql);
    shop.write("clients/shop/sources/desk.yaml", orders_source);
    shop.write("checks/volume.yaml", volume_check);
    for (const Lines& lines : {first, second}) {
        std::string text = "id,revision,day,amount,customer\n";
        for (const std::string& line : lines)
            text += line + "\n";
        shop.capture("2026-04-10", "desk", "orders", text);
    }
    shop.run();
    Lines said = shop.exceptions();
    for (const char* metric : {"net_sales", "customers"}) {
        for (const Grain grain : {Grain::day, Grain::month}) {
            for (const Lines& lines : {shop.acts(metric, grain), shop.reasons(metric, grain)})
                said.insert(said.end(), lines.begin(), lines.end());
        }
    }
    return said;
}

TEST(ArrivalOfFiles, an_older_revision_is_a_record_of_its_day) {
    const Lines old = {"a,1,2026-03-01,10.00,c1", "b,1,2026-03-09,20.00,c2"};
    const Lines revised = {"b,2,2026-03-02,20.00,c2"};
    const Lines said = said_after(old, revised);
    EXPECT_THAT(said, Contains("2026-03-03..2026-03-08 - verified 1"));
    EXPECT_EQ(said_after(revised, old), said);
}

TEST(ArrivalOfFiles, a_day_that_a_revision_empties_is_missed_in_either_order) {
    Lines old;
    Lines revised;
    for (int day = 1; day <= 28; ++day) {
        for (int order = 0; order < 10; ++order) {
            const char* line = "o{0}-{1},{2},2026-03-{3:02},10.00,c{1}";
            old.push_back(fmt::format(fmt::runtime(line), day, order, 1, day));
            if (day == 20) revised.push_back(fmt::format(fmt::runtime(line), day, order, 2, 21));
        }
    }
    const Lines said = said_after(old, revised);
    EXPECT_THAT(said, Contains(StartsWith("2026-03-20 - provisional 1")));
    EXPECT_EQ(said_after(revised, old), said);
}

TEST(ArrivalOfFiles, random_files_say_the_same_in_either_order) {
    for (unsigned seed = 1; seed <= 3; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        Lines files[2];
        for (int line = 0; line < 40; ++line) {
            // A revision that comes twice is one of the file that has it, and says the same.
            const unsigned order = random() % 15;
            const unsigned revision = random() % 4;
            files[(order + revision) % 2].push_back(
                fmt::format("o{},{},2026-03-{:02},{}.00,c{}", order, revision,
                            1 + (order * 7 + revision * 5) % 20, revision, order % 3));
        }
        EXPECT_EQ(said_after(files[0], files[1]), said_after(files[1], files[0]));
    }
}

}  // namespace
}  // namespace meshline
