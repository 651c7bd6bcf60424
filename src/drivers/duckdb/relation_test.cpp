// Goal: what transforms fill is what the tables hold, column by column; SQL text is read as DuckDB
// reads it where an error's place depends on it.
// Method: the relations against the columns of an empty warehouse; small texts taken apart.
#include "drivers/duckdb/relation.hpp"

#include "drivers/duckdb/duckdb_warehouse.hpp"
#include "drivers/duckdb/sql_source.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

std::string without_blanks_lower(std::string text) {
    std::erase(text, ' ');
    for (char& letter : text)
        letter = static_cast<char>(std::tolower(letter));
    return text;
}

TEST(Relation, has_the_columns_of_its_table) {
    auto warehouse = DuckdbWarehouse::open("", {.memory_limit_mb = 128, .threads = 1}).value();
    for (const char* name : {"entries", "touchpoints", "records"}) {
        const Relation* relation = find_relation(name);
        ASSERT_NE(relation, nullptr);
        const Rows columns =
            warehouse
                ->query(fmt::format("select column_name, data_type from duckdb_columns() where "
                                    "table_name = '{}' order by column_index",
                                    name))
                .value();
        ASSERT_EQ(columns.rows.size(), relation->columns.size()) << name;
        for (std::size_t i = 0; i < columns.rows.size(); ++i) {
            EXPECT_EQ(columns.text(i, 0), relation->columns[i].name);
            EXPECT_EQ(without_blanks_lower(std::string(columns.text(i, 1))),
                      without_blanks_lower(relation->columns[i].sql_type));
        }
    }
    EXPECT_EQ(find_relation("credits"), nullptr);
}

std::string kinds_of(std::string_view sql) {
    std::string kinds;
    for (const SqlByte kind : classify_sql(sql)) {
        kinds += kind == SqlByte::code ? '.' : kind == SqlByte::quoted ? 'q' : 'c';
    }
    return kinds;
}

TEST(ClassifySql, tells_code_from_literals_and_comments) {
    EXPECT_EQ(kinds_of("a 'b' c"), "..qqq..");
    EXPECT_EQ(kinds_of("'it''s';"), "qqqqqqq.");
    EXPECT_EQ(kinds_of("e'a\\'b';"), ".qqqqqq.");
    EXPECT_EQ(kinds_of("'a\\';"), "qqqq.");
    EXPECT_EQ(kinds_of("\"a;\"\"\";"), "qqqqqq.");
    EXPECT_EQ(kinds_of("a--b;\nc"), ".cccc..");
    EXPECT_EQ(kinds_of("/*a/*;*/;*/;"), "ccccccccccc.");
    EXPECT_EQ(kinds_of("$$;$$;"), "qqqqq.");
    EXPECT_EQ(kinds_of("$x$ ' $x$'a'"), "qqqqqqqqqqqq");
    EXPECT_EQ(kinds_of("a$b$c"), ".....");
    EXPECT_EQ(kinds_of("'open"), "qqqqq");
    EXPECT_EQ(kinds_of("/*open"), "cccccc");
}

TEST(SqlSource, places_count_lines_and_characters) {
    const SqlSource source({.name = "t", .file = "t.sql", .sql = "ab\nü cd;;\n-- end;"});
    EXPECT_EQ(source.statement(), "ab\nü cd  \n-- end;");
    EXPECT_EQ(source.place_at(0).text(), "t.sql:1:1");
    EXPECT_EQ(source.place_at(6).text(), "t.sql:2:3");
    EXPECT_EQ(source.place_at(std::nullopt).text(), "t.sql");
    EXPECT_EQ(source.place_at(1000).text(), "t.sql");
    EXPECT_EQ(source.offset_of_character(5), 6U);
    EXPECT_EQ(source.find_word("cd"), 6U);
    EXPECT_EQ(source.find_word("CD"), 6U);
    EXPECT_FALSE(source.find_word("end"));
    EXPECT_FALSE(source.find_word("c"));
    EXPECT_FALSE(source.find_word(""));
}

}  // namespace
}  // namespace meshline
