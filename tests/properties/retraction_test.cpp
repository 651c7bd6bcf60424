// Goal: a history in which captures were taken back equals the history without them: sums, counts,
// what is published, what is an exception, and what every prefix after it says. Undone, it equals
// the history in which nothing was taken back.
// Method: generated captures into a stream of revisions and one without, of overlapping orders,
// some of which cover days, also of orders that later revisions move to other days, with
// retractions of captures and of single records, undoing and runs at generated places; the same
// captures without those that were taken back in a second shop.
#include "packs/workspace_run.hpp"
#include "properties/small_shop.hpp"
#include "stages/normalize/normalize.hpp"
#include "stages/publish/publish.hpp"
#include "stages/validate/validate.hpp"
#include "support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <rapidcheck.h>
#include <set>

namespace meshline {
namespace {

using Orders = std::vector<OrderRevision>;
using Totals = std::map<std::string, std::string>;

struct PlannedCapture {
    std::string source;
    Orders orders;
    /// The first and the last day of March that it covers, where it covers any.
    std::optional<std::pair<int, int>> covered = {};
};

/// The number of an order and its revision say what it holds, as two captures of one export do;
/// `cents` make conflicts on the stream without revisions.
PlannedCapture plan_capture() {
    PlannedCapture plan;
    plan.source = *rc::gen::element<std::string>("till", "stall");
    std::set<std::pair<int, int>> seen;
    const int count = *rc::gen::inRange(0, 6);
    for (int index = 0; index < count; ++index) {
        const int id = *rc::gen::inRange(1, 5);
        const int revision = *rc::gen::inRange(1, 4);
        if (!seen.emplace(id, plan.source == "till" ? revision : 0).second) continue;
        plan.orders.push_back({id, revision, 1 + (id + revision) % 4, id * 10'000 + revision});
    }
    if (*rc::gen::inRange(0, 3) == 0) {
        const int first = *rc::gen::inRange(1, 5);
        plan.covered = {first, first + *rc::gen::inRange(0, 3)};
    }
    return plan;
}

BusinessDate march(int day) {
    return *BusinessDate::from_civil(2026, 3, day);
}

class RetractionShop {
  public:
    RetractionShop() {
        write_small_shop(folder_ / "workspace");
        write_stall(folder_ / "workspace");
        write_counts_and_quarantine(folder_ / "workspace");
        run_ = std::move(WorkspaceRun::open(folder_ / "workspace", folder_ / "data",
                                            *BusinessDate::parse("2026-04-01")))
                   .value();
    }

    std::string capture(const PlannedCapture& plan) {
        const std::string path =
            write_orders(folder_.path(), fmt::format("{}.ndjson", ++file_count_), plan.orders);
        std::optional<CoverageRequest> coverage;
        if (plan.covered) {
            coverage = CoverageRequest{.from = march(plan.covered->first),
                                       .to = march(plan.covered->second),
                                       .is_any_loss_accepted = true};
        }
        const auto report = run_->capture("shop", plan.source, "orders", {path}, coverage);
        RC_ASSERT(report.ok());
        return report->capture;
    }
    void interrupt(const PlannedCapture& plan) {
        const std::string path =
            write_orders(folder_.path(), fmt::format("{}.ndjson", ++file_count_), plan.orders);
        const auto cut = run_->interrupt_capture("shop", plan.source, "orders", {path});
        RC_ASSERT(cut.ok());
    }
    std::string retract(const std::string& target) {
        const auto id = run_->retract("shop", target);
        RC_ASSERT(id.ok());
        return *id;
    }
    void run() {
        findings_.clear();
        for (const auto& stage : {make_normalize(), make_validate(), make_publish()}) {
            const auto outcome = run_->run(*stage, "shop");
            RC_ASSERT(outcome.ok());
            for (const Finding& finding : outcome->findings) {
                if (finding.type != "restatement")
                    findings_.insert(finding.type + " " + finding.key);
            }
        }
    }

    /// Everything that figures, checks and people are told of, but for the places in the log.
    std::map<std::string, std::string> told() {
        std::map<std::string, std::string> all;
        for (const char* metric : {"gross_sales", "orders", "products"}) {
            const Totals sums = *run_->daily_totals("shop", metric);
            for (const auto& [day, total] : sums)
                all[fmt::format("{} {}", metric, day)] = total;
            const Totals published = *run_->published_totals("shop", metric);
            for (const auto& [day, total] : published) {
                if (total != "0") all[fmt::format("published {} {}", metric, day)] = total;
            }
        }
        for (const std::string& finding : findings_)
            all["finding " + finding] = "";
        add(all, "counts",
            "select source, stream, business_on, sum(event_count), sum(record_count)"
            " from event_counts group by all having sum(record_count) <> 0");
        add(all, "streams",
            "select distinct source, stream from event_counts"
            " where received_at > timestamp '1970-01-01'");
        add(all, "today", "select max(received_at) from event_counts");
        add(all, "rejected",
            "select source, kind, event_id, count(*) from rejected_events"
            " group by all");
        add(all, "standing",
            "select e.source, e.object_id, e.business_on, e.amount, e.line_no from entries e"
            " where e.sign = 1 and not exists (from supersessions s where s.position = "
            "e.position)");
        add(all, "days",
            "select distinct source, entry_type, business_on from entry_days e"
            " where exists (from entries n where n.business_on = e.business_on and"
            " n.sign = 1 and not exists (from supersessions s"
            "  where s.position = n.position))");
        return all;
    }

    WorkspaceRun& stores() { return *run_; }
    /// The findings of one type.
    std::vector<std::string> found(const std::string& type) const {
        std::vector<std::string> found;
        for (const std::string& finding : findings_) {
            if (finding.starts_with(type + " ")) found.push_back(finding);
        }
        return found;
    }

  private:
    void add(std::map<std::string, std::string>& all, const std::string& name,
             const std::string& sql) {
        const auto rows = run_->query(sql + " order by all");
        RC_ASSERT(rows.ok());
        for (const auto& row : rows->rows) {
            std::string key = name;
            for (const auto& cell : row)
                key += " " + cell.value_or("null");
            all[key] = "";
        }
    }

    test::TemporaryFolder folder_;
    std::unique_ptr<WorkspaceRun> run_;
    std::set<std::string> findings_;
    int file_count_ = 0;
};

void expect_same(const std::map<std::string, std::string>& left,
                 const std::map<std::string, std::string>& right) {
    for (const auto& one : left) {
        const auto found = right.find(one.first);
        if (found == right.end() || found->second != one.second)
            RC_LOG() << "only with retractions: " << one.first << " " << one.second << "\n";
    }
    for (const auto& one : right) {
        const auto found = left.find(one.first);
        if (found == left.end() || found->second != one.second)
            RC_LOG() << "only without: " << one.first << " " << one.second << "\n";
    }
    RC_ASSERT(left == right);
}

TEST(Retraction, a_history_with_captures_taken_back_equals_the_one_without_them) {
    EXPECT_TRUE(rc::check("retracted captures", [] {
        RetractionShop shop;
        RetractionShop other;
        std::vector<std::pair<PlannedCapture, std::string>> captures;
        std::set<std::size_t> retracted;
        const int count = *rc::gen::inRange(1, 6);
        for (int index = 0; index < count; ++index) {
            const PlannedCapture plan = plan_capture();
            captures.emplace_back(plan, shop.capture(plan));
            if (*rc::gen::arbitrary<bool>()) shop.run();
            const std::size_t one = *rc::gen::inRange<std::size_t>(0, captures.size());
            if (*rc::gen::arbitrary<bool>() && !retracted.contains(one)) {
                shop.retract(captures[one].second);
                retracted.insert(one);
                if (*rc::gen::arbitrary<bool>()) shop.run();
            }
        }
        for (std::size_t index = 0; index < captures.size(); ++index) {
            if (!retracted.contains(index)) other.capture(captures[index].first);
        }
        shop.run();
        other.run();
        expect_same(shop.told(), other.told());
    }));
}

TEST(Retraction, what_is_undone_was_never_done) {
    EXPECT_TRUE(rc::check("undone", [] {
        RetractionShop shop;
        RetractionShop other;
        const int count = *rc::gen::inRange(1, 5);
        std::vector<std::string> undo;
        for (int index = 0; index < count; ++index) {
            const PlannedCapture plan = plan_capture();
            const std::string id = shop.capture(plan);
            other.capture(plan);
            if (*rc::gen::arbitrary<bool>()) shop.run();
            if (*rc::gen::arbitrary<bool>()) undo.push_back(shop.retract(id));
            if (*rc::gen::arbitrary<bool>()) shop.run();
        }
        for (const std::string& retraction : undo) {
            shop.retract(retraction);
            if (*rc::gen::arbitrary<bool>()) shop.run();
        }
        shop.run();
        other.run();
        expect_same(shop.told(), other.told());
    }));
}

TEST(Retraction, a_single_record_is_taken_out_until_it_is_captured_again) {
    RetractionShop shop;
    shop.capture({"till", {{1, 1, 1, 100}, {2, 1, 1, 250}}});  // positions 2 and 3
    shop.run();
    shop.retract("3");
    shop.run();
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"], "1");
    shop.capture({"till", {{2, 1, 1, 250}}});
    shop.run();
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"], "3.5");
}

TEST(Retraction, a_conflict_that_was_refused_comes_in_when_the_other_goes) {
    RetractionShop shop;
    const std::string first = shop.capture({"stall", {{1, 1, 1, 100}}});
    shop.capture({"stall", {{1, 2, 1, 700}}});
    shop.run();
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"], "1");
    EXPECT_TRUE(shop.told().contains("rejected stall conflict 1 1"));
    const std::string retraction = shop.retract(first);
    shop.run();
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"], "7");
    EXPECT_FALSE(shop.told().contains("rejected stall conflict 1 1"));
    shop.retract(retraction);
    shop.run();
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"], "1");
    EXPECT_TRUE(shop.told().contains("rejected stall conflict 1 1"));
}

TEST(Retraction, a_coverage_takes_back_what_it_does_not_bring_with_all_its_revisions) {
    RetractionShop shop;
    shop.capture({"till", {{1, 1, 1, 100}, {2, 1, 2, 250}}});
    shop.capture({"till", {{2, 2, 1, 300}}});
    shop.run();
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"], "4");
    // Order 2 was of the second before it was of the first, and does not go back there.
    const std::string covering = shop.capture({"till", {{1, 1, 1, 100}}, {{1, 1}}});
    shop.run();
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"], "1");
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-02"], "");
    shop.retract(covering);
    shop.run();
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"], "4");
}

TEST(Retraction, a_coverage_leaves_what_moved_out_of_its_days) {
    RetractionShop shop;
    shop.capture({"till", {{1, 1, 1, 100}, {2, 1, 1, 250}}});
    const std::string moving = shop.capture({"till", {{2, 2, 2, 300}}});
    shop.capture({"till", {{1, 1, 1, 100}}, {{1, 1}}});
    shop.run();
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"], "1");
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-02"], "3");
    // Had it not moved, the coverage would have taken it.
    shop.retract(moving);
    shop.run();
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"], "1");
}

TEST(Retraction, an_interrupted_capture_is_found_until_it_is_captured_again) {
    RetractionShop shop;
    shop.interrupt({"till", {{1, 1, 1, 100}, {2, 1, 2, 250}}});
    shop.run();
    EXPECT_EQ(shop.found("unfinished_capture").size(), 1U);
    // Another file of the stream does not have its records.
    shop.capture({"till", {{1, 1, 1, 100}, {3, 1, 1, 100}}});
    shop.run();
    EXPECT_EQ(shop.found("unfinished_capture").size(), 1U);
    shop.capture({"till", {{1, 1, 1, 100}, {2, 1, 2, 250}}});
    shop.run();
    EXPECT_TRUE(shop.found("unfinished_capture").empty());
    // One that brought nothing is done again by any capture of its stream.
    shop.interrupt({"stall", {}});
    shop.capture({"till", {}});
    shop.run();
    EXPECT_EQ(shop.found("unfinished_capture").size(), 1U);
    shop.capture({"stall", {}});
    shop.run();
    EXPECT_TRUE(shop.found("unfinished_capture").empty());
}

TEST(Retraction, an_interrupted_capture_is_found_until_it_is_taken_back) {
    RetractionShop shop;
    shop.interrupt({"till", {{1, 1, 1, 100}}});  // position 1
    shop.run();
    const auto found = shop.found("unfinished_capture");
    ASSERT_EQ(found.size(), 1U);
    shop.retract(found.front().substr(found.front().rfind(' ') + 1));
    shop.run();
    EXPECT_TRUE(shop.found("unfinished_capture").empty());
    EXPECT_EQ((*shop.stores().daily_totals("shop", "gross_sales"))["2026-03-01"], "");
}

TEST(Retraction, sums_are_right_at_every_prefix) {
    RetractionShop shop;
    const std::string first = shop.capture({"till", {{1, 1, 1, 100}}});  // 1 to 3
    shop.capture({"till", {{1, 2, 1, 300}}});                            // 4 to 6
    const std::string retraction = shop.retract(first);                  // 7
    shop.retract("5");                                                   // 8
    shop.retract(retraction);                                            // 9
    shop.run();
    const auto at = [&](Position position) {
        return (*shop.stores().daily_totals_at("shop", "gross_sales", position))["2026-03-01"];
    };
    EXPECT_EQ(at(3), "1");
    EXPECT_EQ(at(6), "3");
    EXPECT_EQ(at(7), "3");
    EXPECT_EQ(at(8), "");
    EXPECT_EQ(at(9), "1");
}

}  // namespace
}  // namespace meshline
