// Goal: the reader takes what a definition means and refuses what other YAML readers would read
// differently; it reports everything and goes on.
// Method: read small texts and compare values and problems.
#include "core/packs/yaml_reader.hpp"

#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// Reads `text` as a mapping with the keys a, b and c; returns "line:column code message" of each
/// problem.
std::vector<std::string> problems_of(const std::string& text,
                                     const std::function<void(const YamlReader&)>& read) {
    const auto root = parse_yaml(text, "x.yaml");
    if (!root.ok()) return {root.error().code};
    std::vector<Error> problems;
    YamlFile file{"x.yaml", problems};
    read(YamlReader(*root, "thing", {"a", "b", "c"}, file));
    std::vector<std::string> said;
    for (const Error& problem : problems) {
        EXPECT_FALSE(problem.hint.empty()) << problem.message;
        said.push_back(std::to_string(problem.where.line) + ":" +
                       std::to_string(problem.where.column) + " " + problem.code + " " +
                       problem.message);
    }
    return said;
}

void nothing(const YamlReader&) {}

TEST(YamlReader, knows_its_keys) {
    EXPECT_THAT(problems_of("a: 1\nb: 2\n", nothing), IsEmpty());
    EXPECT_THAT(problems_of("a: 1\nd: 2\n", nothing),
                ElementsAre("2:1 workspace.unknown_key unknown key \"d\" in thing"));
    EXPECT_THAT(problems_of("[a]\n", nothing),
                ElementsAre("1:1 workspace.wrong_type thing must be a mapping, found a list"));
}

TEST(YamlReader, misses_required_keys_only) {
    EXPECT_THAT(problems_of("b: x\n",
                            [](const YamlReader& reader) {
                                EXPECT_EQ(reader.text("a", Need::required), "");
                                EXPECT_EQ(reader.text("b", Need::required), "x");
                                EXPECT_EQ(reader.text("c", Need::optional), "");
                            }),
                ElementsAre("1:1 workspace.missing_key missing key \"a\" in thing"));
}

TEST(YamlReaderDeathTest, asking_for_a_key_outside_the_set_is_a_broken_promise) {
    EXPECT_DEATH(problems_of("a: 1\n", [](const YamlReader& reader) { reader.has("d"); }),
                 "broken promise");
}

TEST(YamlReader, takes_only_what_every_reader_takes_for_text) {
    const auto text = [](const std::string& written) {
        return problems_of("a: " + written + "\n",
                           [](const YamlReader& reader) { reader.text("a", Need::required); });
    };
    for (const char* good :
         {"word", "\"7\"", "'true'", "2026-03-01", "007", "+1", "\"no\"", "1.2.3"}) {
        EXPECT_THAT(text(good), IsEmpty()) << good;
    }
    const std::vector<std::pair<std::string, std::string>> refused = {
        {"7", "number 7"},        {"-0.5", "number -0.5"}, {"1e3", "number 1e3"},
        {"true", "boolean true"}, {"\"\"", "empty text"},  {"[]", "an empty list"},
        {"[x]", "a list"},        {"{b: c}", "a mapping"}};
    for (const auto& [written, found] : refused) {
        EXPECT_THAT(text(written),
                    ElementsAre("1:4 workspace.wrong_type \"a\" must be text, found " + found))
            << written;
    }
    EXPECT_THAT(text(""), ElementsAre("1:1 workspace.missing_key \"a\" in thing has no value"));
    EXPECT_THAT(text("no"), ElementsAre("yaml.ambiguous_scalar"));
}

TEST(YamlReader, takes_names) {
    const auto name = [](const std::string& written) {
        return problems_of("a: " + written + "\n",
                           [](const YamlReader& reader) { reader.name("a", Need::required); });
    };
    EXPECT_THAT(name("net_sales_2"), IsEmpty());
    EXPECT_THAT(name("Net"),
                ElementsAre("1:4 workspace.bad_name \"a\" must be a name, found \"Net\""));
    EXPECT_THAT(name("net-sales"), testing::SizeIs(1));
}

TEST(YamlReader, takes_whole_numbers_within_their_range) {
    const auto integer = [](const std::string& written, std::optional<int> wanted) {
        return problems_of("a: " + written + "\n", [&](const YamlReader& reader) {
            EXPECT_EQ(reader.integer("a", Need::required, {-1, 23}), wanted) << written;
        });
    };
    EXPECT_THAT(integer("-1", -1), IsEmpty());
    EXPECT_THAT(integer("23", 23), IsEmpty());
    for (const char* far : {"24", "-2", "99999999999999999999999999"}) {
        EXPECT_THAT(
            integer(far, std::nullopt),
            ElementsAre(std::string("1:4 workspace.out_of_range \"a\" is out of range: ") + far));
    }
    for (const char* odd : {"1.0", "1e1", "\"1\"", "one", "0x10", "true"}) {
        EXPECT_THAT(integer(odd, std::nullopt),
                    ElementsAre(testing::StartsWith("1:4 workspace.wrong_type")))
            << odd;
    }
}

