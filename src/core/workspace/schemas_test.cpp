// Goal: the JSON Schemas that editors use say the same as the loader.
// Method: judge the sample workspace with them, whole and broken;
// hold their closed lists against the code's.
#include "base/json/json.hpp"
#include "core/model/entry_type.hpp"
#include "core/model/finding.hpp"
#include "core/workspace/breakage.hpp"
#include "core/workspace/sample_workspace.hpp"
#include "core/workspace/yaml_schemas.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

constexpr std::string_view workspace_root = "/shop/";

std::vector<Error> schema_problems(const std::string& path, const std::string& text) {
    const auto root = parse_yaml(text, path);
    MESHLINE_CHECK(root.ok());
    return check_by_schema(*root, path);
}

TEST(Schemas, accept_what_the_loader_accepts) {
    int judged = 0;
    for (const auto& [path, text] : sample_workspace().files) {
        const std::string within = path.substr(workspace_root.size());
        if (schema_kind_of(within).empty()) continue;
        ++judged;
        for (const Error& problem : schema_problems(within, text))
            ADD_FAILURE() << render(problem);
    }
    EXPECT_EQ(judged, 20);
}

TEST(Schemas, refuse_what_the_loader_refuses) {
    const std::vector<Breakage> breakages = {
        {"", "meshline.yaml", "workspace:", "work_space:", {}},
        {"", "owners.yaml", "deputy: ops", "depty: ops", {}},
        {"", "owners.yaml", "ana@example.test", "ana", {}},
        {"", "clients/retail/client.yaml", "cutoff_hour: 4", "cutoff_hour: 24", {}},
        {"", "clients/retail/client.yaml", "settle_days: 2", "settle_days: \"2\"", {}},
        {"", "clients/retail/client.yaml", "title: Retail", "title: 2024", {}},
        {"", "clients/retail/sources/shop.yaml", "handoff:", "handof:", {}},
        {"", "clients/retail/sources/shop.yaml", "{InvoiceNo: \" Total \"}", "{}", {}},
        {"", "metrics/orders.yaml", "owner: ana\n", "", {}},
        {"", "metrics/discounts.yml", "[discount]", "[discounts]", {}},
        {"", "metrics/discounts.yml", "[discount]", "[]", {}},
        {"", "metrics/discounts.yml", "negate: true", "sum_quantity: [discount]", {}},
        {"", "checks/sane_amounts.yaml", "quarantine", "block", {}},
        {"", "checks/sane_amounts.yaml", ", at_least: 0, at_most: 100000.50", "", {}},
        {"", "checks/net_is_its_parts.yaml", "+gross_sales", "gross_sales", {}},
        {"", "checks/balances_chain.yaml", "tolerance: 0.01", "tolerance: -1", {}},
        {"", "reconciliations/orders_to_bank.yaml", "missing_right:", "mising_right:", {}},
        {"", "reconciliations/orders_to_bank.yaml", "      key: order_ref\n", "", {}},
        {"", "attribution/last_touch.yaml", "medium:", "meduim:", {}},
        {"", "reports/daily.yaml", "metrics:", "figures:", {}},
        {"", "packs/sales/pack.yaml", "event_id: file_line", "event_id: file", {}},
        {"",
         "packs/sales/pack.yaml",
         "event_id: file_line",
         "event_id: row\n    duplicate_keys: first",
         {}},
    };
    for (const Breakage& breakage : breakages) {
        MemoryFiles files = broken_workspace(breakage);
        EXPECT_FALSE(problems_of(breakage).empty()) << breakage.file << " " << breakage.replace;
        const std::string path = std::string(workspace_root) + breakage.file;
        EXPECT_FALSE(schema_problems(breakage.file, files.files.at(path)).empty())
            << breakage.file << " " << breakage.replace;
    }
}

TEST(Schemas, say_where_the_yaml_is_wrong) {
    const auto problems =
        schema_problems("metrics/orders.yaml",
                        "metric: orders\nowner: ana\nbook: commerce\nsum: [gross_sales]\n"
                        "date_basis: order_day\ndimension: [channel]\n");
    std::vector<std::string> rendered;
    for (const Error& problem : problems)
        rendered.push_back(render(problem));
    EXPECT_THAT(rendered,
                testing::Contains(testing::AllOf(testing::HasSubstr("at metrics/orders.yaml:4:7"),
                                                 testing::HasSubstr("code: workspace.not_valid"))));
    EXPECT_THAT(rendered, testing::Contains(
                              testing::AllOf(testing::HasSubstr("at metrics/orders.yaml:6:1"),
                                             testing::HasSubstr("Did you mean \"dimensions\"?"))));
}

std::vector<std::string> listed(const std::string& kind, std::string_view definition) {
    JsonDocument document;
    const auto root = document.parse(schema_text(kind));
    MESHLINE_CHECK(root.ok());
    const auto list = root->find("$defs")->find(definition)->find("enum");
    std::vector<std::string> names;
    if (!list || list->size() == 0) return names;
    JsonValue value = list->first();
    for (std::size_t index = 0; index < list->size(); ++index) {
        if (index > 0) value = value.next();
        names.emplace_back(value.text());
    }
    return names;
}

TEST(Schemas, list_the_entry_types_books_and_fixes_of_the_code) {
    const std::vector<std::string> entry_types(entry_type_names.begin(), entry_type_names.end());
    for (const char* kind : {"metric", "check", "reconciliation", "attribution"}) {
        EXPECT_EQ(listed(kind, "entry_type"), entry_types) << kind;
    }
    const std::vector<std::string> books(book_names.begin(), book_names.end());
    for (const char* kind : {"metric", "check", "reconciliation", "attribution", "pack"}) {
        EXPECT_EQ(listed(kind, "book"), books) << kind;
    }
    const std::vector<std::string> fixes(std::begin(fix_names), std::end(fix_names));
    for (const char* kind : {"check", "reconciliation"})
        EXPECT_EQ(listed(kind, "fix"), fixes);
}

}  // namespace
}  // namespace meshline
