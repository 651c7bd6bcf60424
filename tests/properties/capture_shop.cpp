#include "properties/capture_shop.hpp"

#include "stages/normalize/normalize.hpp"
#include "stages/publish/publish.hpp"
#include "stages/validate/validate.hpp"

#include <fmt/format.h>
#include <rapidcheck.h>

namespace meshline {
namespace {

BusinessDate march(int day) {
    return *BusinessDate::from_civil(2026, 3, day);
}

}  // namespace

CaptureShop::CaptureShop() {
    write_small_shop(folder_ / "workspace");
    write_stall(folder_ / "workspace");
    write_counts_and_quarantine(folder_ / "workspace");
    run_ = std::move(WorkspaceRun::open(folder_ / "workspace", folder_ / "data",
                                        *BusinessDate::parse("2026-04-01")))
               .value();
}

std::string CaptureShop::write(const PlannedCapture& plan) {
    return write_orders(folder_.path(), fmt::format("{}.ndjson", ++file_count_), plan.orders);
}

std::string CaptureShop::capture(const PlannedCapture& plan) {
    std::optional<CoverageRequest> coverage;
    if (plan.covered) {
        coverage = CoverageRequest{.from = march(plan.covered->first),
                                   .to = march(plan.covered->second),
                                   .is_any_loss_accepted = true};
    }
    const auto report = run_->capture("shop", plan.source, "orders", {write(plan)}, coverage);
    RC_ASSERT(report.ok());
    return report->capture;
}

void CaptureShop::interrupt(const PlannedCapture& plan) {
    RC_ASSERT(run_->interrupt_capture("shop", plan.source, "orders", {write(plan)}).ok());
}

std::string CaptureShop::retract(const std::string& target) {
    const auto id = run_->retract("shop", target);
    RC_ASSERT(id.ok());
    return *id;
}

void CaptureShop::run() {
    findings_.clear();
    for (const auto& stage : {make_normalize(), make_validate(), make_publish()}) {
        const auto outcome = run_->run(*stage, "shop");
        RC_ASSERT(outcome.ok());
        for (const Finding& finding : outcome->findings) {
            if (finding.type != "restatement") findings_.insert(finding.type + " " + finding.key);
        }
    }
}

Told CaptureShop::told() {
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

std::vector<std::string> CaptureShop::found(const std::string& type) const {
    std::vector<std::string> found;
    for (const std::string& finding : findings_) {
        if (finding.starts_with(type + " ")) found.push_back(finding);
    }
    return found;
}

void CaptureShop::add(Told& all, const std::string& name, const std::string& sql) {
    const auto rows = run_->query(sql + " order by all");
    RC_ASSERT(rows.ok());
    for (const auto& row : rows->rows) {
        std::string key = name;
        for (const auto& cell : row)
            key += " " + cell.value_or("null");
        all[key] = "";
    }
}

void expect_same(const Told& left, const Told& right) {
    for (const auto& one : left) {
        const auto found = right.find(one.first);
        if (found == right.end() || found->second != one.second)
            RC_LOG() << "only on the left: " << one.first << " " << one.second << "\n";
    }
    for (const auto& one : right) {
        const auto found = left.find(one.first);
        if (found == left.end() || found->second != one.second)
            RC_LOG() << "only on the right: " << one.first << " " << one.second << "\n";
    }
    RC_ASSERT(left == right);
}

}  // namespace meshline
