// Goal: the rules on SQL hold, refuse, and know their edge.
// Method: made-up statements.
#include "tidy/sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline::tidy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Sql, keywords_are_lower_case) {
    EXPECT_THAT(found_in("packs/a.sql", "-- Grain: one.\nselect a from b\n"), IsEmpty());
    EXPECT_THAT(found_in("packs/a.sql", "-- Grain: one.\nSELECT a\nFrom b\n"),
                ElementsAre("sql_case@2", "sql_case@3"));
}

TEST(Sql, comments_texts_and_quoted_names_are_not_keywords) {
    EXPECT_THAT(found_in("packs/a.sql",
                         "-- Grain: ONE row FROM b.\n/* SELECT */ select 'NOT', \"Order\", 'it''s "
                         "AND' from b\n"),
                IsEmpty());
}

TEST(Sql, statement_says_its_grain) {
    EXPECT_THAT(found_in("packs/a.sql", "select 1\n"), ElementsAre("sql_comment@1"));
}

TEST(Sql, same_answer_on_every_run) {
    for (const char* call : {"now()", "random()", "current_date", "uuid()"}) {
        EXPECT_THAT(found_in("packs/a.sql", "-- Grain: one.\nselect " + std::string(call) + "\n"),
                    ElementsAre("sql_certain@2"))
            << call;
    }
    EXPECT_THAT(found_in("packs/a.sql", "-- Grain: one.\nselect known(x), current_dated\n"),
                IsEmpty());
}

}  // namespace
}  // namespace meshline::tidy
