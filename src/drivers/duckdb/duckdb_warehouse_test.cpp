// Goal: the warehouse keeps every value exactly, commits all or nothing, and says what to do when
// its file cannot be used.
// Method: a file in the test's own folder; each case opens, writes, reads back and opens again.
#include "drivers/duckdb/duckdb_warehouse.hpp"

#include "drivers/duckdb/insert_order.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace meshline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Row = std::vector<std::optional<std::string>>;

class DuckdbWarehouseTest : public testing::Test {
  protected:
    void SetUp() override {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = std::filesystem::temp_directory_path() /
                  fmt::format("meshline_{}_{}_{}", test->test_suite_name(), test->name(), getpid());
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::string path() const { return folder_ / "warehouse.duckdb"; }
    std::unique_ptr<DuckdbWarehouse> open() const {
        auto opened = DuckdbWarehouse::open(path(), {.memory_limit_mb = 512});
        if (!opened.ok()) ADD_FAILURE() << render(opened.error());
        return std::move(opened).value();
    }

    std::filesystem::path folder_;
};

std::string only_value(Warehouse& warehouse, const std::string& expression) {
    const auto rows = warehouse.query("select " + expression);
    if (!rows.ok()) return render(rows.error());
    return rows->rows.at(0).at(0).value_or("null");
}

Row watermark(const std::string& stage, int position) {
    return {"shop", stage, fmt::format("{}", position), "digest"};
}

std::string stages_of(Warehouse& warehouse) {
    return only_value(warehouse,
                      "coalesce(string_agg(stage, ' ' order by position), '') from watermarks");
}

TEST_F(DuckdbWarehouseTest, every_value_has_one_exact_text) {
    const auto warehouse = open();
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"cast(null as integer)", "null"},
        {"null", "null"},
        {"true", "true"},
        {"false", "false"},
        {"cast(-128 as tinyint)", "-128"},
        {"cast(-32768 as smallint)", "-32768"},
        {"cast(-2147483648 as integer)", "-2147483648"},
        {"cast(-9223372036854775808 as bigint)", "-9223372036854775808"},
        {"cast(255 as utinyint)", "255"},
        {"cast(65535 as usmallint)", "65535"},
        {"cast(4294967295 as uinteger)", "4294967295"},
        {"cast(18446744073709551615 as ubigint)", "18446744073709551615"},
        {"cast('-170141183460469231731687303715884105728' as hugeint)",
         "-170141183460469231731687303715884105728"},
        {"cast('340282366920938463463374607431768211455' as uhugeint)",
         "340282366920938463463374607431768211455"},
        {"cast('12345678901234567890123456789012.345678' as decimal(38, 6))",
         "12345678901234567890123456789012.345678"},
        {"cast('-0.000001' as decimal(18, 6))", "-0.000001"},
        {"cast('0.05' as decimal(4, 2))", "0.05"},
        {"cast('-12.5' as decimal(9, 1))", "-12.5"},
        {"cast('7' as decimal(38, 0))", "7"},
        {"sum(cast('999999999999.999999' as decimal(18, 6)))", "999999999999.999999"},
        {"date '2026-03-01'", "2026-03-01"},
        {"date '0001-01-01'", "0001-01-01"},
        {"timestamp '2026-03-01 09:30:00'", "2026-03-01 09:30:00"},
        {"timestamp '2026-03-01 09:30:00.000007'", "2026-03-01 09:30:00.000007"},
        {"timestamp '1969-12-31 23:59:59.5'", "1969-12-31 23:59:59.500000"},
        {"'a text longer than twelve bytes'", "a text longer than twelve bytes"},
        {"''", ""},
        {"'ünï'", "ünï"},
    };
    for (const auto& [expression, text] : cases) {
        EXPECT_EQ(only_value(*warehouse, expression), text) << expression;
    }
}

