// Goal: a definition with problems takes with it what stands on it, and nothing else; a gate that
// cannot be run is known to be one, whatever its file has become.
// Method: the sample workspace broken in one place, with all that is left out of it.
#include "core/workspace/breakage.hpp"
#include "core/workspace/load_workspace.hpp"
#include "core/workspace/sample_workspace.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> left_out_of(MemoryFiles files) {
    const LoadedWorkspace loaded = load_workspace("/shop", files);
    EXPECT_FALSE(loaded.problems.empty());
    if (!loaded.workspace) return {"all"};
    std::vector<std::string> left;
    for (const LeftOut& one : loaded.workspace->left_out)
        left.push_back(fmt::format("{} {}", name_of(one.kind), one.name));
    return left;
}

MemoryFiles broken(const std::string& file, const std::string& find, const std::string& replace) {
    return broken_workspace(
        {.name = "", .file = file, .find = find, .replace = replace, .problems = {}});
}

std::vector<std::string> left_out_with(const std::string& path, const std::string& text) {
    MemoryFiles files = sample_workspace();
    files.files["/shop/" + path] = text;
    return left_out_of(std::move(files));
}

TEST(LeaveOut, a_good_workspace_leaves_nothing_out) {
    MemoryFiles files = sample_workspace();
    const LoadedWorkspace loaded = load_workspace("/shop", files);
    ASSERT_TRUE(loaded.workspace && loaded.problems.empty());
    EXPECT_THAT(loaded.workspace->left_out, IsEmpty());
}

TEST(LeaveOut, a_metric_takes_its_checks_and_reports) {
    EXPECT_THAT(left_out_of(broken("metrics/orders.yaml", "owner: ", "owner: not_")),
                ElementsAre("metric orders", "report daily"));
    EXPECT_THAT(left_out_of(broken("metrics/gross_sales.yaml", "owner: ", "owner: not_")),
                ElementsAre("metric gross_sales", "check net_is_its_parts"));
    EXPECT_THAT(left_out_of(broken("metrics/clicks.yaml", "", "metric: [clicks")),
                ElementsAre("metric clicks"));
}

TEST(LeaveOut, an_attribution_model_takes_its_metrics) {
    EXPECT_THAT(left_out_of(broken("attribution/last_touch.yaml", "owner: ", "owner: not_")),
                ElementsAre("metric net_sales", "check net_is_its_parts", "attribution last_touch",
                            "report daily"));
}

TEST(LeaveOut, checks_and_reconciliations_are_gates_and_stand_alone) {
    EXPECT_THAT(left_out_of(broken("checks/sane_amounts.yaml", "", "check")),
                ElementsAre("check sane_amounts"));
    MemoryFiles files = broken("reconciliations/orders_to_bank.yaml", "", "a: 1\n");
    const LoadedWorkspace loaded = load_workspace("/shop", files);
    ASSERT_TRUE(loaded.workspace.has_value());
    ASSERT_EQ(loaded.workspace->left_out.size(), 2u);  // the report shows it
    EXPECT_TRUE(loaded.workspace->left_out[0].is_gate());
    EXPECT_TRUE(loaded.workspace->left_out[0].concerns("any client"));
    EXPECT_FALSE(loaded.workspace->left_out[1].is_gate());
    EXPECT_TRUE(loaded.workspace->reconciliations.empty());
    EXPECT_EQ(loaded.workspace->metrics.size(), 5u);
}

TEST(LeaveOut, sources_and_packs_take_the_clients_that_use_them) {
    for (const auto& [file, text] : {std::pair("clients/retail/client.yaml", "client: retail\n"),
                                     std::pair("clients/retail/sources/shop.yaml", "source"),
                                     std::pair("packs/sales/pack.yaml", "pack: sales\n"),
                                     std::pair("packs/sales/contracts/line.schema.json", "{")}) {
        const auto left = left_out_of(broken(file, "", text));
        ASSERT_FALSE(left.empty()) << file;
        EXPECT_EQ(left.front(), "client retail") << file;
    }
}

TEST(LeaveOut, what_nothing_reads_may_be_a_gate_unless_its_folder_says_else) {
    EXPECT_THAT(left_out_with("check/late.yaml", "check: late\n"), ElementsAre("file check"));
    EXPECT_THAT(left_out_with("late.yaml", "check: late\n"), ElementsAre("file late.yaml"));
    EXPECT_THAT(left_out_with("checks/late.yml.txt", "check: late\n"),
                ElementsAre("check late.yml"));
    EXPECT_THAT(left_out_with("metrics/deep/net.yaml", "metric: net\n"),
                ElementsAre("metric deep/net"));
    EXPECT_THAT(left_out_with("clients/retail/x.yaml", "a: 1\n"), ElementsAre("client retail"));
    EXPECT_THAT(left_out_with("clients/x.yaml", "a: 1\n"), IsEmpty());
    EXPECT_THAT(left_out_with("check/late.YAML", "check: late\n"), ElementsAre("file check"));
    EXPECT_THAT(left_out_with("LATE.Yml", "check: late\n"), ElementsAre("file LATE.Yml"));
    EXPECT_THAT(left_out_with("checks/README.yaml", "check: README\n"),
                ElementsAre("check README"));
}

