// Goal: whatever ids records bear, no two findings of any stage are taken for one, and every text
// of a finding is UTF-8: an exception is one thing, and one record never stops the others. Method:
// a shop whose ids, keys and currencies are made of separators, marks and each other's parts, run
// through all stages with checks and reconciliations that find fault with most of it.
#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "packs/workspace_run.hpp"
#include "stages/enrich/enrich.hpp"
#include "stages/normalize/normalize.hpp"
#include "stages/publish/publish.hpp"
#include "stages/reconcile/reconcile.hpp"
#include "stages/validate/validate.hpp"
#include "support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <set>

namespace meshline {
namespace {

struct WorkspaceFile {
    const char* path;
    const char* text;
};

constexpr const char* pack_text =
    "pack: till\nowner: ana\nstreams:\n"
    "  orders:\n    contract: contracts/record.schema.json\n    event_id: [id]\n"
    "    occurred_at: at\n    transforms:\n"
    "      - {into: entries, book: commerce, sql: transforms/orders.sql}\n"
    "  payments:\n    contract: contracts/record.schema.json\n    event_id: [id]\n"
    "    occurred_at: at\n    transforms:\n"
    "      - {into: entries, book: payments, sql: transforms/payments.sql}\n"
    "  silent:\n    contract: contracts/record.schema.json\n    event_id: [id]\n"
    "    occurred_at: at\n    transforms:\n"
    "      - {into: entries, book: payments, sql: transforms/payments.sql}\n";

constexpr const char* contract_text =
    R"({"type": "object", "required": ["id", "key", "at", "amount", "currency"], "properties": {
  "id": {"type": "string"},
  "key": {"type": "string"},
  "at": {"type": "string", "x-meshline": "instant"},
  "amount": {"type": "string", "x-meshline": "money"},
  "currency": {"type": "string"}}})";

/// Orders and payments differ by the type of entry alone.
std::string transform_text(const char* entry_type) {
    return fmt::format(
        "-- Grain: one row per record.\nselect\n    position,\n    '{}' as entry_type,\n"
        "    1 as line_no,\n    occurred_at,\n    payload.amount as amount,\n"
        "    payload.currency as currency,\n    payload.key as order_ref,\nfrom input\n",
        entry_type);
}

constexpr WorkspaceFile workspace_files[] = {
    {"meshline.yaml", "workspace: hostile\n"},
    {"owners.yaml", "people: [{id: ana, name: Ana, email: ana@example.test}]\n"},
    {"clients/shop/client.yaml",
     "client: shop\nowner: ana\nzone: UTC\ncurrency: EUR\nsettle_days: 0\n"},
    {"clients/shop/sources/till.yaml", "source: till\nowner: ana\npack: till\n"},
    {"metrics/gross_sales.yaml",
     "metric: gross_sales\nowner: ana\nbook: commerce\ndate_basis: order_day\n"
     "sum: [gross_sale]\n"},
    {"checks/fresh.yaml",
     "check: fresh\nowner: ana\nseverity: note\n"
     "freshness: {source: till, stream: silent, within_hours: 1}\n"},
    {"checks/fresher.yaml",
     "check: fresher\nowner: ana\nseverity: note\n"
     "freshness: {source: till, stream: silent, within_hours: 2}\n"},
    {"checks/paid.yaml",
     "check: paid\nowner: ana\nseverity: note\n"
     "cross: {group_by: order_ref, book: commerce, entries: [gross_sale], limit_book: payments,"
     " limit_entries: [charge]}\n"},
    {"checks/named.yaml",
     "check: named\nowner: ana\nseverity: note\n"
     "row: {book: commerce, entries: [gross_sale], column: order_ref, one_of: [none]}\n"},
    {"reconciliations/pairs.yaml",
     "reconciliation: pairs\nowner: ana\n"
     "left: {book: commerce, entries: [gross_sale]}\n"
     "right: {book: payments, entries: [charge]}\n"
     "match: [{one_to_one: {name: left, key: order_ref}}]\n"},
    {"reconciliations/sums.yaml",
     "reconciliation: sums\nowner: ana\n"
     "left: {book: commerce, entries: [gross_sale]}\n"
     "right: {book: payments, entries: [charge], item: order_ref}\n"
     "match: [{many_to_one: {name: others, key: order_ref}}]\n"},
    {"packs/till/pack.yaml", pack_text},
    {"packs/till/contracts/record.schema.json", contract_text},
};