TEST_F(DuckdbWarehouseTest, refuses_types_that_no_figure_may_have) {
    const auto warehouse = open();
    for (const char* expression : {"cast(1 as double)", "cast(1 as float)", "[1]", "{'a': 1}"}) {
        const auto rows = warehouse->query(fmt::format("select {} as figure", expression));
        ASSERT_FALSE(rows.ok()) << expression;
        EXPECT_EQ(rows.error().code, "warehouse.unsupported_type");
        EXPECT_THAT(rows.error().message, HasSubstr("\"figure\""));
    }
}

TEST_F(DuckdbWarehouseTest, answers_span_chunks) {
    const auto warehouse = open();
    const auto rows = warehouse->query(
        "select i, case when i % 3 = 0 then null else i end as odd from range(5000) numbers(i)");
    ASSERT_TRUE(rows.ok());
    EXPECT_THAT(rows->columns, ElementsAre("i", "odd"));
    ASSERT_EQ(rows->rows.size(), 5000U);
    EXPECT_EQ(rows->integer(4999, 0), 4999);
    EXPECT_EQ(rows->text(4998, 1), "");
    EXPECT_FALSE(rows->rows[4998][1].has_value());
}

TEST_F(DuckdbWarehouseTest, appends_text_cast_to_the_column_types) {
    const auto warehouse = open();
    ASSERT_TRUE(warehouse
                    ->append("match_results",
                             {{"shop", "orders", "left", "1", std::nullopt,
                               "99999999999999999999999999999999.999999", "EUR", "2026-03-01",
                               "matched", "", "rule", std::nullopt, "-0.01"}})
                    .ok());
    const auto rows = warehouse->query("select * exclude (client_id) from match_results");
    ASSERT_TRUE(rows.ok());
    ASSERT_EQ(rows->rows.size(), 1U);
    EXPECT_THAT(
        rows->rows[0],
        ElementsAre("orders", "left", "1", std::nullopt, "99999999999999999999999999999999.999999",
                    "EUR", "2026-03-01", "matched", "", "rule", std::nullopt, "-0.010000"));
}

TEST_F(DuckdbWarehouseTest, appends_all_rows_or_none) {
    const auto warehouse = open();
    std::vector<Row> rows;
    for (int i = 0; i < 3000; ++i)
        rows.push_back(watermark("many", i));
    rows.back()[2] = "no number";
    const auto appended = warehouse->append("watermarks", rows);
    ASSERT_FALSE(appended.ok());
    EXPECT_EQ(appended.error().code, "warehouse.failed");
    EXPECT_EQ(appended.error().kind, ErrorKind::invalid);
    EXPECT_EQ(only_value(*warehouse, "count(*) from watermarks"), "0");

    EXPECT_FALSE(warehouse->append("watermarks", {{"shop", "one", std::nullopt, "digest"}}).ok());
    EXPECT_FALSE(warehouse->append("watermarks", {{"shop", "one", "1"}}).ok());
    EXPECT_FALSE(warehouse->append("watermarks", {watermark("one", 1), {"shop"}}).ok());
    EXPECT_FALSE(warehouse->append("watermarks", {watermark("\xff", 1)}).ok());
    EXPECT_FALSE(warehouse->append("no_table", {watermark("one", 1)}).ok());
    EXPECT_TRUE(warehouse->append("watermarks", {}).ok());
    EXPECT_EQ(only_value(*warehouse, "count(*) from watermarks"), "0");
}

TEST_F(DuckdbWarehouseTest, keeps_the_order_of_appended_rows) {
    const auto warehouse = open();
    std::vector<Row> rows;
    for (int i = 0; i < 5000; ++i)
        rows.push_back(watermark("many", i));
    ASSERT_TRUE(warehouse->append("watermarks", rows).ok());
    EXPECT_EQ(only_value(*warehouse, "count(*) from watermarks where position <> rowid"), "0");
}

