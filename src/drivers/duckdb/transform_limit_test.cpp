// Goal: a statement that does not end ends the run, located, and is no failure of an event; others
// run on untouched. Method: a limit of a few milliseconds and a sum over a huge series.
#include "drivers/duckdb/transform_fixture.hpp"

#include <chrono>
#include <fmt/format.h>

namespace meshline {
namespace {

class TransformLimitTest : public TransformFixture {
  protected:
    /// What `sql` gives for one event within `time_max`.
    static Result<TransformOutput> output_of(const std::string& sql,
                                             std::chrono::milliseconds time_max) {
        DuckdbTransforms engine({.statement_time_max = time_max});
        MESHLINE_ASSIGN(const auto program, engine.compile(orders(sql)));
        add(*program, {"{}"});
        return program->run();
    }
};

constexpr const char* endless =
    "(select sum(a.number % 7) from range(100000000) as a(number), range(1000000) as b(number))";

TEST_F(TransformLimitTest, a_statement_without_end_ends_the_run) {
    const auto output = output_of(
        fmt::format("select {}, cast({} as integer) as quantity from input", good_row, endless),
        std::chrono::milliseconds(20));
    ASSERT_FALSE(output.ok());
    EXPECT_EQ(output.error().code, "transform.too_slow");
    EXPECT_EQ(output.error().kind, ErrorKind::exhausted);
    EXPECT_EQ(output.error().where.file, "orders.sql");
    EXPECT_EQ(output.error().message, "transform \"orders\" took more than 20 ms over 1 events");
}

TEST_F(TransformLimitTest, a_quick_one_is_not_touched_however_often_it_runs) {
    DuckdbTransforms engine({.statement_time_max = std::chrono::seconds(30)});
    const auto program = engine.compile(orders(fmt::format("select {} from input", good_row)));
    ASSERT_TRUE(program.ok());
    for (int round = 0; round < 20; ++round) {
        add(**program, {"{}", "{}"});
        const auto output = (*program)->run();
        ASSERT_TRUE(output.ok());
        EXPECT_EQ(output->batches[0]->row_count(), 2);
    }
}

TEST_F(TransformLimitTest, a_batch_that_is_full_takes_no_more_events) {
    DuckdbTransforms engine({});
    const auto program = engine.compile(orders(fmt::format("select {} from input", good_row)));
    ASSERT_TRUE(program.ok());
    JsonDocument document;
    const auto payload = document.parse("{}");
    ASSERT_TRUE(payload.ok());
    constexpr std::size_t events_max = std::size_t{1} << 20;
    Event event{
        .position = 1, .source = "shop", .stream = "orders", .event_id = "1", .object_id = "1"};
    for (; event.position <= events_max; ++event.position)
        ASSERT_TRUE((*program)->add(event, *payload).ok());
    const auto refused = (*program)->add(event, *payload);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "transform.batch_full");
}

}  // namespace
}  // namespace meshline
