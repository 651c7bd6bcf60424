// Goal: no damage of an event log is silent, and none makes an event come in twice or be lost.
// Method: a small log of several segments, as it is after it was closed and as a killed process
// leaves it. After each damage it is verified, and everything is appended again.
#include "damage/damage.hpp"
#include "drivers/segments/log_test_support.hpp"

#include <gtest/gtest.h>

namespace meshline {
namespace {

constexpr std::uint64_t event_count = 120;
constexpr std::uint64_t new_count = 5;
constexpr std::size_t flips_per_file = 150;

/// The log of `event_count` events in two appends.
test::FolderImage made_log(bool is_closed) {
    const TemporaryFolder folder;
    append(*open_log(folder.log(), small_options()), numbered_records(1, event_count / 2));
    auto log = open_log(folder.log(), small_options());
    append(*log, numbered_records(1 + event_count / 2, event_count / 2));
    if (is_closed) log.reset();
    return test::read_folder(folder.log());
}

/// "", or the code with which verify refuses.
std::string verify_code(const TemporaryFolder& folder) {
    const auto log = open_log(folder.log(), small_options());
    const Result<LogHead> verified = log->verify(shop, {});
    if (!verified.ok()) return verified.error().code;
    EXPECT_EQ(verified->position, event_count);
    return "";
}

bool is_named(const std::string& code) {
    return code == "log.corrupt";
}

/// Appends all events again and some new ones. Answers with the code of a refusal.
std::string append_again(const TemporaryFolder& folder) {
    const auto log = open_log(folder.log(), small_options());
    const auto again = try_append(*log, numbered_records(1, event_count + new_count));
    if (!again.ok()) return again.error().code;
    for (std::uint64_t index = 0; index < event_count + new_count; ++index) {
        const bool is_known = index < event_count;
        EXPECT_EQ((*again)[index].outcome, is_known ? Outcome::duplicate : Outcome::added);
        EXPECT_EQ((*again)[index].position, index + 1);
    }
    return "";
}

void check_damage(const test::FolderImage& log, const test::Damage& damage) {
    SCOPED_TRACE(damage.text());
    const TemporaryFolder folder;
    const test::FolderImage after = test::damaged(log, damage);
    test::write_folder(folder.log(), after);
    const bool is_of_segments =
        damage.file.ends_with(".segment") || damage.other.ends_with(".segment");
    const std::string code = verify_code(folder);
    if (is_of_segments) {
        EXPECT_TRUE(is_named(code)) << code;
    } else {
        EXPECT_TRUE(code.empty() || is_named(code) || code == "log.index_damaged") << code;
    }
    const std::string refused = append_again(folder);
    EXPECT_TRUE(refused.empty() || is_named(refused)) << refused;
    if (refused.empty() && !is_of_segments) {
        // Healed: what was made again is whole.
        const auto log_again = open_log(folder.log(), small_options());
        const Result<LogHead> verified = log_again->verify(shop, {});
        EXPECT_TRUE(verified.ok()) << render(verified.error());
    }
}

TEST(LogDamage, of_a_closed_log_is_named_or_healed) {
    const test::FolderImage log = made_log(true);
    ASSERT_GE(log.size(), 5u);
    for (const test::Damage& damage : test::damages_of(log, test::asked_extent(), flips_per_file)) {
        check_damage(log, damage);
        if (HasFailure()) return;
    }
}

TEST(LogDamage, of_a_log_whose_process_was_killed_is_named_or_healed) {
    const test::FolderImage log = made_log(false);
    for (const test::Damage& damage : test::damages_of(log, test::asked_extent(), flips_per_file)) {
        check_damage(log, damage);
        if (HasFailure()) return;
    }
}

}  // namespace
}  // namespace meshline
