// Goal: what a definition means is told from whose it is and what it is called, key by key.
// Method: take the meaning of small definitions; hold the list of keys against the JSON Schemas.
#include "core/packs/meaning.hpp"

#include <gtest/gtest.h>

namespace meshline {
namespace {

std::string meaning(std::string_view kind, std::string_view text) {
    auto root = parse_yaml(text, "some.yaml");
    EXPECT_TRUE(root.ok());
    return canonical_json(meaning_of(std::move(*root), kind));
}

std::string facts_meaning(std::string_view kind, std::string_view text) {
    auto root = parse_yaml(text, "some.yaml");
    EXPECT_TRUE(root.ok());
    return canonical_json(facts_meaning_of(std::move(*root), kind));
}

TEST(Meaning, leaves_out_owners_and_names) {
    EXPECT_EQ(meaning("metric", "metric: net\nowner: ana\ntitle: Net\nsum: [fee]\n"),
              R"({"metric":"net","sum":["fee"]})");
    EXPECT_EQ(meaning("stream", "title: Orders\nversion: 2\n"), R"({"version":2})");
}

TEST(Meaning, a_key_means_by_its_kind) {
    EXPECT_EQ(meaning("check", "check: odd\nfix: review\nseverity: note\n"),
              R"({"check":"odd","severity":"note"})");
    EXPECT_EQ(meaning("metric", "metric: odd\nfix: review\n"),
              R"({"fix":"review","metric":"odd"})");
}

TEST(Meaning, goes_into_what_lies_inside) {
    EXPECT_EQ(meaning("reconciliation",
                      "breaks:\n  missing_left: {severity: high, owner: ana, fix: review}\n"),
              R"({"breaks":{"missing_left":{"severity":"high"}}})");
    EXPECT_EQ(meaning("source", "handoff: {fresh_within_hours: 3, escalate_to: [ana]}\n"),
              R"({"handoff":{"fresh_within_hours":3}})");
}

TEST(Meaning, what_is_left_empty_is_as_good_as_absent) {
    EXPECT_EQ(
        meaning("reconciliation", "due: {left_days: 1}\nbreaks: {missing_left: {owner: ana}}\n"),
        R"({"due":{"left_days":1}})");
    EXPECT_EQ(meaning("source", "pack: a\nhandoff: {escalate_to: [ana]}\n"), R"({"pack":"a"})");
}

TEST(Meaning, facts_do_not_depend_on_what_only_judges) {
    EXPECT_EQ(facts_meaning("source", "pack: a\nowner: ana\nhandoff: {fresh_within_hours: 3}\n"),
              R"({"pack":"a"})");
    EXPECT_EQ(facts_meaning("client", "zone: UTC\ntitle: A\nsettle_days: 3\n"),
              R"({"zone":"UTC"})");
}

}  // namespace
}  // namespace meshline
