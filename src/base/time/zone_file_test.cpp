// Goal: a zone file in any form gives the rules that its zone has.
// Method: every zone of tzdata's source compiled by zic in full and in the short form, whose later
// years are a rule, must be one; forms of rules by a table; bytes that are cut off or changed.
#include "base/time/zone_file.hpp"

#include "base/time/clock_rule.hpp"
#include "base/time/zone.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>

namespace meshline {
namespace {

std::string bytes_of(const std::filesystem::path& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
}

/// Zone files made by zic, in the folders "fat" and "slim".
class ZoneFolder {
  public:
    explicit ZoneFolder(const std::string& source) {
        char pattern[] = "/tmp/meshline-zones-XXXXXX";
        root_ = mkdtemp(pattern);
        for (const char* form : {"fat", "slim"}) {
            const std::string command = "PATH=$PATH:/usr/sbin zic -b " + std::string(form) +
                                        " -d " + (root_ / form).string() + " " + source;
            EXPECT_EQ(std::system(command.c_str()), 0) << command;
        }
    }
    ~ZoneFolder() { std::filesystem::remove_all(root_); }
    const std::filesystem::path& root() const { return root_; }

  private:
    std::filesystem::path root_;
};

TEST(ZoneFile, full_and_short_files_of_every_zone_give_the_same_rules) {
    const ZoneFolder folder("/usr/share/zoneinfo/tzdata.zi");
    const std::filesystem::path fat = folder.root() / "fat";
    int compared = 0;
    int shorter = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(fat)) {
        if (!entry.is_regular_file()) continue;
        const std::filesystem::path name = entry.path().lexically_relative(fat);
        const std::string in_full = bytes_of(entry.path());
        const std::string in_short = bytes_of(folder.root() / "slim" / name);
        const auto full = read_zone_file(in_full);
        const auto slim = read_zone_file(in_short);
        ASSERT_TRUE(full && slim) << name;
        // The zic of glibc 2.36 leaves rules after 2072 out of these short files, as zdump shows.
        if (name == "Asia/Gaza" || name == "Asia/Hebron") continue;
        EXPECT_EQ(full->text(), slim->text()) << name;
        EXPECT_EQ(full->digest(), slim->digest()) << name;
        ++compared;
        if (in_short.size() < in_full.size()) ++shorter;
    }
    EXPECT_GT(compared, 300);
    EXPECT_GT(shorter, 300);
}

TEST(ZoneFile, a_cut_or_changed_file_is_no_zone_or_another_but_never_trouble) {
    const std::string good = bytes_of("/usr/share/zoneinfo/Europe/Lisbon");
    ASSERT_TRUE(read_zone_file(good));
    for (std::size_t size = 0; size + 1 < good.size(); ++size) {
        EXPECT_FALSE(read_zone_file(good.substr(0, size))) << size;
    }
    // Times stand close together in the file: every byte of a number is met by steps of 13 bytes.
    for (std::size_t at = 0; at < good.size(); at += 13) {
        for (const char byte : {'\0', '\x7F', '\xFF'}) {
            std::string changed = good;
            changed[at] = byte;
            const auto rules = read_zone_file(changed);
            if (rules) EXPECT_TRUE(ZoneRules::parse(rules->text()).ok()) << at;
        }
    }
    EXPECT_FALSE(read_zone_file("TZif"));
    EXPECT_FALSE(read_zone_file("not a zone file, whatever its name is in the folder of zones"));
}

std::string changes(std::string_view text, std::int64_t year) {
    const auto rule = ClockRule::parse(text);
    if (!rule) return "no rule";
    std::string found;
    for (const auto& one : rule->transitions(year, year)) {
        if (!found.empty()) found += ", ";
        found += Instant{one.second * 1'000'000}.text() + " " + std::to_string(one.offset);
    }
    return found;
}

TEST(ZoneFile, rules_of_every_form) {
    EXPECT_EQ(changes("EST5EDT,M3.2.0,M11.1.0", 2026),
              "2026-03-08T07:00:00Z -14400, 2026-11-01T06:00:00Z -18000");
    EXPECT_EQ(changes("CET-1CEST,M3.5.0,M10.5.0/3", 2026),
              "2026-03-29T01:00:00Z 7200, 2026-10-25T01:00:00Z 3600");
    EXPECT_EQ(changes("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 2026),
              "2026-04-04T15:00:00Z 37800, 2026-10-03T15:30:00Z 39600");
    EXPECT_EQ(changes("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 2026),
              "2026-03-29T01:00:00Z -3600, 2026-10-25T01:00:00Z -7200");
    EXPECT_EQ(changes("IST-1GMT0,M10.5.0,M3.5.0/1", 2026),
              "2026-03-29T01:00:00Z 3600, 2026-10-25T01:00:00Z 0");
    EXPECT_EQ(changes("AAA3BBB,J60/0,J365/23:59:59", 2024),
              "2024-03-01T03:00:00Z -7200, 2025-01-01T01:59:59Z -10800");
    EXPECT_EQ(changes("AAA3BBB,59/0,364", 2024),
              "2024-02-29T03:00:00Z -7200, 2024-12-30T04:00:00Z -10800");
    EXPECT_EQ(changes("UTC0", 2026), "2026-01-01T00:00:00Z 0");
    EXPECT_EQ(changes("PT7", 2026), "2026-01-01T00:00:00Z -25200");
    for (const char* text :
         {"", "5", "EST", "<>5", "EST5EDT", "EST5EDT,M3.2.0", "EST25", "EST5EDT,M13.2.0,M11.1.0",
          "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,J0,J1", "EST5EDT,366,1",
          "EST5EDT,M3.2.0/168,M11.1.0", "EST5EDT,M3.2.0,M11.1.0 ", "<EST5"}) {
        EXPECT_EQ(changes(text, 2026), "no rule") << text;
    }
}

TEST(ZoneFile, daylight_saving_that_lasts_all_year_has_no_changes_in_between) {
    const auto rule = ClockRule::parse("XXX3EDT4,0/0,J365/23");
    ASSERT_TRUE(rule);
    for (const auto& one : rule->transitions(2026, 2029)) {
        const bool is_last = one.second == rule->transitions(2026, 2029).back().second;
        EXPECT_EQ(one.offset, is_last ? -10800 : -14400);
    }
}

}  // namespace
}  // namespace meshline
