// Goal: what is not strict JSON is refused at its exact byte, and what is JSON is read without
// loss. Method: tables of texts with the code and offset expected, walks over parsed values, and a
// property that holds the fast path against the byte-by-byte one through random damage.
#include "base/json/json.hpp"
#include "base/json/json_scan.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <string>
#include <thread>
#include <vector>

namespace meshline {
namespace {

struct Refusal {
    const char* name;
    std::string text;
    const char* code;
    std::int64_t offset;
};

std::string nested(int levels) {
    return std::string(static_cast<std::size_t>(levels), '[') +
           std::string(static_cast<std::size_t>(levels), ']');
}

using std::string_literals::operator""s;

const std::vector<Refusal> refusals = {
    {"empty", "", "json.syntax", 0},
    {"only space", "  ", "json.syntax", 2},
    {"two values", "1 2", "json.syntax", 2},
    {"trailing bracket", "{}]", "json.syntax", 2},
    {"trailing word", "{}x", "json.syntax", 2},
    {"text after string", "\"a\"b", "json.syntax", 3},
    {"string after string", "\"a\"\"b\"", "json.syntax", 3},
    {"string glued to number", "1\"a\"", "json.syntax", 1},
    {"open object", "{\"a\":1", "json.syntax", 6},
    {"open array", "[1,", "json.syntax", 3},
    {"wrong bracket", "[1}", "json.syntax", 2},
    {"trailing comma in array", "[1,]", "json.syntax", 3},
    {"trailing comma in object", "{\"a\":1,}", "json.syntax", 7},
    {"missing comma", "[1 2]", "json.syntax", 3},
    {"missing colon", "{\"a\" 1}", "json.syntax", 5},
    {"missing value", "{\"a\":}", "json.syntax", 5},
    {"name without quotes", "{a:1}", "json.syntax", 1},
    {"number as name", "{1:1}", "json.syntax", 1},
    {"single quotes", "['a']", "json.syntax", 1},
    {"comment", "[1] // one", "json.syntax", 4},
    {"leading zero", "[01]", "json.syntax", 2},
    {"minus alone", "[-]", "json.syntax", 2},
    {"plus", "[+1]", "json.syntax", 1},
    {"point first", "[.5]", "json.syntax", 1},
    {"point last", "[5.]", "json.syntax", 3},
    {"exponent empty", "[1e]", "json.syntax", 3},
    {"exponent sign only", "[1e+]", "json.syntax", 4},
    {"hexadecimal", "[0x1]", "json.syntax", 2},
    {"not a number", "[NaN]", "json.syntax", 1},
    {"infinity", "[-Infinity]", "json.syntax", 2},
    {"capital word", "[True]", "json.syntax", 1},
    {"cut word", "[tru]", "json.syntax", 1},
    {"long word", "[nullx]", "json.syntax", 1},
    {"word with quote", "[null\"x\"]", "json.syntax", 1},
    {"tab in string", "[\"a\tb\"]", "json.syntax", 3},
    {"line feed in string", "{\"a\nb\":1}", "json.syntax", 3},
    {"NUL in string", "[\"a\0b\"]"s, "json.syntax", 3},
    {"NUL outside", "[1,\0 2]"s, "json.syntax", 3},
    {"NUL at the end", "[1]\0"s, "json.syntax", 3},
    {"form feed", "[1,\f2]", "json.syntax", 3},
    {"substitute byte", "{\"a\"\x1a 1}", "json.syntax", 4},
    {"no-break space", "[1,\xC2\xA0 2]", "json.syntax", 3},
    {"byte-order mark", "\xEF\xBB\xBF{}", "json.syntax", 0},
    {"unclosed string", "[\"abc]", "json.syntax", 1},
    {"unclosed after escape", "[\"abc\\\"]", "json.syntax", 1},
    {"unclosed name", "{\"a\":1, b\": 2}", "json.syntax", 8},
    {"unknown escape", "[\"ab\\x\"]", "json.syntax", 4},
    {"bad hex", "[\"\\u12G4\"]", "json.syntax", 2},
    {"short hex", "[\"\\u12\"]", "json.syntax", 2},
    {"lone high surrogate", "[\"a\\uD83D\"]", "json.syntax", 3},
    {"lone low surrogate", "[\"\\uDE00\"]", "json.syntax", 2},
    {"high without low", "[\"\\uD83D\\u0041\"]", "json.syntax", 2},
    {"high then text", "[\"\\uD83Dabcdef\"]", "json.syntax", 2},
    {"overlong", "[\"\xC0\xAF\"]", "json.invalid_utf8", 2},
    {"encoded surrogate", "[\"\xED\xA0\x80\"]", "json.invalid_utf8", 2},
    {"cut character", "[\"ab\xE2\x82\"]", "json.invalid_utf8", 4},
    {"invalid byte outside", "[1, \xFF]", "json.invalid_utf8", 4},
    {"grammar before bad byte", "[1 2, \"\xFF\"]", "json.syntax", 3},
    {"control byte before bad byte", "[\"a\tb\xFF\"]", "json.syntax", 3},
    {"bad byte before control byte", "[\"a\xFF\tb\"]", "json.invalid_utf8", 3},
    {"escaped quote before control byte", "[\"a\\\"b\tc\"]", "json.syntax", 6},
    {"duplicate", "{\"a\":1,\"b\":2,\"a\":3}", "json.duplicate_key", 13},
    {"duplicate by escape", "{\"a\":1,\"\\u0061\":2}", "json.duplicate_key", 7},
    {"duplicate empty name", "{\"\":1,\"\":2}", "json.duplicate_key", 6},
    {"duplicate inside", "[{\"x\":{\"k\":[],\"k\":{}}}]", "json.duplicate_key", 14},
    {"too deep", nested(JsonDocument::depth_max + 1), "json.too_deep", JsonDocument::depth_max},
    {"far too deep", std::string(1'000'000, '['), "json.too_deep", JsonDocument::depth_max},
};

TEST(JsonDocument, text_that_is_not_strict_is_refused_at_its_byte) {
    JsonDocument document;
    for (const Refusal& row : refusals) {
        const auto parsed = document.parse(row.text);
        ASSERT_FALSE(parsed.ok()) << row.name;
        EXPECT_EQ(parsed.error().code, row.code) << row.name;
        EXPECT_EQ(parsed.error().where.offset, row.offset) << row.name;
    }
}

TEST(JsonDocument, refusal_is_the_same_far_into_a_long_text) {
    // The first stage works in blocks of 64 bytes; what straddles them must not matter.
    JsonDocument document;
    for (const Refusal& row : refusals) {
        if (std::string_view(row.code) == "json.too_deep") continue;
        for (const std::size_t before : {61, 62, 63, 64, 65, 127, 128, 1000}) {
            const auto parsed = document.parse(std::string(before, ' ') + row.text);
            ASSERT_FALSE(parsed.ok()) << row.name;
            EXPECT_EQ(parsed.error().code, row.code) << row.name;
            EXPECT_EQ(parsed.error().where.offset, row.offset + static_cast<std::int64_t>(before))
                << row.name << " after " << before;
        }
    }
}

TEST(JsonDocument, strict_text_is_read) {
    JsonDocument document;
    for (const std::string text :
         {"1", "-0", "0.10", "1e400", "-1.5E+07", "123456789012345678901234567890", "\"\"",
          "\"\\u0000\"", "\"\x7f\"", "null", "true", " \t\r\n[ ] \n", "{}", "[[],{}]",
          "{\"a\":{\"a\":{\"a\":1}}}", "[{\"a\":1},{\"a\":1}]", "\"\xF4\x8F\xBF\xBF\"",
          "\"\xEF\xBF\xBF\""}) {
        EXPECT_TRUE(document.parse(text).ok()) << text;
    }
    EXPECT_TRUE(document.parse(nested(JsonDocument::depth_max)).ok());
}

TEST(JsonDocument, number_keeps_its_token) {
    JsonDocument document;
    const auto root = document.parse("[ 1e400 ,0.10,123456789012345678901234567890]");
    ASSERT_TRUE(root.ok());
    JsonValue item = root->first();
    EXPECT_EQ(item.raw(), "1e400");
    EXPECT_EQ(item.offset(), 2u);
    item = item.next();
    EXPECT_EQ(item.text(), "0.10");
    item = item.next();
    EXPECT_EQ(item.raw(), "123456789012345678901234567890");
}

TEST(JsonDocument, values_are_walked_in_document_order) {
    JsonDocument document;
    const auto root =
        document.parse(R"({"id": 7, "lines": [{"q": 1}, [], "x"], "note": null, "paid": true})");
    ASSERT_TRUE(root.ok());
    ASSERT_EQ(root->size(), 4u);
    JsonValue member = root->first();
    EXPECT_EQ(member.key(), "id");
    EXPECT_EQ(member.key_offset(), 1u);
    member = member.next();
    EXPECT_EQ(member.key(), "lines");
    EXPECT_EQ(member.raw(), R"([{"q": 1}, [], "x"])");
    ASSERT_EQ(member.size(), 3u);
    EXPECT_EQ(member.first().find("q")->raw(), "1");
    EXPECT_EQ(member.first().next().size(), 0u);
    EXPECT_EQ(member.first().next().next().text(), "x");
    member = member.next();
    EXPECT_TRUE(member.is(JsonType::null));
    member = member.next();
    EXPECT_TRUE(member.boolean());
    EXPECT_FALSE(root->find("q").has_value());
    EXPECT_FALSE(root->find("lines")->find("q").has_value());
}

TEST(JsonDocument, escapes_are_resolved_in_text_and_kept_in_raw) {
    JsonDocument document;
    const auto root = document.parse(
        R"({"p\u006cain": "a\"\\\/\b\f\n\r\tz", "euro": "\u20AC", "face": "\uD83D\uDE00",
            "zero": "a\u0000b", "bare": "none"})");
    ASSERT_TRUE(root.ok());
    EXPECT_EQ(root->find("plain")->text(), "a\"\\/\b\f\n\r\tz");
    EXPECT_EQ(root->find("plain")->raw(), R"("a\"\\\/\b\f\n\r\tz")");
    EXPECT_EQ(root->find("euro")->text(), "\xE2\x82\xAC");
    EXPECT_EQ(root->find("face")->text(), "\xF0\x9F\x98\x80");
    EXPECT_EQ(root->find("zero")->text(), std::string_view("a\0b", 3));
    EXPECT_EQ(root->find("bare")->text(), "none");
}

std::string object_of(int members, const char* last) {
    std::string text = "{";
    for (int index = 0; index < members; ++index) {
        text += "\"total_of_member_" + std::to_string(index) + "_in_currency\":0,";
    }
    return text + "\"" + last + "\":1}";
}

TEST(JsonDocument, duplicate_is_found_in_objects_of_every_size) {
    JsonDocument document;
    for (const int members : {1, 2, 15, 16, 17, 18, 100, 10'000}) {
        EXPECT_TRUE(document.parse(object_of(members, "other")).ok()) << members;
        const auto twice = document.parse(object_of(members, "total_of_member_0_in_currency"));
        ASSERT_FALSE(twice.ok()) << members;
        EXPECT_EQ(twice.error().code, "json.duplicate_key");
        EXPECT_EQ(twice.error().message, "duplicate key \"total_of_member_0_in_currency\"");
    }
}

TEST(JsonDocument, names_made_to_collide_stay_cheap_and_right) {
    // The hash sees the first and last eight bytes; these names differ in the middle only.
    std::string text = "{";
    for (int index = 100'000; index < 200'000; ++index) {
        text += "\"aaaaaaaa" + std::to_string(index) + "bbbbbbbb\":0,";
    }
    JsonDocument document;
    EXPECT_TRUE(document.parse(text + "\"x\":1}").ok());
    const auto twice = document.parse(text + "\"aaaaaaaa100007bbbbbbbb\":1}");
    ASSERT_FALSE(twice.ok());
    EXPECT_EQ(twice.error().where.offset, static_cast<std::int64_t>(text.size()));
}

TEST(JsonDocument, document_is_reused_after_a_refusal_and_after_longer_texts) {
    JsonDocument document;
    ASSERT_TRUE(document.parse("[" + std::string(100'000, ' ') + "\"long\"]").ok());
    ASSERT_FALSE(document.parse("[1").ok());
    const auto root = document.parse(R"(["short\n"])");
    ASSERT_TRUE(root.ok());
    EXPECT_EQ(document.root().first().text(), "short\n");
}

TEST(JsonDocument, values_survive_a_move_of_the_document) {
    JsonDocument document;
    const auto root = document.parse("[\"kept\"]");
    const JsonDocument moved = std::move(document);
    EXPECT_EQ(root->first().text(), "kept");
}

TEST(JsonDocument, text_beyond_the_limit_is_refused) {
    JsonDocument document;
    const std::string text(JsonDocument::length_max + 1, ' ');
    const auto parsed = document.parse(text);
    ASSERT_FALSE(parsed.ok());
    EXPECT_EQ(parsed.error().code, "json.too_long");
}

TEST(JsonDocument, threads_use_a_document_each) {
    std::vector<std::thread> threads;
    std::vector<int> read(4, 0);
    for (std::size_t index = 0; index < read.size(); ++index) {
        threads.emplace_back([index, &read] {
            JsonDocument document;
            const std::string text = "{\"n\":" + std::to_string(index) + "}";
            for (int round = 0; round < 1000; ++round) {
                const auto root = document.parse(text);
                read[index] += root.ok() && root->find("n")->raw() == std::to_string(index);
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(read, std::vector<int>(4, 1000));
}

TEST(JsonDocument, damaged_text_is_refused_inside_the_text_or_reads_back_as_itself) {
    const std::string whole =
        R"({"id":"A-1","total":"12.50","lines":[{"q":2,"p":-0.5e3},{"q":null}],"t":["\u20ac"]})";
    rc::check([&] {
        std::string text = whole;
        const auto count = *rc::gen::inRange(1, 4);
        for (int index = 0; index < count; ++index) {
            const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
            text[at] = *rc::gen::arbitrary<char>();
        }
        JsonDocument document;
        const auto parsed = document.parse(text);
        if (parsed.ok()) {
            RC_ASSERT(document.root().raw() == text);
        } else {
            RC_ASSERT(parsed.error().where.offset >= 0);
            RC_ASSERT(parsed.error().where.offset <= static_cast<std::int64_t>(text.size()));
        }
    });
}

TEST(IsJsonNumber, follows_the_grammar) {
    for (const char* token : {"0", "-0", "10", "1.50", "1e5", "1E-5", "-1.2e+3"}) {
        EXPECT_TRUE(is_json_number(token)) << token;
    }
    for (const char* token : {"", "-", "01", "1.", ".5", "+1", "1e", "1 ", " 1", "0x1", "1_0"}) {
        EXPECT_FALSE(is_json_number(token)) << token;
    }
}

/// The document as canonical JSON, or the message and offset of its refusal.
std::string read_duplicates(std::string_view text, DuplicateKeys duplicate_keys) {
    JsonDocument document;
    const auto root = document.parse(text, duplicate_keys);
    if (!root.ok())
        return root.error().message + " at " + std::to_string(root.error().where.offset);
    EXPECT_TRUE(root->is_of_duplicate_keys());
    return canonical_json(*root);
}

TEST(JsonDuplicateKeys, of_equal_values_count_once) {
    const auto read = [](std::string_view text) {
        return read_duplicates(text, DuplicateKeys::equal);
    };
    EXPECT_EQ(read(R"({"a":1,"b":[2],"a":1,"c":{"d":[3]}})"), R"({"a":1,"b":[2],"c":{"d":[3]}})");
    EXPECT_EQ(read(R"({"a":{"x":[1,{}]},"b":2,"a":{"x":[1,{}]}})"), R"({"a":{"x":[1,{}]},"b":2})");
    EXPECT_EQ(read(R"([{"a":1,"a":1.0,"a":1},{"b":[[],{"c":1,"c":1}]}])"),
              R"([{"a":1},{"b":[[],{"c":1}]}])");
    EXPECT_EQ(read(R"({"a\u0062":"\u00a3","ab":"£"})"), "{\"ab\":\"£\"}");
    EXPECT_EQ(read(R"({"a":{"b":1,"b":1},"a":{"b":1}})"), R"({"a":{"b":1}})");
    EXPECT_EQ(read(R"({"a":1,"bc":2,"bc":3})"), "another value of key \"bc\" at 14");
    EXPECT_EQ(read(R"({"a":1,"b":{"c":null,"c":[]}})"), "another value of key \"c\" at 21");
}

TEST(JsonDuplicateKeys, of_which_the_last_counts_take_its_place) {
    const auto read = [](std::string_view text) {
        return read_duplicates(text, DuplicateKeys::last);
    };
    EXPECT_EQ(read(R"({"a":1,"b":2,"a":[3],"a":{"c":4},"d":5})"), R"({"a":{"c":4},"b":2,"d":5})");
    EXPECT_EQ(read(R"([{"a":[1,[2]],"b":{"c":{}},"a":0,"b":{"e":{"f":1}}},7])"),
              R"([{"a":0,"b":{"e":{"f":1}}},7])");
}

TEST(JsonDuplicateKeys, of_any_number_are_left_out_in_order) {
    std::string text = "{";
    for (int index = 0; index < 300; ++index)
        text += fmt::format("{}\"k{}\":[{{\"v\":{}}}]", index == 0 ? "" : ",", index % 100, index);
    JsonDocument document;
    const auto root = document.parse(text + "}", DuplicateKeys::last);
    ASSERT_TRUE(root.ok());
    ASSERT_EQ(root->size(), 100U);
    for (int index = 0; index < 100; ++index) {
        const auto found = root->find(fmt::format("k{}", index));
        ASSERT_TRUE(found.has_value());
        EXPECT_EQ(found->first().find("v")->text(), std::to_string(200 + index));
    }
}

}  // namespace
}  // namespace meshline
