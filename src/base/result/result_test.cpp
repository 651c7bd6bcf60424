// Goal: an error carries what a person needs and reads the same everywhere.
// Method: render errors and pass results through the macros.
#include "base/result/result.hpp"

#include <gtest/gtest.h>
#include <memory>

namespace meshline {
namespace {

Error unknown_column() {
    return Error{.kind = ErrorKind::invalid,
                 .code = "transform.unknown_column",
                 .message = "unknown column \"gross_amout\" in transform \"orders\"",
                 .hint = "The contract has \"gross_amount\"."}
        .at({.file = "packs/shopify/transforms/orders.sql", .line = 14, .column = 7});
}

Result<int> half(int number) {
    if (number % 2 != 0) return Error{.code = "test.odd", .message = "odd"};
    return number / 2;
}

Result<int> quarter(int number) {
    MESHLINE_ASSIGN(const int once, half(number));
    return half(once);
}

TEST(Error, renders_message_place_hint_and_code) {
    EXPECT_EQ(render(unknown_column()),
              "error: unknown column \"gross_amout\" in transform \"orders\"\n"
              "  at packs/shopify/transforms/orders.sql:14:7\n"
              "  hint: The contract has \"gross_amount\".\n"
              "  code: transform.unknown_column");
}

TEST(Error, renders_each_of_its_texts_as_one_line) {
    const std::string line_break = "\n";
    Error error{.code = "client.unknown",
                .message = "no client \"a" + line_break + "  code: none\"",
                .hint = "Known: b\xC2\x9B.",
                .where = {.file = "c\td"}};
    error.cause = std::make_shared<const Error>(Error{.message = "e" + line_break + "f"});
    EXPECT_EQ(render(error),
              "error: no client \"a?  code: none\"\n  at c?d\n  hint: Known: b?.\n"
              "  code: client.unknown\n  because: e?f");
}

TEST(Error, renders_its_causes_with_their_places) {
    const Error error = Error{.code = "log.append", .message = "cannot append"}.because(
        Error{.message = "no space left"}.at({.file = "log/1.segment", .offset = 512}));
    EXPECT_EQ(render(error),
              "error: cannot append\n  code: log.append\n"
              "  because: no space left (at log/1.segment at byte 512)");
}

TEST(Error, kinds_have_distinct_exit_codes) {
    EXPECT_EQ(exit_code_of(ErrorKind::invalid), 2);
    EXPECT_EQ(exit_code_of(ErrorKind::corrupt), 8);
}

TEST(Result, macros_pass_the_first_error_on) {
    EXPECT_EQ(*quarter(8), 2);
    EXPECT_EQ(quarter(7).error().code, "test.odd");
    EXPECT_EQ(quarter(6).error().code, "test.odd");
}

TEST(Result, moves_values_that_cannot_be_copied) {
    Result<std::unique_ptr<int>> made = std::make_unique<int>(4);
    std::unique_ptr<int> taken = std::move(made).value();
    EXPECT_EQ(*taken, 4);
}

TEST(ResultDeathTest, looking_at_the_absent_side_is_a_broken_promise) {
    EXPECT_DEATH(static_cast<void>(half(1).value()), "broken promise");
}

}  // namespace
}  // namespace meshline
