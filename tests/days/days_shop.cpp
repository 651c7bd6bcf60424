#include "days/days_shop.hpp"

#include "core/workspace/load_workspace.hpp"
#include "drivers/duckdb/duckdb_transforms.hpp"
#include "stages/enrich/enrich.hpp"
#include "stages/normalize/normalize.hpp"
#include "stages/publish/publish.hpp"
#include "stages/reconcile/reconcile.hpp"
#include "stages/validate/validate.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

const ClientId shop("shop");

constexpr const char* sales_source =
    "source: {0}\nowner: ana\npack: sales_csv\nstreams: [lines_by_id]\n"
    "columns:\n  lines_by_id: {{line_id: id, sold_at: day, unit_price: amount, customer_ref:"
    " customer, order_ref: id}}\n"
    "constants:\n  lines_by_id: {{quantity: \"1\", currency: EUR}}\n";

constexpr const char* bank_source =
    "source: bank\nowner: ana\npack: bank_csv\nstreams: [statement]\n"
    "columns:\n  statement: {entry_id: id, booked_on: day, order_ref: order}\n"
    "constants:\n  statement: {currency: EUR}\n";

Instant noon_of(const std::string& day) {
    constexpr std::int64_t micros_per_hour = 3'600'000'000;
    return {(std::int64_t{BusinessDate::parse(day)->days} * 24 + 12) * micros_per_hour};
}

}  // namespace

DaysShop::DaysShop(const std::string& client) {
    write("meshline.yaml", "workspace: days\n");
    write("owners.yaml", "people: [{id: ana, name: Ana, email: ana@example.test}]\n");
    write(
        "clients/shop/client.yaml",
        "client: shop\nowner: ana\nzone: Europe/Berlin\ncurrency: EUR\nsettle_days: 1\n" + client);
    write("clients/shop/sources/till.yaml", fmt::format(fmt::runtime(sales_source), "till"));
    write("clients/shop/sources/web.yaml", fmt::format(fmt::runtime(sales_source), "web"));
    write("clients/shop/sources/bank.yaml", bank_source);
    write("metrics/net_sales.yaml",
          "metric: net_sales\nowner: ana\nbook: commerce\ndate_basis: order_day\n"
          "sum: [gross_sale, discount, return]\n");
    write("metrics/customers.yaml",
          "metric: customers\nowner: ana\nbook: commerce\ndate_basis: order_day\n"
          "count_distinct: {column: customer_ref, entries: [gross_sale]}\n"
          "dimensions: [source]\n");
    log_ = *SegmentLog::open(folder_ / "log");
    warehouse_ = *DuckdbWarehouse::open(folder_ / "warehouse.duckdb", {});
    transforms_ = std::make_unique<DuckdbTransforms>();
    control_ = *SqliteControl::open(folder_ / "control.sqlite");
    stages_.push_back(make_normalize());
    stages_.push_back(make_validate());
    stages_.push_back(make_enrich());
    stages_.push_back(make_reconcile());
    stages_.push_back(make_publish());
}

void DaysShop::write(const std::string& path, const std::string& text) {
    const auto written = files_.write_text((folder_ / "workspace/") + path, text);
    ASSERT_TRUE(written.ok());
    workspace_.reset();
}

std::string DaysShop::remove(const std::string& path) {
    const std::string file = (folder_ / "workspace/") + path;
    std::string text = files_.read_text(file).value();
    std::filesystem::remove(file);
    workspace_.reset();
    return text;
}

void DaysShop::capture(const std::string& today, const std::string& source,
                       const std::string& stream, const std::string& text) {
    if (!workspace_) {
        LoadedWorkspace loaded = load_workspace(folder_ / "workspace", files_);
        ASSERT_TRUE(loaded.problems.empty()) << render(loaded.problems.front());
        workspace_ = std::move(loaded.workspace);
    }
    clock_.at = noon_of(today);
    const std::string path = folder_ / fmt::format("{}.csv", ++file_count_);
    ASSERT_TRUE(files_.write_text(path, text).ok());
    const ClientDefinition& client = *workspace_->find_client("shop");
    const SourceDefinition& of_source = *client.find(source);
    CaptureContext context{*log_, *control_, files_, clock_, progress_};
    const auto captured =
        meshline::capture(context, {client, of_source, *of_source.pack->find(stream), {path}});
    ASSERT_TRUE(captured.ok() && captured->file_errors.empty());
    ASSERT_EQ(captured->failed, 0);
}

void DaysShop::sell(const std::string& today, const std::vector<std::string>& lines,
                    const std::string& source) {
    std::string text = "id,day,amount,customer\n";
    for (const std::string& line : lines)
        text += line + "\n";
    capture(today, source, "lines_by_id", text);
}