TEST_F(DuckdbWarehouseTest, a_failed_transaction_leaves_nothing) {
    const auto warehouse = open();
    ASSERT_TRUE(warehouse->append("watermarks", {watermark("before", 1)}).ok());
    const auto done = warehouse->transact([&]() -> Result<void> {
        MESHLINE_TRY(warehouse->append("watermarks", {watermark("inside", 2)}));
        return Error{.code = "test.stopped", .message = "stopped"};
    });
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().code, "test.stopped");
    EXPECT_EQ(stages_of(*warehouse), "before");

    // The warehouse serves on, also after a statement has spoiled the transaction.
    const auto spoiled = warehouse->transact([&]() -> Result<void> {
        MESHLINE_TRY(warehouse->append("watermarks", {watermark("inside", 2)}));
        return warehouse->execute("insert into watermarks values (null, null, null, null)");
    });
    EXPECT_EQ(spoiled.error().code, "warehouse.failed");
    EXPECT_EQ(stages_of(*warehouse), "before");
    ASSERT_TRUE(
        warehouse
            ->transact([&] { return warehouse->append("watermarks", {watermark("after", 3)}); })
            .ok());
    EXPECT_EQ(stages_of(*warehouse), "before after");
}

TEST_F(DuckdbWarehouseTest, a_transaction_inside_another_is_part_of_it) {
    const auto warehouse = open();
    const auto done = warehouse->transact([&]() -> Result<void> {
        MESHLINE_TRY(warehouse->transact(
            [&] { return warehouse->append("watermarks", {watermark("inner", 1)}); }));
        return Error{.code = "test.stopped", .message = "stopped"};
    });
    EXPECT_FALSE(done.ok());
    EXPECT_EQ(stages_of(*warehouse), "");
}

TEST_F(DuckdbWarehouseTest, what_was_committed_is_there_when_it_is_opened_again) {
    ASSERT_TRUE(open()->append("watermarks", {watermark("normalize", 7)}).ok());
    const auto again = open();
    EXPECT_EQ(stages_of(*again), "normalize");
}

TEST_F(DuckdbWarehouseTest, reset_leaves_empty_tables) {
    auto warehouse = open();
    ASSERT_TRUE(warehouse->append("watermarks", {watermark("normalize", 7)}).ok());
    ASSERT_TRUE(warehouse->execute("create table scratch as select 1 as one").ok());
    ASSERT_TRUE(warehouse->reset().ok());
    EXPECT_EQ(stages_of(*warehouse), "");
    EXPECT_FALSE(warehouse->query("select * from scratch").ok());
    ASSERT_TRUE(warehouse->append("watermarks", {watermark("normalize", 8)}).ok());
    warehouse.reset();
    EXPECT_EQ(stages_of(*open()), "normalize");
}

TEST_F(DuckdbWarehouseTest, refuses_a_file_with_other_tables) {
    ASSERT_TRUE(open()->execute("update warehouse_tables set digest = 'of an older version'").ok());
    const auto refused = DuckdbWarehouse::open(path(), {});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "warehouse.other_tables");
    EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
    EXPECT_THAT(refused.error().hint, HasSubstr("meshline run"));

    const auto anew = DuckdbWarehouse::open(path(), {.is_made_anew = true});
    ASSERT_TRUE(anew.ok());
    EXPECT_EQ(stages_of(**anew), "");
}

TEST_F(DuckdbWarehouseTest, a_broken_file_says_how_to_make_it_again) {
    std::ofstream(path()) << std::string(20'000, 'x');
    const auto refused = DuckdbWarehouse::open(path(), {});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "warehouse.failed");
    EXPECT_EQ(refused.error().kind, ErrorKind::corrupt) << render(refused.error());
    EXPECT_THAT(refused.error().hint, HasSubstr("meshline run"));
    EXPECT_TRUE(DuckdbWarehouse::open(path(), {.is_made_anew = true}).ok());
}

