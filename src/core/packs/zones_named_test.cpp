// Goal: the zones that a transform names are known before any engine has read it.
// Method: a table of SQL texts.
#include "core/packs/zones_named.hpp"

#include <gtest/gtest.h>

namespace meshline {
namespace {

using Names = std::set<std::string>;

TEST(ZonesNamed, second_arguments_of_the_zone_functions) {
    EXPECT_EQ(zones_named("select local_time(occurred_at, 'Europe/Berlin') from input"),
              Names({"Europe/Berlin"}));
    EXPECT_EQ(zones_named("select INSTANT_OF ( make_timestamp(a, b, [1, 2], {'c': ')'}),\n"
                          "  /* the shop's */ 'Asia/Tokyo' -- no other\n )"),
              Names({"Asia/Tokyo"}));
    EXPECT_EQ(zones_named("select instant_of(local_time(x, 'UTC'), 'Asia/Tokyo')"),
              Names({"Asia/Tokyo", "UTC"}));
}

TEST(ZonesNamed, nothing_else) {
    for (const char* sql :
         {"", "select 1", "select local_time", "select local_time(", "select local_time()",
          "select local_time('UTC')", "select local_time(a, b, 'UTC')",
          "select local_time('UTC', a)", "select local_time(a, payload.zone)",
          "select local_time(a, 'Europe/' || 'Berlin')", "select local_time(a, 'it''s')",
          "select my_local_time(a, 'UTC')", "select local_times(a, 'UTC')",
          "select 'local_time(a, ''UTC'')'", "-- local_time(a, 'UTC')",
          "select \"local_time(a, 'UTC')\"", "select local_time(a, \"UTC\")"}) {
        EXPECT_EQ(zones_named(sql), Names()) << sql;
    }
}

}  // namespace
}  // namespace meshline
