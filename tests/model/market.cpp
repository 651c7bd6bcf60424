#include "model/market.hpp"

#include "base/result/check.hpp"
#include "drivers/files/disk_files.hpp"
#include "stages/enrich/enrich.hpp"
#include "stages/normalize/normalize.hpp"
#include "stages/publish/publish.hpp"
#include "stages/reconcile/reconcile.hpp"
#include "stages/validate/validate.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <stdexcept>

namespace meshline {
namespace {

constexpr const char* metrics[] = {"net_sales", "items_sold",   "orders",
                                   "customers", "earned_sales", "cash"};

BusinessDate of_march(int day) {
    return {BusinessDate::parse("2026-03-01")->days + day - 1};
}

template <class T>
void assert_ok(const Result<T>& result) {
    if (!result.ok()) throw std::runtime_error(render(result.error()));
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    MESHLINE_CHECK(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

Market::Market(const Story& story) : story_(story) {
    std::filesystem::copy(std::string(MESHLINE_SOURCE_DIR) + "/tests/model/fixtures/market",
                          folder_ / "workspace", std::filesystem::copy_options::recursive);
    auto opened = WorkspaceRun::open(folder_ / "workspace", folder_ / "data", of_march(1));
    assert_ok(opened);
    run_ = std::move(opened).value();
}

void Market::act(const Act& act) {
    switch (act.kind) {
        case ActKind::capture:
            return capture(act);
        case ActKind::retract:
            return assert_ok(run_->retract("shop", captures_[act.capture]));
        case ActKind::widen: {
            DiskFiles files;
            const std::string path = folder_ / "workspace/packs/market/contracts/fact.schema.json";
            const auto member = [](std::size_t length) {
                return fmt::format("\"maxLength\": {}", length);
            };
            std::string text = files.read_text(path).value();
            if (text.find(member(note_length_max)) == std::string::npos) return;
            assert_ok(files.write_text(path, replaced(std::move(text), member(note_length_max),
                                                      member(note_length_max_widened))));
            return assert_ok(run_->load(folder_ / "workspace"));
        }
        case ActKind::run:
            return run(act);
    }
}

void Market::capture(const Act& act) {
    std::string text;
    for (const std::size_t place : act.facts)
        text += story_.facts[place].json() + "\n";
    const std::string path = folder_ / fmt::format("{}.ndjson", ++file_count_);
    DiskFiles files;
    assert_ok(files.write_text(path, text));
    run_->move_clock(of_march(act.day));
    const auto report = run_->capture("shop", "market", act.stream, {path});
    assert_ok(report);
    captures_.push_back(report->capture);
}

void Market::run(const Act& act) {
    const NormalizeSizes sizes{story_.events_per_batch, story_.rows_per_commit};
    RunPart part;
    if (act.from) part.from = of_march(*act.from);
    if (act.to) part.to = of_march(*act.to);
    std::vector<std::unique_ptr<Stage>> stages;
    stages.push_back(make_normalize(sizes));
    stages.push_back(make_validate());
    stages.push_back(make_enrich());
    stages.push_back(make_reconcile());
    stages.push_back(make_publish());
    assert_ok(run_->run_all(stages, "shop", part));
}

Told Market::published() {
    Told told;
    for (const char* metric : metrics) {
        const auto live = run_->live_figures("shop", metric);
        assert_ok(live);
        for (const auto& [act, figures] : *live) {
            if (act.says_nothing()) continue;
            std::map<std::string, std::string> sorted;
            for (const Figure& figure : figures) {
                sorted[fmt::format("{}|{}|{}", figure.currency, figure.dimension, figure.member)] =
                    figure.amount.text();
            }
            std::string text = fmt::format("{} {}", name_of(act.state), act.version);
            for (const auto& [key, amount] : sorted)
                text += fmt::format(" {}={}", key, amount);
            const BusinessDate last = act.grain == Grain::day ? act.through : act.period;
            for (BusinessDate day = act.period; day <= last; ++day.days)
                told[fmt::format("{} {} {}", metric, name_of(act.grain), day.text())] = text;
        }
    }
    return told;
}

Told Market::matched() {
    assert_ok(run_->show_matches("shop"));
    const auto rows = run_->query(
        "select reconciliation, side, item_id, outcome, reason, coalesce(difference, 0)::varchar"
        " from match_items order by all");
    assert_ok(rows);
    Told told;
    for (std::size_t row = 0; row < rows->rows.size(); ++row) {
        const auto key =
            fmt::format("{} {} {}", rows->text(row, 0), rows->text(row, 1), rows->text(row, 2));
        MESHLINE_CHECK(!told.contains(key));
        told[key] = fmt::format("{} {} {}", rows->text(row, 3), rows->text(row, 4),
                                WideDecimal::parse(rows->text(row, 5), Rounding::exact)->text());
    }
    return told;
}

}  // namespace meshline
