// Goal: figures that are summed up run by run are those that the entries give at once: sums, counts
// of distinct things, members, with revisions that take entries back and a quarantine that comes
// and goes.
// Method: generated revisions captured in generated pieces with a run after each; after every run
// all live publications are computed again from the entries and their digests compared.
#include "packs/workspace_run.hpp"
#include "properties/small_shop.hpp"
#include "stages/normalize/normalize.hpp"
#include "stages/publish/publish.hpp"
#include "stages/validate/validate.hpp"
#include "support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace meshline {
namespace {

/// Compares as `meshline verify` does.
class Recompute : public Stage {
  public:
    std::string_view name() const override { return "recompute"; }
    Result<StageOutcome> run(StageContext& context) override {
        StageOutcome outcome;
        MESHLINE_ASSIGN(const std::int64_t compared, recompute_publications(context));
        outcome.counts = {{"compared", compared}};
        return outcome;
    }
};

std::vector<OrderRevision> generate_piece() {
    std::vector<OrderRevision> orders(*rc::gen::inRange<std::size_t>(1, 10));
    for (OrderRevision& order : orders) {
        order = {*rc::gen::inRange(1, 25), *rc::gen::inRange(1, 6), *rc::gen::inRange(1, 5),
                 *rc::gen::inRange(0, 100'000)};
    }
    // One that no check keeps out, so that there is always something to compare.
    orders.push_back({100, 1, 1, 100});
    return orders;
}

// Found by the property below: the reversal stands where the quarantined entry does.
TEST(FigureSums, a_quarantined_revision_takes_back_the_one_before) {
    test::TemporaryFolder folder;
    write_small_shop(folder / "workspace");
    write_counts_and_quarantine(folder / "workspace");
    auto run = WorkspaceRun::open(folder / "workspace", folder / "data",
                                  *BusinessDate::parse("2026-04-01"))
                   .value();
    const std::vector<OrderRevision> revisions = {{7, 1, 2, 40'000}, {7, 2, 1, 90'000}};
    for (const OrderRevision& revision : revisions) {
        const std::string path = write_orders(folder.path(), "order.ndjson", {revision});
        ASSERT_TRUE(run->capture("shop", "till", "orders", {path}).ok());
        for (const auto& stage : {make_normalize(), make_validate(), make_publish()})
            ASSERT_TRUE(run->run(*stage, "shop").ok());
    }
    EXPECT_EQ(run->published_totals("shop", "gross_sales").value(),
              (std::map<std::string, std::string>{}));
}

TEST(FigureSums, run_by_run_they_are_what_the_entries_give_at_once) {
    EXPECT_TRUE(rc::check("figure sums", [] {
        test::TemporaryFolder folder;
        write_small_shop(folder / "workspace");
        write_counts_and_quarantine(folder / "workspace");
        auto run = WorkspaceRun::open(folder / "workspace", folder / "data",
                                      *BusinessDate::parse("2026-04-01"))
                       .value();
        const auto pieces = *rc::gen::inRange(1, 5);
        for (int piece = 0; piece < pieces; ++piece) {
            const std::string path =
                write_orders(folder.path(), fmt::format("{}.ndjson", piece), generate_piece());
            RC_ASSERT(run->capture("shop", "till", "orders", {path}).ok());
            for (const auto& stage : {make_normalize(), make_validate(), make_publish()}) {
                RC_ASSERT(run->run(*stage, "shop").ok());
            }
            Recompute recompute;
            const auto compared = run->run(recompute, "shop");
            if (!compared.ok()) RC_FAIL(render(compared.error()));
            RC_ASSERT(compared->counts.front().second > 0);
        }
    }));
}

}  // namespace
}  // namespace meshline
