// Goal: a zone is one of the IANA list, the same on every machine.
// Method: names that open and names that do not.
#include "base/time/zone.hpp"

#include <gtest/gtest.h>
#include <string>

namespace meshline {
namespace {

TEST(Zone, opens_names_of_the_iana_list) {
    for (const char* name : {"Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+5",
                             "America/Port-au-Prince"}) {
        const Result<Zone> zone = Zone::open(name);
        ASSERT_TRUE(zone.ok()) << name;
        EXPECT_EQ(zone->name(), name);
    }
    EXPECT_EQ(Zone::utc().name(), "UTC");
}

TEST(Zone, refuses_every_other_name) {
    const std::string too_long(65, 'A');
    for (const std::string& name :
         {std::string(), std::string("Europe/Berlinn"), std::string("localtime"),
          std::string("/usr/share/zoneinfo/Europe/Berlin"), std::string("../zoneinfo/UTC"),
          std::string("right/Europe/Berlin"), std::string("posix/Europe/Berlin"),
          std::string("Europe/Berlin "), std::string("Europe"), std::string("UTC\0x", 5),
          too_long}) {
        const Result<Zone> zone = Zone::open(name);
        ASSERT_FALSE(zone.ok()) << name;
        EXPECT_EQ(zone.error().code, "time.unknown_zone");
        EXPECT_FALSE(zone.error().hint.empty());
    }
}

}  // namespace
}  // namespace meshline
