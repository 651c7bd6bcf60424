// Goal: what SQLite refuses comes back as an error that says who must act. Method: a file that
// another connection locks, that may not grow, and a statement that is none.
#include "drivers/sqlite/database.hpp"

#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>

namespace meshline {
namespace {

class DatabaseTest : public testing::Test {
  protected:
    DatabaseTest() {
        char pattern[] = "/tmp/meshline-database-XXXXXX";
        folder_ = mkdtemp(pattern);
    }
    ~DatabaseTest() override { std::filesystem::remove_all(folder_); }

    Database open() const { return std::move(Database::open(folder_ + "/a.sqlite")).value(); }

    std::string folder_;
};

TEST_F(DatabaseTest, a_lock_of_another_is_busy) {
    const Database one = open();
    const auto refused = Database::open(folder_ + "/a.sqlite", {.busy_timeout_ms = 1});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "control.busy");
    EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
}

TEST_F(DatabaseTest, a_file_that_cannot_grow_is_full) {
    Database database = open();
    ASSERT_TRUE(database.execute("create table t (x); pragma max_page_count = 4").ok());
    const auto refused = database.execute("insert into t values (zeroblob(1000000))");
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "control.disk_full");
    EXPECT_EQ(refused.error().kind, ErrorKind::exhausted);
}

TEST_F(DatabaseTest, a_statement_that_is_none_failed) {
    const auto refused = open().execute("select nothing from nowhere");
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "control.failed");
}

}  // namespace
}  // namespace meshline
