// Goal: the list of columns is what the tables have and what the page on entries says.
// Method: the texts of schema/warehouse/tables.sql and docs/reference/entries.md, read line by
// line.
#include "core/relations/relations.hpp"

#include "base/text/text.hpp"

#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <sstream>

namespace meshline {
namespace {

std::string text_of(const std::string& path) {
    std::ifstream file(std::string(MESHLINE_SOURCE_DIR) + "/" + path);
    std::stringstream text;
    text << file.rdbuf();
    EXPECT_FALSE(text.str().empty()) << path;
    return text.str();
}

/// "name type" of each column of the table, in order.
std::vector<std::string> columns_of_table(const std::string& sql, const std::string& table) {
    std::vector<std::string> columns;
    const std::size_t begin = sql.find(fmt::format("create table {} (", table));
    EXPECT_NE(begin, std::string::npos) << table;
    const std::string_view body =
        std::string_view(sql).substr(begin, sql.find("\n);", begin) - begin);
    for (const std::string_view line : split(body, '\n')) {
        std::string_view column = trim(line);
        if (!column.ends_with(',')) continue;
        column.remove_suffix(1);
        columns.emplace_back(trim(column.substr(0, column.find(" not null"))));
    }
    return columns;
}

TEST(Relations, have_the_columns_of_their_tables) {
    const std::string sql = text_of("schema/warehouse/tables.sql");
    for (const char* name : {"entries", "touchpoints", "records"}) {
        std::vector<std::string> listed;
        for (const RelationColumn& column : find_relation(name)->columns)
            listed.push_back(fmt::format("{} {}", column.name, column.sql_type));
        EXPECT_EQ(listed, columns_of_table(sql, name)) << name;
    }
}

TEST(Relations, the_page_on_entries_names_every_column_and_which_may_be_asked_for) {
    const std::string page = text_of("docs/reference/entries.md");
    const std::size_t begin = page.find("## Columns");
    const std::string_view section =
        std::string_view(page).substr(begin, page.find("\n## ", begin + 1) - begin);
    std::set<std::string> named;
    std::set<std::string> asked;
    for (const std::string_view line : split(section, '\n')) {
        const auto cells = split(line, '|');
        if (cells.size() != 5 || !trim(cells[1]).starts_with('`')) continue;
        const auto quoted = split(cells[1], '`');
        for (std::size_t index = 1; index < quoted.size(); index += 2) {
            named.emplace(quoted[index]);
            if (trim(cells[2]) == "yes") asked.emplace(quoted[index]);
        }
    }
    std::set<std::string> listed;
    for (const RelationColumn& column : find_relation("entries")->columns)
        listed.emplace(column.name);
    EXPECT_EQ(named, listed);
    const auto& may_ask = asked_entry_columns();
    EXPECT_EQ(asked, std::set<std::string>(may_ask.begin(), may_ask.end()));
}

TEST(Relations, a_name_that_is_no_column_is_a_key_of_the_attributes) {
    EXPECT_EQ(entry_column_sql("order_ref"), "e.order_ref");
    EXPECT_EQ(entry_column_sql("country"), "json_extract_string(e.attributes, '$.country')");
    EXPECT_EQ(find_entry_column("country"), nullptr);
    EXPECT_EQ(find_entry_column("occurred_at")->type(), ColumnType::instant);
    EXPECT_EQ(find_entry_column("line_no")->ask, Ask::refused);
    EXPECT_TRUE(find_entry_column("deal_ref")->is_id());
    EXPECT_FALSE(find_entry_column("channel")->is_id());
}

}  // namespace
}  // namespace meshline
