// Goal: SQL in a surface is refused wherever it shows, and nothing else is.
// Method: made-up files of a surface, and the same text elsewhere.
#include "tidy/sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline::tidy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string cli = "src/surface/cli/command_x.cpp";

TEST(SurfaceSql, statement_is_refused) {
    for (const char* statement :
         {"f(\"select a\");", "f(\"insert into a\");", "f(\"delete from a\");",
          "f(x + \" order by a\");", "f(R\"(create table a)\");"}) {
        EXPECT_THAT(found_in(cli, "\n" + std::string(statement) + "\n"),
                    ElementsAre("surface_sql@2"))
            << statement;
    }
}

TEST(SurfaceSql, asking_the_warehouse_is_refused) {
    for (const char* call : {"warehouse.query(sql);", "stores.warehouse->query(sql);",
                             "warehouse.execute(sql);", "x = quote_literal(name);"}) {
        EXPECT_THAT(found_in(cli, std::string(call) + "\n"), ElementsAre("surface_sql@1")) << call;
    }
}

TEST(SurfaceSql, warehouse_header_is_refused) {
    const SourceFile warehouse{"src/core/warehouse/warehouse.hpp", "#pragma once\n"};
    const SourceFile command{cli, "#include \"core/warehouse/warehouse.hpp\"\n"};
    EXPECT_THAT(found_in_all({{warehouse, command}}), testing::Contains(cli + ": surface_sql"));
}

TEST(SurfaceSql, words_comments_and_other_layers_are_let_be) {
    EXPECT_THAT(found_in(cli, "// select a from b order by c\nf(\"selected days\", select (1));\n"),
                IsEmpty());
    EXPECT_THAT(found_in(cli, "f(query, \"in order bytes came\");\n"), IsEmpty());
    EXPECT_THAT(found_in("src/operate/answers/a.cpp", "warehouse.query(\"select a\");\n"),
                IsEmpty());
}

}  // namespace
}  // namespace meshline::tidy
