// Goal: no damage of a data folder crashes a command or makes it say a wrong figure. What cannot be
// made again, the log and the control store, is named by `verify`; what can, the warehouse, heals.
// Method: the folder of a small shop with two runs, as it is between two commands. After each
// damage it is reported from and verified as it lies there, then a run goes over it.
#include "damage/damage.hpp"
#include "drivers/duckdb/duckdb_warehouse.hpp"
#include "drivers/sqlite/sqlite_control.hpp"
#include "faults/command_process.hpp"
#include "properties/small_shop.hpp"
#include "support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

using Words = std::vector<std::string>;
using test::Damage;
using test::DamageKind;
using test::Ended;

constexpr std::size_t flips_of_sample = 200;
constexpr std::size_t flips_of_complete = 4000;
/// How many damages a sample has of each file and kind.
constexpr std::size_t sample_per_kind = 10;
constexpr int first_signal = 128;

class Shop {
  public:
    Shop() {
        write_small_shop(workspace());
        write_counts_and_quarantine(workspace());
        const std::string first = write_orders(
            folder_.path(), "first.ndjson",
            {{1, 1, 2, 1000}, {2, 1, 2, 2550}, {3, 1, 3, 70'000}, {4, 1, 4, 1}, {5, 1, 9, 100}});
        const std::string second = write_orders(folder_.path(), "second.ndjson",
                                                {{2, 2, 2, 2000}, {3, 2, 3, 400}, {6, 1, 3, 999}});
        for (const std::string& file : {first, second}) {
            run_well({"capture", "shop", "till/orders", file, "--accept-clock"});
            run_well({"run"});
        }
        image_ = test::read_folder(data());
        expected_ = report().output;
    }

    const test::FolderImage& image() const { return image_; }
    const std::string& expected() const { return expected_; }

    void write(const test::FolderImage& image) const { test::write_folder(data(), image); }

    Ended run(const std::vector<Words>& commands) const {
        std::vector<Words> whole;
        for (const Words& words : commands) {
            whole.push_back(
                {"meshline", "--workspace", workspace(), "--now", "2026-03-12T12:00:00Z"});
            whole.back().insert(whole.back().end(), words.begin(), words.end());
        }
        return test::run_commands(whole, data(), {});
    }

    /// Figures alone: a report whose event log is damaged says so of its "as of".
    Ended report() const {
        return run({{"report", "shop", "--metric", "gross_sales", "--csv", "-"},
                    {"report", "shop", "--metric", "products", "--csv", "-"}});
    }

    std::string data() const { return folder_ / "workspace/.meshline"; }

  private:
    std::string workspace() const { return folder_ / "workspace"; }
    void run_well(const Words& words) const {
        const Ended ended = run({words});
        EXPECT_EQ(ended.exit_code, 0) << ended.output;
    }

    test::TemporaryFolder folder_;
    test::FolderImage image_;
    std::string expected_;
};

const Shop& shop() {
    static const Shop one;
    return one;
}

bool is_of(const Damage& damage, std::string_view part) {
    return damage.file.find(part) != std::string::npos ||
           damage.other.find(part) != std::string::npos;
}

/// What only the log or the control store can say: whatever became of it, verify has to tell.
bool must_be_named(const Damage& damage) {
    return is_of(damage, ".segment") || is_of(damage, "control.sqlite");
}

/// The error of an answer that is refused is our own; the answer that is given is the right one.
void expect_right_or_refused(const Ended& ended) {
    EXPECT_LT(ended.exit_code, first_signal) << ended.output;
    if (ended.exit_code == 0) {
        EXPECT_EQ(ended.output, shop().expected());
    } else {
        EXPECT_NE(ended.output.find("error: "), std::string::npos) << ended.output;
        EXPECT_EQ(ended.output.find("meshline.stopped"), std::string::npos) << ended.output;
    }
}

void check_damage(const Damage& damage) {
    SCOPED_TRACE(damage.text());
    shop().write(test::damaged(shop().image(), damage));
    expect_right_or_refused(shop().report());
    const Ended verified = shop().run({{"verify"}});
    EXPECT_LT(verified.exit_code, first_signal) << verified.output;
    if (must_be_named(damage)) {
        EXPECT_NE(verified.exit_code, 0) << verified.output;
    }
    const Ended ran = shop().run({{"run"}});
    EXPECT_LT(ran.exit_code, first_signal) << ran.output;
    expect_right_or_refused(shop().report());
    // What can be made again has healed.
    if (!damage.file.starts_with("warehouse.") || !damage.other.empty()) return;
    EXPECT_EQ(ran.exit_code, 0) << ran.output;
    const Ended again = shop().run({{"verify"}});
    EXPECT_EQ(again.exit_code, 0) << again.output;
}

/// Every page, file and pair of files, and of the larger files some thousands of their bytes: three
/// commands for each of five million bytes would take weeks. A sample has some of each kind.
std::vector<Damage> damages_to_try() {
    const bool is_sample = test::asked_extent() == test::DamageExtent::sample;
    std::vector<Damage> all = test::damages_of(shop().image(), test::DamageExtent::sample,
                                               is_sample ? flips_of_sample : flips_of_complete);
    if (!is_sample) return all;
    std::map<std::pair<std::string, DamageKind>, std::vector<Damage>> by_kind;
    for (Damage& one : all)
        by_kind[{one.file, one.kind}].push_back(std::move(one));
    std::vector<Damage> sample;
    for (const auto& [kind, damages] : by_kind) {
        const std::size_t step = damages.size() / sample_per_kind + 1;
        for (std::size_t index = 0; index < damages.size(); index += step)
            sample.push_back(damages[index]);
    }
    return sample;
}

TEST(FolderDamage, is_named_or_healed_and_says_no_wrong_figure) {
    const std::vector<Damage> damages = damages_to_try();
    ASSERT_GT(damages.size(), 100u);
    for (const Damage& damage : damages) {
        check_damage(damage);
        if (HasFailure()) return;
    }
    fmt::print("{} damages\n", damages.size());
}

// What whoever knows the formats can do: every checksum fits.

TEST(ForgedFolder, facts_that_do_not_give_the_published_figure_are_named) {
    shop().write(shop().image());
    {
        const auto warehouse =
            DuckdbWarehouse::open(shop().data() + "/warehouse.duckdb", WarehouseOptions{});
        ASSERT_TRUE(warehouse.ok());
        ASSERT_TRUE((*warehouse)
                        ->execute("update entries set amount = amount + 1 where position ="
                                  " (select max(position) from entries)")
                        .ok());
    }
    const Ended verified = shop().run({{"verify"}});
    EXPECT_NE(verified.output.find("publish.differs"), std::string::npos) << verified.output;
}

TEST(ForgedFolder, a_publication_that_commits_to_another_log_is_named) {
    shop().write(shop().image());
    {
        const auto control = SqliteControl::open(shop().data() + "/control.sqlite");
        ASSERT_TRUE(control.ok());
        ControlStore& store = **control;
        ControlStore::NewPublication forged;
        forged.publication = store.live_publications(ClientId("shop"), "gross_sales")->front();
        forged.publication.log_root = sha256("another log");
        ++forged.publication.version;
        const std::string checks = *store.blob(forged.publication.checks_digest);
        const std::string definitions = *store.blob(forged.publication.definitions_digest);
        forged.checks = checks;
        forged.definitions = definitions;
        ASSERT_TRUE(store.publish({forged}).ok());
    }
    const Ended verified = shop().run({{"verify"}});
    EXPECT_NE(verified.output.find("verify.other_root"), std::string::npos) << verified.output;
}

}  // namespace
}  // namespace meshline
