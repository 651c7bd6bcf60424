// Goal: a YAML file means one thing or is refused at its line and column.
// Method: tables of texts with the code and place expected, and the places of what was read.
#include "base/yaml/yaml.hpp"

#include <chrono>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace meshline {
namespace {

struct Refusal {
    const char* name;
    std::string text;
    const char* code;
    int line;
    int column;
};

std::string repeated(const std::string& text, int count) {
    std::string all;
    for (int index = 0; index < count; ++index)
        all += text;
    return all;
}

const std::vector<Refusal>& refusals() {
    using std::string_literals::operator""s;
    static const std::vector<Refusal> rows = {
        {"no", "is_live: no\n", "yaml.ambiguous_scalar", 1, 10},
        {"Yes", "a:\n  - Yes\n", "yaml.ambiguous_scalar", 2, 5},
        {"OFF", "{a: OFF}", "yaml.ambiguous_scalar", 1, 5},
        {"y", "a: y", "yaml.ambiguous_scalar", 1, 4},
        {"N in a list", "[GB, NO]", "yaml.ambiguous_scalar", 1, 6},
        {"on as a key", "on: push", "yaml.ambiguous_scalar", 1, 1},
        {"tilde", "a: ~\n", "yaml.ambiguous_scalar", 1, 4},
        {"tilde as a key", "~: 1\n", "yaml.syntax", 1, 1},
        {"True", "a: True\n", "yaml.ambiguous_scalar", 1, 4},
        {"NULL", "a: NULL\n", "yaml.ambiguous_scalar", 1, 4},
        {"duplicate key", "a: 1\nb: 2\na: 3\n", "yaml.duplicate_key", 3, 1},
        {"duplicate key by quotes", "a: 1\n\"a\": 3\n", "yaml.duplicate_key", 2, 1},
        {"duplicate key in flow", "x: {k: 1, k: 2}", "yaml.duplicate_key", 1, 11},
        {"anchor", "a: &x 1\n", "yaml.unsupported", 1, 4},
        {"anchor of a list", "a: &x\n  - 1\n", "yaml.unsupported", 1, 4},
        {"anchor of nothing", "a: &x\nb: 1\n", "yaml.unsupported", 1, 4},
        {"anchor of a key", "&x a: 1\n", "yaml.unsupported", 1, 1},
        {"alias", "a: [*x]\n", "yaml.unsupported", 1, 5},
        {"merge key", "<<: {a: 1}\n", "yaml.unsupported", 1, 1},
        {"tag", "a: !!str 1\n", "yaml.unsupported", 1, 4},
        {"tag of a mapping", "a: !x {b: 1}\n", "yaml.unsupported", 1, 4},
        {"tag without a name", "a: ! x\n", "yaml.unsupported", 1, 4},
        {"directive", "%YAML 1.2\n---\na: 1\n", "yaml.unsupported", 1, 1},
        {"list as a key", "? [a]\n: 1\n", "yaml.unsupported", 1, 3},
        {"key with a question mark", "? a\n? b\n", "yaml.syntax", 1, 3},
        {"tab before", "a:\n\tb: 1\n", "yaml.syntax", 2, 1},
        {"tab behind", "a: 1\t# one\n", "yaml.syntax", 1, 5},
        {"tab after two characters of three bytes", "\xE2\x82\xAC\xE2\x82\xAC: \t1\n",
         "yaml.syntax", 1, 5},
        {"NUL", "a: \0\n"s, "yaml.syntax", 1, 4},
        {"end of transmission", "a: 1\n\x04"s, "yaml.syntax", 2, 1},
        {"carriage return alone", "a: 1\rb: 2\n", "yaml.syntax", 1, 5},
        {"invalid byte", "a: 1\nb: \xFF\n", "yaml.invalid_utf8", 2, 4},
        {"second document", "a: 1\n---\nb: 2\n", "yaml.syntax", 2, 1},
        {"after the end sign", "a: 1\n...\nb: 2\n", "yaml.syntax", 3, 1},
        {"mapping after a list", "- a\nb: c\n", "yaml.syntax", 2, 1},
        {"two quoted texts", "\"a\" \"b\"\n", "yaml.syntax", 1, 5},
        {"open quote at the end of the file", "a: \"x\n", "yaml.syntax", 1, 4},
        {"open single quote", "a: 'it''s\n", "yaml.syntax", 1, 4},
        {"missing colon", "a: b\nc\n", "yaml.syntax", 2, 1},
        {"dash without a space", "a:\n- 1\n-2\n", "yaml.syntax", 3, 1},
        {"missing colon in flow", "{a, b: 1}", "yaml.syntax", 1, 2},
        {"empty item", "[1,,2]", "yaml.syntax", 1, 4},
        {"missing key", ": x\n", "yaml.syntax", 1, 1},
        {"colon in a text", "a: b: c\n", "yaml.syntax", 1, 5},
        {"wrong indentation", "a: 1\n  b: 2\n", "yaml.syntax", 2, 4},
        {"open list", "a: [1, 2\n", "yaml.syntax", 1, 8},
        {"bracket too many", "a: 1\n]\n", "yaml.syntax", 2, 1},
        {"commas alone", ",,,\n", "yaml.syntax", 1, 1},
        {"reserved sign", "a: @x\n", "yaml.syntax", 1, 4},
        {"bad escape", "a: \"\\q\"\n", "yaml.syntax", 1, 7},
        {"escape to a byte that is not UTF-8", "a: \"x\\N\"\n", "yaml.syntax", 1, 4},
        {"65 levels", repeated("[", 65) + repeated("]", 65), "yaml.too_deep", 1, 65},
        {"far too deep", repeated("[", 200'000) + repeated("]", 200'000), "yaml.too_deep", 1, 65},
        {"open brackets", repeated("[", 200'000), "yaml.unsupported", 1, 1},
        {"far too deep in blocks", repeated("- ", 200'000), "yaml.too_deep", 1, 129},
        {"too long", repeated("# 4567890\n", 500'000), "yaml.too_long", 1, 1},
    };
    return rows;
}

TEST(ParseYaml, text_that_is_not_strict_is_refused_at_its_place) {
    for (const Refusal& row : refusals()) {
        const auto parsed = parse_yaml(row.text, "file.yaml");
        ASSERT_FALSE(parsed.ok()) << row.name;
        EXPECT_EQ(parsed.error().code, row.code) << row.name << ": " << parsed.error().message;
        EXPECT_EQ(parsed.error().where.file, "file.yaml") << row.name;
        EXPECT_EQ(parsed.error().where.line, row.line)
            << row.name << ": " << parsed.error().message;
        EXPECT_EQ(parsed.error().where.column, row.column)
            << row.name << ": " << parsed.error().message;
    }
}

TEST(ParseYaml, duplicate_key_names_both_places) {
    const auto parsed = parse_yaml("x:\n  owner: a\n  owner: b\n", "metrics/net.yaml");
    ASSERT_FALSE(parsed.ok());
    EXPECT_EQ(render(parsed.error()),
              "error: duplicate key \"owner\"\n"
              "  at metrics/net.yaml:3:3\n"
              "  hint: The first one is at 2:3.\n"
              "  code: yaml.duplicate_key");
}

TEST(ParseYaml, words_inside_longer_texts_are_no_traps) {
    for (const char* text : {"a: no way", "a: \"no\"", "a: 'yes'", "a: |\n  no\n", "a: >\n  ~\n",
                             "a: norway", "a: nullable", "a:\nNullable: 1", "a: true", "a: null",
                             "a: 100%", "# no: ~ \xE2\x82\xAC\na: b", "\"no\": 1", "a: \"\\t\"",
                             "a: http://x/y", "a: [b, c,]", "- \n- a", "a: b#c", "a: {}\nb: []"}) {
        const auto parsed = parse_yaml(text, "file.yaml");
        EXPECT_TRUE(parsed.ok()) << text << ": " << render(parsed.error());
    }
    const std::string deep = repeated("[", 64) + repeated("]", 64);
    EXPECT_TRUE(parse_yaml(deep, "file.yaml").ok());
}

TEST(ParseYaml, a_long_line_takes_time_by_its_length) {
    std::string text = "[";
    for (int index = 0; index < 300'000; ++index)
        text += "\xC3\xA4" + std::to_string(index) + ", ";
    using Clock = std::chrono::steady_clock;
    const auto begin = Clock::now();
    const auto root = parse_yaml(text + "]", "file.yaml");
    // Some tenths of a second; what counts each place from the line's begin takes a minute.
    EXPECT_LT(Clock::now() - begin, std::chrono::seconds(20));
    ASSERT_TRUE(root.ok()) << render(root.error());
    ASSERT_EQ(root->items.size(), 300'000u);
    EXPECT_EQ(root->items[0].column, 2);
    EXPECT_EQ(root->items[1].column, 6);
}

TEST(ParseYaml, nodes_carry_their_text_kind_and_place) {
    const auto root = parse_yaml(
        "# A comment.\n"
        "\"n\\u00e4me\": 'it''s'  # quoted\n"
        "list:\n"
        "  - 007\n"
        "  - {deep: [a, null]}\n"
        "text: |\n"
        "  one\n"
        "  two\n"
        "none:\n",
        "file.yaml");
    ASSERT_TRUE(root.ok()) << render(root.error());
    ASSERT_EQ(root->kind, YamlKind::mapping);
    ASSERT_EQ(root->members.size(), 4u);
    EXPECT_EQ(root->line, 2);
    EXPECT_EQ(root->members[0].key.scalar, "n\xC3\xA4me");
    EXPECT_EQ(root->members[0].key.line, 2);
    EXPECT_EQ(root->members[0].key.column, 1);
    EXPECT_EQ(root->members[0].value.scalar, "it's");
    EXPECT_TRUE(root->members[0].value.is_quoted);
    const YamlNode* list = root->find("list");
    ASSERT_NE(list, nullptr);
    EXPECT_EQ(list->items[0].scalar, "007");
    EXPECT_FALSE(list->items[0].is_quoted);
    EXPECT_EQ(list->items[0].line, 4);
    EXPECT_EQ(list->items[0].column, 5);
    EXPECT_EQ(list->items[1].find("deep")->items[1].kind, YamlKind::null);
    EXPECT_EQ(root->find("text")->scalar, "one\ntwo\n");
    EXPECT_TRUE(root->find("text")->is_quoted);
    EXPECT_EQ(root->find("none")->kind, YamlKind::null);
    EXPECT_EQ(root->find("missing"), nullptr);
}

TEST(ParseYaml, carriage_returns_and_byte_order_marks_change_nothing) {
    const auto plain = parse_yaml("a: |\n  x\n  y\nb: [1,\n 2]\n", "f");
    const auto marked = parse_yaml(
        "\xEF\xBB\xBF"
        "a: |\r\n  x\r\n  y\r\nb: [1,\r\n 2]\r\n",
        "f");
    ASSERT_TRUE(plain.ok() && marked.ok());
    EXPECT_EQ(canonical_json(*plain), canonical_json(*marked));
    EXPECT_EQ(marked->members[1].key.column, 1);
}

TEST(ParseYaml, text_without_content_is_null) {
    for (const char* text : {"", "\n\n", "# only a comment\n", "---\n"}) {
        const auto parsed = parse_yaml(text, "file.yaml");
        ASSERT_TRUE(parsed.ok()) << text;
        EXPECT_EQ(parsed->kind, YamlKind::null);
        EXPECT_GE(parsed->line, 1);
    }
}

}  // namespace
}  // namespace meshline
