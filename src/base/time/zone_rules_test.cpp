// Goal: a zone's rules are a value: what the machine's file says, with one text, which reads back
// to it or not at all. Method: random instants and clock times of every zone of the machine against
// the answers of cctz, which reads the same files by itself; texts that are not what was written.
#include "base/time/zone_rules.hpp"

#include "base/time/civil.hpp"
#include "base/time/zone.hpp"

#include <algorithm>
#include <cctz/time_zone.h>
#include <filesystem>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <string>
#include <vector>

namespace meshline {
namespace {

constexpr std::int64_t year_one = -62'135'596'800;

/// Every name that tzdata's own list of zones and links has.
const std::vector<std::string>& zone_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> found;
        const std::filesystem::path root = "/usr/share/zoneinfo";
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
            const std::string name = entry.path().lexically_relative(root).string();
            if (entry.is_regular_file() && ZoneRules::of_machine(name).ok()) found.push_back(name);
        }
        std::ranges::sort(found);
        return found;
    }();
    return names;
}

cctz::time_zone cctz_zone(const std::string& name) {
    cctz::time_zone zone;
    EXPECT_TRUE(cctz::load_time_zone(name, &zone));
    return zone;
}

cctz::time_point<cctz::seconds> at(std::int64_t second) {
    return cctz::time_point<cctz::seconds>(cctz::seconds(second));
}

std::int64_t second_of(std::string_view text) {
    return parse_instant(text, std::nullopt)->micros / micros_per_second;
}

/// A second of years that matter, or of any up to the end of the rules.
std::int64_t any_second() {
    return *rc::gen::oneOf(rc::gen::inRange<std::int64_t>(-3'000'000'000, 4'200'000'000),
                           rc::gen::inRange<std::int64_t>(year_one, zone_rules_end));
}

TEST(ZoneRules, offsets_are_those_that_cctz_reads_in_every_zone) {
    ASSERT_GT(zone_names().size(), 300U);
    EXPECT_TRUE(rc::check([] {
        for (const std::string& name : zone_names()) {
            const ZoneRules rules = ZoneRules::of_machine(name).value();
            const std::int64_t second = any_second();
            RC_ASSERT(rules.around(second).offset == cctz_zone(name).lookup(at(second)).offset);
        }
    }));
}

TEST(ZoneRules, clock_times_are_found_where_cctz_finds_them_in_every_zone) {
    EXPECT_TRUE(rc::check([] {
        for (const std::string& name : zone_names()) {
            const Zone zone = Zone::open(name).value();
            // Half of them near a change of the clocks, where there is one.
            const Stretch around = zone.rules().around(any_second()).stretch;
            const std::int64_t local =
                *rc::gen::arbitrary<bool>() && around.from > year_one
                    ? around.from + *rc::gen::inRange<std::int64_t>(-100'000, 100'000)
                    : any_second();
            const auto found = cctz_zone(name).lookup(cctz::civil_second() + local);
            const bool is_skipped = found.kind == cctz::time_zone::civil_lookup::SKIPPED;
            const std::int64_t second =
                (is_skipped ? found.trans : found.pre).time_since_epoch().count();
            const std::int64_t micros = second * micros_per_second + (is_skipped ? 0 : 7);
            RC_ASSERT(zone.instant_of(local * micros_per_second + 7).micros == micros);
            RC_ASSERT(is_skipped || zone.local_micros({micros}) == local * micros_per_second + 7);
        }
    }));
}

TEST(ZoneRules, the_text_reads_back_to_the_same_rules) {
    for (const std::string& name : zone_names()) {
        const ZoneRules rules = ZoneRules::of_machine(name).value();
        const Result<ZoneRules> read = ZoneRules::parse(rules.text());
        ASSERT_TRUE(read.ok()) << name << render(read.error());
        EXPECT_EQ(read->text(), rules.text());
        EXPECT_EQ(read->digest(), sha256(rules.text()));
        EXPECT_TRUE(read->differences(rules).empty());
    }
}