TEST_F(DuckdbWarehouseTest, no_flipped_byte_looks_like_another_version) {
    {
        const auto warehouse = open();
        ASSERT_TRUE(warehouse->append("watermarks", {watermark("normalize", 7)}).ok());
    }
    constexpr std::size_t headers_bytes = 3 * 4096;
    constexpr std::size_t block_bytes = 256 << 10;
    std::ifstream file(path(), std::ios::binary);
    const std::string whole(std::istreambuf_iterator<char>(file), {});
    ASSERT_GT(whole.size(), headers_bytes + block_bytes);
    int refused_count = 0;
    for (std::size_t block = headers_bytes; block < whole.size(); block += block_bytes) {
        SCOPED_TRACE(block);
        std::string bytes = whole;
        bytes[block + 20] ^= 1;
        std::ofstream(path(), std::ios::binary) << bytes;
        const auto opened = DuckdbWarehouse::open(path(), {});
        if (opened.ok()) continue;
        ++refused_count;
        EXPECT_EQ(opened.error().kind, ErrorKind::corrupt) << render(opened.error());
        EXPECT_EQ(opened.error().code, "warehouse.failed");
        EXPECT_THAT(opened.error().hint, HasSubstr("meshline run"));
    }
    EXPECT_GT(refused_count, 1);
}

// A process that was killed in the middle of a checkpoint.
TEST_F(DuckdbWarehouseTest, a_log_that_does_not_fit_its_file_is_mended_by_making_it_again) {
    {
        const auto warehouse = open();
        ASSERT_TRUE(warehouse->append("watermarks", {watermark("normalize", 7)}).ok());
        std::filesystem::copy_file(path() + ".wal", path() + ".kept");
    }
    std::filesystem::rename(path() + ".kept", path() + ".wal");
    const auto refused = DuckdbWarehouse::open(path(), {});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, ErrorKind::corrupt) << render(refused.error());
    EXPECT_THAT(refused.error().hint, HasSubstr("meshline run"));
    EXPECT_TRUE(DuckdbWarehouse::open(path(), {.is_made_anew = true}).ok());
}

TEST_F(DuckdbWarehouseTest, is_read_where_nothing_can_be_written) {
    ASSERT_TRUE(open()->append("watermarks", {watermark("normalize", 7)}).ok());
    const auto written = std::filesystem::last_write_time(path());
    {
        const auto opened = DuckdbWarehouse::open(path(), {.is_read_only = true});
        ASSERT_TRUE(opened.ok()) << render(opened.error());
        EXPECT_EQ(stages_of(**opened), "normalize");
        EXPECT_FALSE((*opened)->append("watermarks", {watermark("other", 8)}).ok());
        EXPECT_EQ(only_value(**opened,
                             "count(*) from (select i, row_number() over (order by hash(i)) as"
                             " place from range(3000000) numbers(i))"),
                  "3000000");
    }
    EXPECT_EQ(std::filesystem::last_write_time(path()), written);
    // Nothing there is an empty one.
    std::filesystem::remove(path());
    const auto empty = DuckdbWarehouse::open(path(), {.is_read_only = true});
    ASSERT_TRUE(empty.ok());
    EXPECT_EQ(stages_of(**empty), "");
    EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(DuckdbWarehouseTest, a_missing_folder_is_not_corrupt) {
    const auto refused = DuckdbWarehouse::open(folder_ / "absent" / "warehouse.duckdb", {});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, ErrorKind::unavailable) << render(refused.error());
}

TEST_F(DuckdbWarehouseTest, one_process_has_the_file_at_a_time) {
    const auto warehouse = open();
    EXPECT_EXIT(
        {
            const auto second = DuckdbWarehouse::open(path(), {});
            std::_Exit(second.ok() ? 0 : exit_code_of(second.error().kind));
        },
        testing::ExitedWithCode(exit_code_of(ErrorKind::unavailable)), "");
}

TEST_F(DuckdbWarehouseTest, spills_what_exceeds_its_memory) {
    const auto opened = DuckdbWarehouse::open(path(), {.memory_limit_mb = 64, .threads = 1});
    ASSERT_TRUE(opened.ok());
    EXPECT_EQ(only_value(**opened,
                         "count(*) from (select i, row_number() over (order by hash(i)) as place "
                         "from range(3000000) numbers(i))"),
              "3000000");
}