/// An id of separators, escapes, and what keys are made of.
rc::Gen<std::string> hostile_text() {
    return rc::gen::map(
        rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
            "a", "A", "b", " ", "  ", "\\", "\\_", "EUR", "left", "others", "|", "/", "\n",
            "\xC3\xA9", "e\xCC\x81", std::string(1, '\0'), std::string(70, 'x') + "\xC3\xA9")),
        [](const std::vector<std::string>& parts) { return "i" + join(parts, ""); });
}

class HostileShop {
  public:
    HostileShop() {
        DiskFiles files;
        for (const WorkspaceFile& file : workspace_files)
            write(files, file.path, file.text);
        write(files, "packs/till/transforms/orders.sql", transform_text("gross_sale"));
        write(files, "packs/till/transforms/payments.sql", transform_text("charge"));
        run_ = std::move(WorkspaceRun::open(folder_ / "workspace", folder_ / "data",
                                            *BusinessDate::parse("2026-04-01")))
                   .value();
    }

    void capture(const char* stream, const std::string& records) {
        DiskFiles files;
        const std::string path = folder_ / fmt::format("{}.ndjson", stream);
        RC_ASSERT(files.write_text(path, records).ok());
        RC_ASSERT(run_->capture("shop", "till", stream, {path}).ok());
    }

    std::vector<Finding> findings() {
        std::vector<Finding> all;
        for (const auto& stage :
             {make_normalize(), make_validate(), make_enrich(), make_reconcile(), make_publish()}) {
            auto outcome = run_->run(*stage, "shop");
            if (!outcome.ok()) RC_FAIL(render(outcome.error()));
            std::ranges::move(outcome->findings, std::back_inserter(all));
        }
        return all;
    }

  private:
    void write(DiskFiles& files, const std::string& path, const std::string& text) {
        MESHLINE_CHECK(files.write_text(folder_ / ("workspace/" + path), text).ok());
    }

    test::TemporaryFolder folder_;
    std::unique_ptr<WorkspaceRun> run_;
};

std::string generate_records(const std::vector<std::string>& ids,
                             const std::vector<std::string>& keys) {
    std::string records;
    const auto count = *rc::gen::inRange(1, 25);
    for (int index = 0; index < count; ++index) {
        JsonWriter writer;
        writer.begin_object().member("id", *rc::gen::elementOf(ids));
        writer.member("key", *rc::gen::elementOf(keys)).member("at", "2026-03-02T10:00:00Z");
        writer.member("amount", fmt::format("{}.00", *rc::gen::inRange(1, 4)));
        writer.member("currency", *rc::gen::element<std::string>("EUR", "USD"));
        records += writer.end_object().take() + "\n";
    }
    return records;
}

TEST(HostileIds, no_two_findings_of_any_stage_have_one_key) {
    EXPECT_TRUE(rc::check("hostile ids", [] {
        const auto texts = rc::gen::container<std::vector<std::string>>(6, hostile_text());
        const std::vector<std::string> ids = *texts;
        const std::vector<std::string> keys = *texts;
        HostileShop shop;
        shop.capture("orders", generate_records(ids, keys));
        shop.capture("payments", generate_records(keys, keys));
        std::set<std::pair<std::string, std::string>> seen;
        for (const Finding& finding : shop.findings()) {
            const bool is_new = seen.emplace(finding.type, finding.key).second;
            if (!is_new) RC_FAIL(fmt::format("{} \"{}\" twice", finding.type, finding.key));
            RC_ASSERT(!find_invalid_utf8(finding.key) && !find_invalid_utf8(finding.title));
            for (const auto& [name, text] : finding.evidence)
                RC_ASSERT(!find_invalid_utf8(text));
        }
        RC_ASSERT(!seen.empty());
    }));
}

}  // namespace
}  // namespace meshline