void DaysShop::bank(const std::string& today, const std::vector<std::string>& lines) {
    std::string text = "id,day,amount,order\n";
    for (const std::string& line : lines)
        text += line + "\n";
    capture(today, "bank", "statement", text);
}

RunStores DaysShop::stores() {
    return {*log_, *warehouse_, *transforms_, *control_, clock_, progress_};
}

void DaysShop::run(std::optional<std::string> now) {
    if (now) clock_.at = noon_of(*now);
    run_days({}, {});
}

void DaysShop::run_part(const std::string& from, const std::string& to) {
    run_days(BusinessDate::parse(from).value(), BusinessDate::parse(to).value());
}

void DaysShop::run_days(std::optional<BusinessDate> from, std::optional<BusinessDate> to) {
    if (!workspace_) {
        LoadedWorkspace loaded = load_workspace(folder_ / "workspace", files_);
        ASSERT_TRUE(loaded.problems.empty()) << render(loaded.problems.front());
        workspace_ = std::move(loaded.workspace);
    }
    const auto reports =
        run_clients(*workspace_, stages_, stores(),
                    {.clients = {&workspace_->clients.front()}, .from = from, .to = to});
    ASSERT_TRUE(reports.ok());
    ASSERT_FALSE(reports->front().error) << render(*reports->front().error);
}

std::string DaysShop::value(const Publication& act) {
    const auto bytes = *control_->blob(act.result_digest);
    const auto figures = *decode_figures(bytes);
    std::string total = act.version == 0 ? "nothing" : "-";
    for (const Figure& figure : figures) {
        if (figure.dimension.empty()) total = figure.amount.text(figure.currency.empty() ? 0 : 2);
    }
    return total;
}

std::string DaysShop::shown(const Publication& act) {
    const bool is_range = act.grain == Grain::day && act.through != act.period;
    return fmt::format("{}{} {} {} {}", period_text(act.grain, act.period),
                       is_range ? ".." + act.through.text() : "", value(act), name_of(act.state),
                       act.version);
}

std::vector<std::string> DaysShop::acts(const std::string& metric, Grain grain) {
    std::vector<std::string> lines;
    const auto live = control_->live_publications(shop, metric);
    for (const Publication& act : *live) {
        if (act.grain == grain) lines.push_back(shown(act));
    }
    return lines;
}

std::vector<std::string> DaysShop::reasons(const std::string& metric, Grain grain) {
    std::vector<std::string> reasons;
    const auto live = control_->live_publications(shop, metric);
    for (const Publication& act : *live) {
        if (act.grain == grain && !act.reason.empty()) reasons.push_back(act.reason);
    }
    return reasons;
}

std::map<std::string, std::string> DaysShop::values(const std::string& metric, Grain grain) {
    std::map<std::string, std::string> values;
    const auto live = control_->live_publications(shop, metric);
    for (const Publication& act : *live) {
        if (act.grain == grain && act.result_digest != sha256(""))
            values[period_text(grain, act.period)] = value(act);
    }
    return values;
}

std::optional<Publication> DaysShop::live_on(const std::string& day, const std::string& metric) {
    const BusinessDate wanted = *BusinessDate::parse(day);
    const auto live = control_->live_publications(shop, metric);
    for (Publication act : *live) {
        if (act.grain != Grain::day || act.period > wanted || act.through < wanted) continue;
        act.period = act.through = wanted;
        return act;
    }
    return std::nullopt;
}

std::string DaysShop::on(const std::string& day, const std::string& metric) {
    const auto act = live_on(day, metric);
    if (!act) return "";
    const std::string line = shown(*act);
    return line.substr(line.find(' ') + 1) + (act->reason.empty() ? "" : ": " + act->reason);
}

std::string DaysShop::checks_behind(const std::string& day, const std::string& metric) {
    return control_->blob(live_on(day, metric).value().checks_digest).value();
}

std::vector<std::string> DaysShop::exceptions() {
    std::vector<std::string> lines;
    const auto items = control_->exceptions({});
    for (const ExceptionItem& item : *items)
        lines.push_back(item.finding.type + " " + item.finding.key);
    std::ranges::sort(lines);
    return lines;
}

ExceptionItem DaysShop::exception(const std::string& type) {
    ExceptionFilter filter;
    filter.type = type;
    const auto items = control_->exceptions(filter);
    return items->empty() ? ExceptionItem() : items->front();
}

std::size_t DaysShop::publication_count() {
    return control_->audit_leaves()->size();
}

bool DaysShop::verifies() {
    auto context = make_context(*workspace_, workspace_->clients.front(), stores());
    if (!context.ok() || !control_->verify().ok()) return false;
    const auto compared = recompute_publications(*context);
    return compared.ok() && *compared > 0;
}

}  // namespace meshline
