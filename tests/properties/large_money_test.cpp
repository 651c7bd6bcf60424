// Goal: every amount below the limit, in every currency, goes through transforms, metrics, credits,
// reconciliations, checks and reports to the last digit.
// Method: large_money.py makes up records from a seed, runs the binary over them and computes what
// must come out with Python's decimal. Skipped where there is no python3.
#include "base/money/currency_table.hpp"
#include "support/shell.hpp"
#include "support/temporary_folder.hpp"

#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <random>

namespace meshline {
namespace {

class LargeMoney : public testing::Test {
  protected:
    void SetUp() override {
        if (test::run_shell("python3 -c 'import sqlite3'").exit_code != 0) {
            GTEST_SKIP() << "there is no python3 to compute with";
        }
    }

    static void expect_agreement(std::uint32_t seed) {
        const test::TemporaryFolder folder;
        const std::string currencies = folder / "currencies.txt";
        std::ofstream list(currencies);
        list << CurrencyTable::standard().text();
        list.close();
        const std::string script =
            fmt::format("python3 {} {} {} {} {}",
                        test::shell_quoted(MESHLINE_SOURCE_DIR "/tests/properties/large_money.py"),
                        test::shell_quoted(MESHLINE_BINARY), test::shell_quoted(folder.path()),
                        seed, test::shell_quoted(currencies));
        const test::ShellResult result = test::run_shell(script);
        EXPECT_EQ(result.exit_code, 0) << "seed " << seed << "\n" << result.output;
    }
};

TEST_F(LargeMoney, comes_out_as_decimals_say) {
    expect_agreement(1);
}

TEST_F(LargeMoney, comes_out_so_for_a_seed_of_the_moment) {
    // tidy: another seed each time, which is printed and makes the case again
    const std::uint32_t seed = std::random_device()();
    fmt::print("seed {}\n", seed);
    expect_agreement(seed);
}

}  // namespace
}  // namespace meshline
