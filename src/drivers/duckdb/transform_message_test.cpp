// Goal: what DuckDB says about one event says what is wrong and where, and never the value.
// Method: its messages, as it writes them, and some that it could.
#include "drivers/duckdb/transform_error.hpp"

#include <gtest/gtest.h>

namespace meshline {
namespace {

std::string plain(const char* message) {
    return plain_message({DUCKDB_ERROR_CONVERSION, message});
}

TEST(TransformMessage, a_quoted_value_is_shown_as_its_shape) {
    EXPECT_EQ(plain("Conversion Error: Could not convert string 'Ana Lund' to INT32"),
              "could not convert string 'Aaa Aaaa' to INT32");
    EXPECT_EQ(plain("date field value out of range: \"2026-02-30\", expected format is "
                    "(YYYY-MM-DD)"),
              "date field value out of range: \"9999-99-99\", expected format is (YYYY-MM-DD)");
}

TEST(TransformMessage, quotes_and_lines_in_a_value_hide_nothing) {
    EXPECT_EQ(plain("Could not convert string 'O'Brien' to INT32"),
              "could not convert string 'A'Aaaaa' to INT32");
    EXPECT_EQ(plain("Could not convert string 'Ana\nLund' to INT32"),
              "could not convert string 'Aaa Aaaa' to INT32");
    EXPECT_EQ(plain("Malformed JSON at byte 3 of input: unexpected character.  Input: \"Ana"),
              "malformed JSON at byte 9 of input: unexpected character.  Input: \"Aaa");
}

TEST(TransformMessage, numbers_are_values_and_digits_of_types_are_not) {
    EXPECT_EQ(plain("Type INT64 with value 4711 can't be cast because the value is out of range "
                    "for the destination type INT8"),
              "type INT64 with value 9999 can't be cast because the value is out of range for the "
              "destination type INT8");
    EXPECT_EQ(plain("Could not cast value -17.5 to DECIMAL(18,6)"),
              "could not cast value -99.9 to DECIMAL(18,6)");
    EXPECT_EQ(plain("Overflow in multiplication of INT64 (47 * 11)!"),
              "overflow in multiplication of INT64 (99 * 99)");
}

TEST(TransformMessage, the_statement_behind_it_is_left_out) {
    EXPECT_EQ(plain("Could not convert string 'x1' to INT32\n\nLINE 1: select 'a' from input"),
              "could not convert string 'a9' to INT32");
}

}  // namespace
}  // namespace meshline
