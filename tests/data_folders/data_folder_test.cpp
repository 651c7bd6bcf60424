// Goal: data folders that released versions left on people's disks open, with the same figures,
// versions and identities; what is said otherwise is a correction that the guide to upgrading
// names.
// Method: unpack the folder of a version, with its warehouse and without, run the program of now on
// it, and compare with what the version printed.
#include "base/json/for_each_child.hpp"
#include "base/json/json.hpp"
#include "data_folders/corrections.hpp"
#include "data_folders/old_folder.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

namespace meshline::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

struct OldState {
    std::string version;
    bool has_warehouse = true;

    friend void PrintTo(const OldState& state, std::ostream* out) {
        *out << state.version << (state.has_warehouse ? "" : " without its warehouse");
    }
};

/// The number of the last migration: SQLite keeps it in the file's header, at byte 60.
int schema_of(const std::string& path) {
    const std::string bytes = read_file(path);
    int number = 0;
    for (std::size_t index = 60; index < 64; ++index)
        number = number * 256 + static_cast<unsigned char>(bytes.at(index));
    return number;
}

class DataFolderTest : public testing::TestWithParam<OldState> {
  protected:
    DataFolderTest()
        : folder_(GetParam().version),
          corrections_(read_corrections(folder_.said("corrections.txt"))) {
        if (!GetParam().has_warehouse) folder_.remove("data/warehouse.duckdb");
        schema_before_ = schema_of(folder_.path("data/control.sqlite"));
        before_ = folder_.control()->audit_leaves().value();
        folder_.print("run");
    }

    void expect_new(const std::string& words, int events) const {
        const std::string printed = folder_.print("capture " + words + " --json");
        JsonDocument document;
        const auto root = document.parse(printed);
        ASSERT_TRUE(root.ok()) << printed;
        EXPECT_EQ(root->find("events")->text(), std::to_string(events)) << words;
        EXPECT_EQ(root->find("revisions")->text(), "0") << words;
        EXPECT_EQ(root->find("conflicts")->text(), "0") << words;
    }

    OldFolder folder_;
    std::vector<Correction> corrections_;
    std::vector<std::string> before_;  ///< Leaves of the audit tree that the version left.
    int schema_before_ = 0;            ///< The last migration that the version knew.
};

/// The identity, what the text of an exception may say otherwise left out.
std::string identities(std::string_view exceptions) {
    std::string lines;
    for (const std::string_view line : lines_of(exceptions)) {
        // "id | client | type | severity | owner | title"
        std::string words;
        std::size_t begin = 0;
        for (int part = 0; part < 5; ++part) {
            const std::size_t end = line.find(" | ", begin);
            words += std::string(line.substr(begin, end - begin)) + " ";
            begin = end + 3;
        }
        lines += words + "\n";
    }
    return lines;
}

TEST_P(DataFolderTest, figures_states_and_versions_are_those_of_then) {
    EXPECT_THAT(unexplained(folder_.said("figures.txt"), folder_.figures(), 3, corrections_),
                IsEmpty());
}

TEST_P(DataFolderTest, exceptions_are_those_of_then) {
    EXPECT_THAT(unexplained(identities(folder_.said("exceptions.txt")),
                            identities(folder_.exceptions()), 2, corrections_),
                IsEmpty());
}

TEST_P(DataFolderTest, the_log_and_the_audit_tree_go_on_from_those_of_then) {
    const std::string verified = folder_.print("verify");
    const std::string said = folder_.said("verify.txt");
    for (const std::string_view line : lines_of(said)) {
        // "london: 31 events re-hashed, root 14bf711815b4; 115 publications ..."
        if (line.starts_with("audit tree")) {
            EXPECT_THAT(std::string(line), HasSubstr(root_of(before_, before_.size()).brief()));
        } else {
            EXPECT_THAT(verified, HasSubstr(std::string(line.substr(0, line.find(';')))));
        }
    }
    const auto leaves = folder_.control()->audit_leaves().value();
    ASSERT_GE(leaves.size(), before_.size());
    EXPECT_EQ(root_of(leaves, before_.size()), root_of(before_, before_.size()));
}

TEST_P(DataFolderTest, what_was_captured_then_is_known) {
    const std::string commands = folder_.said("commands.txt");
    for (const std::string_view line : lines_of(commands)) {
        constexpr std::string_view capture = "$ meshline capture ";
        if (!line.starts_with(capture)) continue;
        const std::string words = replace_all(std::string(line.substr(capture.size())), "records/",
                                              folder_.path("records/"));
        expect_new(words, 0);
    }
}

TEST_P(DataFolderTest, a_table_of_then_is_known_by_another_name_and_grown) {
    const std::string table = read_file(folder_.path("records/till_1.csv"));
    const std::string copy = folder_.path("records/copy.csv");
    write_file(copy, table);
    expect_new("tokyo till/lines " + copy, 0);
    write_file(copy, table + "J-11,TEA,1,1200,2026-04-12 10:00:00,88,JP\n");
    expect_new("tokyo till/lines " + copy, 1);
    expect_new("tokyo till/lines " + copy, 0);
}

TEST_P(DataFolderTest, a_second_run_says_nothing_new) {
    const auto leaves = folder_.control()->audit_leaves().value();
    folder_.print("run");
    EXPECT_EQ(folder_.control()->audit_leaves().value().size(), leaves.size());
}

TEST_P(DataFolderTest, the_version_refuses_it_from_now_on) {
    // A store with a greater number is "control.newer" to whoever does not know that migration.
    EXPECT_GT(schema_of(folder_.path("data/control.sqlite")), schema_before_);
}

TEST_P(DataFolderTest, corrections_stand_in_the_guide) {
    const std::string guide =
        read_file(std::string(MESHLINE_SOURCE_DIR) + "/docs/guide/upgrade.md");
    for (const Correction& one : corrections_)
        EXPECT_THAT(guide, HasSubstr("`" + one.name + "`"));
}

INSTANTIATE_TEST_SUITE_P(Versions, DataFolderTest,
                         testing::Values(OldState{"0.1.0", true}, OldState{"0.1.0", false}),
                         [](const auto& tested) {
                             return replace_all("v" + tested.param.version, ".", "_") +
                                    (tested.param.has_warehouse ? "" : "_without_warehouse");
                         });

}  // namespace
}  // namespace meshline::test