TEST(ZoneRules, the_text_is_a_list_of_offsets) {
    EXPECT_EQ(ZoneRules(0).text(), "start 0\n");
    EXPECT_EQ(ZoneRules::of_machine("UTC")->text(), "start 0\n");
    EXPECT_EQ(ZoneRules::of_machine("Etc/GMT+5")->text(), "start -18000\n");
    EXPECT_EQ(ZoneRules::of_machine("Asia/Kathmandu")->text(),
              "start 20476\n1919-12-31T18:18:44Z 19800\n1985-12-31T18:30:00Z 20700\n");
    EXPECT_TRUE(ZoneRules::of_machine("Europe/Berlin")
                    ->text()
                    .starts_with("start 3208\n1893-03-31T23:06:32Z 3600\n"
                                 "1916-04-30T22:00:00Z 7200\n"));
    EXPECT_TRUE(ZoneRules::of_machine("Europe/Berlin")
                    ->text()
                    .ends_with("2399-03-28T01:00:00Z 7200\n2399-10-31T01:00:00Z 3600\n"));
}

TEST(ZoneRules, a_text_that_is_not_what_was_written_is_corrupt) {
    for (const char* text :
         {"", "start", "start 0", "start x\n", "start 0 \n", "start +0\n", "start 00\n",
          "start 93600\n", "start 0\n\n", "start 0\n2026-01-01T00:00:00Z\n",
          "start 0\n2026-01-01T00:00:00Z 0\n", "start 0\n2026-01-01T00:00:00Z 93600\n",
          "start 0\n2026-01-01T00:00:00+00:00 60\n", "start 0\n2026-01-01T00:00:00.5Z 60\n",
          "start 0\n2026-01-01T00:00:00Z 60\n2026-01-01T00:00:00Z 0\n",
          "start 0\n2026-01-01T00:00:00Z 60\n2025-01-01T00:00:00Z 0\n",
          "start 0\n2400-01-01T00:00:00Z 60\n", "start 0\n2026-02-30T00:00:00Z 60\n"}) {
        const Result<ZoneRules> rules = ZoneRules::parse(text);
        ASSERT_FALSE(rules.ok()) << text;
        EXPECT_EQ(rules.error().code, "time.bad_zone_rules") << text;
        EXPECT_EQ(rules.error().kind, ErrorKind::corrupt) << text;
    }
    std::string endless = "start 0\n";
    for (int index = 0; index <= 5000; ++index) {
        endless += Instant{index * 86'400'000'000}.text() + (index % 2 == 0 ? " 60\n" : " 0\n");
    }
    EXPECT_EQ(ZoneRules::parse(endless).error().code, "time.bad_zone_rules");
}

TEST(ZoneRules, differences_are_the_stretches_in_which_clocks_differ) {
    const auto rules = [](std::string_view text) { return ZoneRules::parse(text).value(); };
    const ZoneRules old = rules(
        "start 0\n2020-01-01T00:00:00Z 3600\n2021-01-01T00:00:00Z 0\n2022-01-01T00:00:00Z 3600\n");
    EXPECT_TRUE(old.differences(old).empty());
    const ZoneRules without = rules("start 0\n2020-01-01T00:00:00Z 3600\n");
    const std::vector<Stretch> one = {
        {second_of("2021-01-01T00:00:00Z"), second_of("2022-01-01T00:00:00Z")}};
    EXPECT_EQ(old.differences(without), one);
    EXPECT_EQ(without.differences(old), one);
    // Two stretches that touch are one, whatever the offsets are in them.
    const ZoneRules other =
        rules("start 0\n2020-01-01T00:00:00Z 3600\n2021-06-01T00:00:00Z 7200\n");
    EXPECT_EQ(old.differences(other),
              (std::vector<Stretch>{{second_of("2021-01-01T00:00:00Z"), Stretch().to}}));
    EXPECT_EQ(ZoneRules(0).differences(ZoneRules(60)), (std::vector<Stretch>{Stretch()}));
}

TEST(ZoneRules, after_the_last_transition_the_offset_stays) {
    const ZoneRules berlin = ZoneRules::of_machine("Europe/Berlin").value();
    EXPECT_EQ(berlin.around(second_of("2399-07-01T00:00:00Z")).offset, 7200);
    EXPECT_EQ(berlin.around(second_of("2400-07-01T00:00:00Z")).offset, 3600);
    EXPECT_EQ(berlin.around(second_of("9999-07-01T00:00:00Z")).offset, 3600);
}

}  // namespace
}  // namespace meshline