TEST(LeaveOut, a_pack_of_too_many_files_takes_its_clients) {
    MemoryFiles files = sample_workspace();
    for (int index = 0; index < 200; ++index)
        files.files[fmt::format("/shop/packs/sales/transforms/t{}.sql", index)] = "select 1\n";
    const LoadedWorkspace loaded = load_workspace("/shop", files);
    const auto is_too_large = [](const Error& problem) { return problem.code == "pack.too_large"; };
    EXPECT_EQ(std::ranges::count_if(loaded.problems, is_too_large), 1);
    EXPECT_EQ(left_out_of(std::move(files)).front(), "client retail");
}

TEST(LeaveOut, a_workspace_of_too_many_bytes_is_read_no_further) {
    MemoryFiles files = sample_workspace();
    files.files["/shop/packs/sales/contracts/line.schema.json"] =
        std::string((std::size_t{128} << 20) + 1, ' ');
    const LoadedWorkspace loaded = load_workspace("/shop", files);
    const auto is_too_large = [](const Error& problem) {
        return problem.code == "workspace.too_large";
    };
    EXPECT_GT(std::ranges::count_if(loaded.problems, is_too_large), 1);
}

TEST(LeaveOut, of_two_files_of_one_name_neither_counts) {
    EXPECT_THAT(left_out_with("metrics/clicks.yml", "metric: clicks\n"),
                ElementsAre("metric clicks"));
}

/// The workspace in which `path`, a file or a folder, is a link that leads nowhere.
MemoryFiles without(const std::string& path) {
    MemoryFiles files = sample_workspace();
    std::erase_if(files.files, [&](const auto& file) {
        return file.first == "/shop/" + path || file.first.starts_with("/shop/" + path + "/");
    });
    files.broken_links.push_back("/shop/" + path);
    return files;
}

std::vector<std::string> problems_without(const std::string& path) {
    MemoryFiles files = without(path);
    std::vector<std::string> said;
    for (const Error& problem : load_workspace("/shop", files).problems)
        said.push_back(problem.where.file + " " + problem.code);
    return said;
}

TEST(LeaveOut, a_link_that_leads_nowhere_is_what_it_was_meant_to_be) {
    for (const auto& [path, left] : {
             std::pair("checks/sane_amounts.yaml", ElementsAre("check sane_amounts")),
             std::pair("checks/more", ElementsAre("check more")),
             std::pair("metrics/clicks.yaml", ElementsAre("metric clicks")),
             std::pair("clients/retail", ElementsAre("client retail")),
             std::pair("clients/retail/client.yaml", ElementsAre("client retail")),
             std::pair("clients/retail/sources", ElementsAre("client retail")),
             std::pair("clients/retail/sources/bank.yaml", ElementsAre("client retail")),
             std::pair("packs/sales", ElementsAre("client retail")),
             std::pair("packs/sales/contracts", ElementsAre("client retail")),
             std::pair("packs/sales/pack.yaml", ElementsAre("client retail")),
             std::pair("packs/sales/transforms/lines.sql", ElementsAre("client retail")),
             std::pair("late.yaml", ElementsAre("file late.yaml")),
         }) {
        EXPECT_THAT(left_out_of(without(path)), left) << path;
    }
    // What refers to it is not wrong for that.
    for (const char* path : {"metrics/clicks.yaml", "packs/sales", "packs/sales/pack.yaml",
                             "packs/sales/transforms/lines.sql", "clients/retail/client.yaml"}) {
        EXPECT_THAT(problems_without(path), ElementsAre(std::string(path) + " files.broken_link"));
    }
}

TEST(LeaveOut, nobody_knows_what_a_folder_held_that_cannot_be_looked_into) {
    for (const char* folder :
         {"clients", "metrics", "checks", "reconciliations", "attribution", "reports", "packs"}) {
        EXPECT_THAT(left_out_of(without(folder)), ElementsAre("all")) << folder;
    }
    // A link as a system leaves it that knows none.
    MemoryFiles files = without("checks");
    files.broken_links.clear();
    files.files["/shop/checks"] = "../shared/checks";
    EXPECT_THAT(left_out_of(files), ElementsAre("all"));
    EXPECT_EQ(load_workspace("/shop", files).problems.front().code, "workspace.misplaced_file");
}

TEST(LeaveOut, a_link_where_nothing_would_be_read_is_no_problem) {
    for (const char* path : {"notes", "exports/latest", "data/more.yaml", "packs/sales/examples",
                             "packs/sales/tests/case.yaml", "checks/README.md"}) {
        EXPECT_THAT(problems_without(path), IsEmpty()) << path;
    }
}

TEST(LeaveOut, nothing_stands_without_the_workspace_or_its_owners) {
    EXPECT_THAT(left_out_of(broken("meshline.yaml", "", "workspace: [\n")), ElementsAre("all"));
    EXPECT_THAT(left_out_of(broken("owners.yaml", "", "people: [\n")), ElementsAre("all"));
    EXPECT_THAT(left_out_of(without("meshline.yaml")), ElementsAre("all"));
    EXPECT_THAT(left_out_of(without("owners.yaml")), ElementsAre("all"));
    MemoryFiles files = sample_workspace();
    files.files.erase("/shop/owners.yaml");
    EXPECT_THAT(left_out_of(std::move(files)), ElementsAre("all"));
}

}  // namespace
}  // namespace meshline
