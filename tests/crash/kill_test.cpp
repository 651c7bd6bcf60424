// Goal: a process killed at any moment loses nothing acknowledged, doubles nothing and publishes
// nothing by half.
// Method: run the program under a timer that kills it after a random time, again and again, then
// let it finish and compare with what was put in.
#include "base/json/json.hpp"
#include "core/captures/position_set.hpp"
#include "properties/small_shop.hpp"
#include "support/shell.hpp"
#include "support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

constexpr int order_count = 60'000;
constexpr int kills = 8;

/// Linear congruential numbers (D. Knuth, MMIX): the same on every machine.
class Numbers {
  public:
    explicit Numbers(std::uint64_t seed) : state_(seed) {}
    int below(int limit) {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<int>((state_ >> 33) % static_cast<std::uint64_t>(limit));
    }

  private:
    std::uint64_t state_;
};

class KillTest : public testing::Test {
  protected:
    KillTest() {
        write_small_shop(folder_ / "workspace");
        std::vector<OrderRevision> orders;
        for (int id = 1; id <= order_count; ++id) {
            orders.push_back({id, 1, 1 + id % 28, id});
            cents_ += id;
        }
        orders_ = write_orders(folder_.path(), "orders.ndjson", orders);
    }

    std::string command(const std::string& words) {
        return fmt::format("{} --workspace {} {}", MESHLINE_BINARY, folder_ / "workspace", words);
    }

    /// Kills the command after 1 to `milliseconds` milliseconds, should it run that long.
    void kill_at_random(const std::string& words, Numbers& numbers, int milliseconds) {
        const int time = 1 + numbers.below(milliseconds);
        test::run_shell(
            fmt::format("timeout -s KILL 0.{:03} {} >/dev/null 2>&1", time, command(words)));
    }

    std::string json_text(const std::string& words, std::string_view member) {
        const auto done = test::run_shell(command(words + " --json"));
        EXPECT_EQ(done.exit_code, 0) << done.output;
        JsonDocument document;
        const auto root = document.parse(done.output);
        EXPECT_TRUE(root.ok()) << done.output;
        return root.ok() ? std::string(root->find(member)->text()) : "";
    }

    /// How many events all captures brought, unfinished ones too.
    std::uint64_t brought_count() {
        const auto done = test::run_shell(command("captures shop --json"));
        EXPECT_EQ(done.exit_code, 0) << done.output;
        JsonDocument document;
        const auto root = document.parse(done.output);
        EXPECT_TRUE(root.ok()) << done.output;
        PositionSet brought;
        const JsonValue captures = *root->find("captures");
        JsonValue capture = captures.first();
        for (std::size_t index = 0; index < captures.size(); ++index, capture = capture.next())
            brought.add(*PositionSet::parse(capture.find("brought")->text()));
        return brought.size();
    }

    test::TemporaryFolder folder_;
    std::string orders_;
    std::int64_t cents_ = 0;
};

TEST_F(KillTest, capture_killed_at_random_moments_loses_and_doubles_nothing) {
    Numbers numbers(20260322);
    for (int round = 0; round < kills; ++round) {
        kill_at_random("capture shop till/orders " + orders_, numbers, 400);
    }
    EXPECT_EQ(json_text("capture shop till/orders " + orders_, "records"),
              std::to_string(order_count));
    EXPECT_EQ(json_text("capture shop till/orders " + orders_, "duplicates"),
              std::to_string(order_count));
    EXPECT_EQ(brought_count(), order_count);
    EXPECT_EQ(test::run_shell(command("verify")).exit_code, 0);
}

TEST_F(KillTest, run_killed_at_random_moments_publishes_the_same_figures) {
    Numbers numbers(20260323);
    ASSERT_EQ(test::run_shell(command("capture shop till/orders " + orders_)).exit_code, 0);
    for (int round = 0; round < kills; ++round)
        kill_at_random("run", numbers, 900);
    const auto done = test::run_shell(command("run"));
    ASSERT_EQ(done.exit_code, 0) << done.output;
    EXPECT_EQ(json_text("report shop --metric gross_sales", "total"),
              fmt::format("{}.{:02}", cents_ / 100, cents_ % 100));
    EXPECT_EQ(json_text("report shop --metric orders", "total"), std::to_string(order_count));
    EXPECT_EQ(test::run_shell(command("verify")).exit_code, 0);
}

}  // namespace
}  // namespace meshline