// DuckDB 1.5.5 and 1.5.6 hide the rows of an insert that follows one of no rows in the same
// transaction, where either keeps an order: findings/insert_of_nothing.sh.
TEST_F(DuckdbWarehouseTest, an_insert_of_nothing_hides_no_later_rows) {
    const auto warehouse = open();
    // No statistics say that nothing is of this remainder: the insert is planned and run.
    const std::string nothing = "from numbers where i % 7 = 9";
    const auto loaded = warehouse->transact([&]() -> Result<void> {
        MESHLINE_TRY(
            warehouse->execute("create or replace temp table numbers as"
                               " select cast(i as varchar) as name, i from range(1000000) t(i)"));
        MESHLINE_TRY(
            warehouse->execute("create or replace temp table chosen as select name, i " + nothing));
        MESHLINE_TRY(warehouse->execute("insert into chosen select name, i " + nothing));
        return warehouse->execute("insert into chosen select name, i from numbers");
    });
    ASSERT_TRUE(loaded.ok()) << render(loaded.error());
    EXPECT_EQ(only_value(*warehouse, "count(*) from chosen"), "1000000");
}

TEST_F(DuckdbWarehouseTest, an_insert_of_nothing_hides_no_rows_that_are_appended) {
    const auto warehouse = open();
    constexpr int row_count = 300'000;  // more than a row group of DuckDB
    std::vector<Row> rows;
    for (int number = 0; number < row_count; ++number)
        rows.push_back(watermark(fmt::format("stage {}", number), number));
    const auto written = warehouse->transact([&]() -> Result<void> {
        MESHLINE_TRY(warehouse->append("watermarks", {watermark("before", 0)}));
        MESHLINE_TRY(
            warehouse->execute("insert into watermarks select client_id, stage || 'x',"
                               " position, definitions_digest from watermarks"
                               " where position % 7 = 9"));
        return warehouse->append("watermarks", rows);
    });
    ASSERT_TRUE(written.ok()) << render(written.error());
    EXPECT_EQ(only_value(*warehouse, "count(*) from watermarks"), std::to_string(row_count + 1));
}

TEST_F(DuckdbWarehouseTest, no_table_is_filled_in_an_order) {
    for (const char* sql :
         {"insert into t select i from n order by i", "create temp table t as (from n order by i)",
          "insert into t select row_number() over (order by i) from n",
          "insert into t (with m as (from n) select i from m\norder by i)",
          "insert into t select * from ( select i from n order by i) where i > 5"}) {
        EXPECT_TRUE(fills_in_order(sql)) << sql;
    }
    for (const char* sql :
         {"select i from n order by i", "delete from t where note = 'x'",
          "insert into t select list(i order by i), max_by(a, b) from n group by name",
          "insert into t select row_number() over (partition by a order by i) from n",
          "insert into t select 'order by' as \"order by\", border from n -- order by"}) {
        EXPECT_FALSE(fills_in_order(sql)) << sql;
    }
    const auto warehouse = open();
    EXPECT_DEATH(
        static_cast<void>(warehouse->execute("create table t as select 1 as i order by i").ok()),
        "broken promise");
}

TEST_F(DuckdbWarehouseTest, reaches_no_file_but_its_own) {
    const auto warehouse = open();
    std::ofstream(folder_ / "other.csv") << "a\n1\n";
    const std::string file = folder_ / "other.csv";
    EXPECT_FALSE(warehouse->query(fmt::format("select * from '{}'", file)).ok());
    EXPECT_FALSE(warehouse->execute(fmt::format("copy watermarks to '{}'", file)).ok());
    EXPECT_FALSE(warehouse->execute(fmt::format("attach '{}.db'", file)).ok());
}

}  // namespace
}  // namespace meshline
