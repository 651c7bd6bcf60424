// Goal: a change of zone rules alone is told from every other change of definitions.
// Method: pairs of encoded manifests.
#include "stages/publish/zone_change.hpp"

#include <gtest/gtest.h>

namespace meshline {
namespace {

TEST(ZoneChange, only_lines_of_zones_may_differ) {
    const char* before = "client shop aa\nzone Europe/Berlin bb\n";
    EXPECT_TRUE(differ_in_zone_rules_only(before, "client shop aa\nzone Europe/Berlin cc\n"));
    EXPECT_TRUE(differ_in_zone_rules_only(before, "client shop aa\n"));
    EXPECT_TRUE(differ_in_zone_rules_only(
        before, "client shop aa\nzone Asia/Tokyo dd\nzone Europe/Berlin bb\n"));
    EXPECT_FALSE(differ_in_zone_rules_only(before, before));
    EXPECT_FALSE(differ_in_zone_rules_only(before, "client shop ab\nzone Europe/Berlin bb\n"));
    EXPECT_FALSE(differ_in_zone_rules_only(before, "client shop ab\nzone Europe/Berlin cc\n"));
    EXPECT_FALSE(differ_in_zone_rules_only("", "client shop ab\nzone Europe/Berlin cc\n"));
}

}  // namespace
}  // namespace meshline