TEST(YamlReader, takes_decimals_exactly_or_not_at_all) {
    const DecimalRange range{.min = Decimal(), .max = Decimal::from_micros(5'000'000).value()};
    const auto decimal = [&](const std::string& written) {
        return problems_of("a: " + written + "\n", [&](const YamlReader& reader) {
            const auto read = reader.decimal("a", Need::required, range);
            if (read) EXPECT_EQ(read->text(), written);
        });
    };
    for (const char* good : {"0", "0.01", "4.999999", "5"})
        EXPECT_THAT(decimal(good), IsEmpty());
    for (const char* bad : {"5.000001", "-0.01", "0.0000001"}) {
        EXPECT_THAT(decimal(bad), ElementsAre(testing::StartsWith("1:4 workspace.out_of_range")));
    }
    EXPECT_THAT(decimal("\"0.01\""), ElementsAre(testing::StartsWith("1:4 workspace.wrong_type")));
}

TEST(YamlReader, takes_true_and_false_alone) {
    EXPECT_THAT(
        problems_of("a: true\nb: false\nc: 1\n",
                    [](const YamlReader& reader) {
                        EXPECT_EQ(reader.boolean("a"), true);
                        EXPECT_EQ(reader.boolean("b"), false);
                        EXPECT_EQ(reader.boolean("c"), std::nullopt);
                    }),
        ElementsAre("3:4 workspace.wrong_type \"c\" must be true or false, found number 1"));
}

TEST(YamlReader, takes_one_of_a_closed_list) {
    static constexpr const char* names[] = {"left", "right"};
    EXPECT_THAT(problems_of("a: right\nb: rigth\n",
                            [](const YamlReader& reader) {
                                EXPECT_EQ(reader.choice("a", Need::required, names), 1U);
                                EXPECT_EQ(reader.choice("b", Need::required, names), std::nullopt);
                            }),
                ElementsAre("2:4 workspace.unknown_value unknown b \"rigth\""));
}

TEST(YamlReader, takes_lists_with_their_places) {
    EXPECT_THAT(problems_of("a: [x, z, x, 5]\nb: z\nc: []\n",
                            [](const YamlReader& reader) {
                                const auto texts = reader.texts("a", Need::required);
                                ASSERT_EQ(texts.size(), 2U);
                                EXPECT_EQ(texts[1].text, "z");
                                EXPECT_EQ(texts[1].where.text(), "x.yaml:1:8");
                                reader.texts("b", Need::optional);
                                reader.texts("c", Need::optional);
                            }),
                ElementsAre("1:11 workspace.duplicate_item \"a\" names \"x\" twice",
                            "1:14 workspace.wrong_type \"a\" must be text, found number 5",
                            "2:4 workspace.wrong_type \"b\" must be a list, found text \"z\"",
                            "3:4 workspace.wrong_type \"c\" is an empty list"));
}

TEST(YamlReader, wants_exactly_one_of_several_kinds) {
    const auto kind = [](const std::string& text, std::optional<std::size_t> wanted) {
        return problems_of(text, [&](const YamlReader& reader) {
            const std::vector<std::string> kinds = {"a", "b"};
            EXPECT_EQ(reader.exactly_one(kinds), wanted);
        });
    };
    EXPECT_THAT(kind("b: 1\nc: 2\n", 1), IsEmpty());
    EXPECT_THAT(kind("c: 2\n", std::nullopt),
                ElementsAre("1:1 workspace.missing_key thing has none of a, b"));
    EXPECT_THAT(kind("a: 1\nb: 2\n", std::nullopt),
                ElementsAre("2:4 workspace.contradiction thing has both \"a\" and \"b\""));
}

TEST(HintForName, is_never_empty) {
    const std::vector<std::string> known = {"orders", "refunds"};
    EXPECT_EQ(hint_for_name("order", known), "Did you mean \"orders\"?");
    EXPECT_EQ(hint_for_name("payouts_of_stripe", known), "Known: orders, refunds.");
    EXPECT_EQ(hint_for_name("x", {}), "There is none yet.");
}

}  // namespace
}  // namespace meshline
