// Goal: a record is known by the same identity, moment and revision wherever it is read.
// Method: a small stream definition over hand-written records.
#include "core/records/identify.hpp"

#include "core/model/event.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>

namespace meshline {
namespace {

class IdentifyTest : public testing::Test {
  protected:
    IdentifyTest() {
        auto contract = Contract::compile(
            R"({"type": "object", "properties": {
                 "id": {"type": ["string", "integer"]},
                 "at": {"type": "string", "x-meshline": "instant"},
                 "booked": {"type": "string", "x-meshline": "date"},
                 "updated": {"type": ["integer", "null"], "x-meshline": "unix_seconds"},
                 "price": {"type": ["string", "null"], "x-meshline": "money"},
                 "pieces": {"type": ["string", "integer", "null"], "x-meshline": "money"},
                 "minor": {"type": "integer", "x-meshline": "integer"},
                 "currency": {"type": "string", "x-meshline": "currency"}}})",
            "test.schema.json");
        stream_.contract = std::make_shared<Contract>(std::move(contract).value());
        stream_.identity.event_id = {{"id"}};
        stream_.identity.revision = FieldPath{"updated"};
        stream_.occurred_at = {"at"};
    }

    JsonValue parse(std::string_view text) { return *document_.parse(text); }

    StreamDefinition stream_;
    ReadOptions options_;
    JsonDocument document_;
    BusinessCalendar calendar_{*Zone::open("America/New_York"), 0};
};

TEST_F(IdentifyTest, identity_joins_its_parts_and_needs_them_all) {
    const std::vector<FieldPath> paths = {{"id"}, {"nested", "line"}};
    const auto said = [&](const char* text) {
        const auto identity = identity_at(parse(text), paths, {"0", "none"}, options_);
        return identity.ok() ? *identity : identity.error().message;
    };
    EXPECT_EQ(said(R"({"id": 7, "nested": {"line": "a"}})"), "7/a");
    const std::string no_line = "the record has no identity: \"nested.line\" ";
    EXPECT_EQ(said(R"({"id": 7, "nested": {"line": ""}})"), no_line + "is missing or empty");
    EXPECT_EQ(said(R"({"id": 7})"), no_line + "is missing or empty");
    EXPECT_EQ(said(R"({"id": 7, "nested": {"line": [1]}})"), no_line + "is no single value");
    EXPECT_EQ(said(R"({"id": 7, "nested": {"line": 0}})"), no_line + "is empty");
    EXPECT_EQ(said(R"({"id": 7, "nested": {"line": "none"}})"), no_line + "is empty");
    EXPECT_EQ(said(R"({"id": 7, "nested": {"line": 10}})"), "7/10");
    const std::string long_id = fmt::format(R"({{"id": "{}", "nested": {{"line": 1}}}})",
                                            std::string(id_bytes_max - 1, 'x'));
    EXPECT_EQ(said(long_id.c_str()), no_line + "is too long");
    options_.columns.insert_or_assign("id", "Order No");
    EXPECT_EQ(said(R"({"nested": {"line": "a"}})"),
              "the record has no identity: \"Order No\" is missing or empty");
    options_.constants["id"] = "one";
    EXPECT_EQ(said(R"({"nested": {"line": "a"}})"), "one/a");
}

// Method: all pairs of short texts over a slash, a backslash and a letter.
TEST_F(IdentifyTest, different_parts_never_make_one_identity) {
    std::vector<std::string> texts = {"a", "/", "\\"};
    for (std::size_t at = 0; texts[at].size() < 4; ++at) {
        for (const char* letter : {"a", "/", "\\"})
            texts.push_back(texts[at] + letter);
    }
    const auto joined = [&](const std::string& one, const std::string& other) {
        options_.constants = {{"one", one}, {"other", other}};
        return identity_at(parse("{}"), {{"one"}, {"other"}}, {}, options_).value();
    };
    std::map<std::string, std::string> seen;
    for (const std::string& one : texts) {
        for (const std::string& other : texts) {
            const std::string identity = joined(one, other);
            const auto [found, is_new] = seen.try_emplace(identity, one + " and " + other);
            ASSERT_TRUE(is_new) << identity << " is " << found->second << " and " << one << ", "
                                << other;
            ASSERT_EQ(earlier_identity_at(parse("{}"), {{"one"}, {"other"}}, options_),
                      one + "/" + other);
        }
    }
    EXPECT_EQ(joined("a", "b/c"), "a/b\\/c");
    EXPECT_EQ(joined("a\\b", "c\\"), "a\\b/c\\");
    options_.constants = {{"one", "a/b\\"}};
    EXPECT_EQ(identity_at(parse("{}"), {{"one"}}, {}, options_).value(), "a/b\\");
}

TEST_F(IdentifyTest, a_number_is_its_value) {
    const struct {
        const char* written;
        const char* id;
    } cases[] = {
        {"7", "7"},
        {"7.0", "7"},
        {"70e-1", "7"},
        {"-0", "0"},
        {"0.0", "0"},
        {"-7.50", "-7.5"},
        {"1.5E3", "1500"},
        {"0.0005", "0.0005"},
        {"\"7.0\"", "7.0"},
        {"1e400", "1e400"},
        {"12345678901234567890123.0", "12345678901234567890123"},
    };
    for (const auto& [written, id] : cases) {
        const std::string record = fmt::format(R"({{"id": {}}})", written);
        EXPECT_EQ(identity_at(parse(record), {{"id"}}, {}, options_).value(), id) << written;
    }
    EXPECT_FALSE(identity_at(parse(R"({"id": 0.0})"), {{"id"}}, {"0"}, options_).ok());
}

TEST_F(IdentifyTest, a_mapped_column_is_read_under_its_own_name) {
    options_.columns.insert_or_assign("id", "Order No");
    EXPECT_EQ(
        identity_at(parse(R"({"Order No": "A1", "id": "wrong"})"), {{"id"}}, {}, options_).value(),
        "A1");
}

TEST_F(IdentifyTest, a_column_of_several_names_is_read_under_the_one_that_says_something) {
    options_.columns.insert_or_assign("id", std::vector<std::string>{"Order No", "Order"});
    const auto said = [&](const char* text) {
        const auto identity = identity_at(parse(text), {{"id"}}, {}, options_);
        return identity.ok() ? *identity : identity.error().message;
    };
    const std::string none =
        "the record has no identity: \"Order No\" or \"Order\" is missing or empty";
    EXPECT_EQ(said(R"({"Order No": "A1", "id": "wrong"})"), "A1");
    EXPECT_EQ(said(R"({"Order": "A1", "Order No": ""})"), "A1");
    EXPECT_EQ(said(R"({"Order": "A1", "Order No": "A1"})"), "A1");
    EXPECT_EQ(said(R"({"id": "wrong"})"), none);
    // Which of them it is nobody knows: a guess would replace another record.
    EXPECT_EQ(said(R"({"Order": "A1", "Order No": "A2"})"), none);
}

TEST_F(IdentifyTest, the_moment_is_an_instant_or_the_start_of_a_business_date) {
    EXPECT_EQ(
        occurred_at(parse(R"({"at": "2026-03-01T00:30:00-05:00"})"), stream_, options_, calendar_)
            ->text(),
        "2026-03-01T05:30:00Z");
    stream_.occurred_at = {"booked"};
    EXPECT_EQ(
        occurred_at(parse(R"({"booked": "2026-03-01"})"), stream_, options_, calendar_)->text(),
        "2026-03-01T05:00:00Z");
    EXPECT_EQ(occurred_at(parse("{}"), stream_, options_, calendar_), std::nullopt);
}

TEST_F(IdentifyTest, revisions_order_as_their_values_do) {
    const auto revision = [&](const char* text, std::uint64_t position) {
        return revision_of(parse(text), stream_, options_, position);
    };
    EXPECT_LT(revision(R"({"updated": 9})", 8), revision(R"({"updated": 10})", 7));
    EXPECT_LT(revision(R"({"updated": -5})", 8), revision(R"({"updated": 3})", 7));
    EXPECT_LT(revision(R"({"updated": null})", 8), revision(R"({"updated": 1})", 7));
    // Of equal ones the later in the log.
    EXPECT_LT(revision(R"({"updated": 9})", 9), revision(R"({"updated": 9})", 10));
}

TEST_F(IdentifyTest, revisions_by_arrival_order_as_positions_do) {
    stream_.identity.revision.reset();
    stream_.identity.is_revision_by_arrival = true;
    EXPECT_LT(revision_of(parse("{}"), stream_, options_, 9),
              revision_of(parse("{}"), stream_, options_, 10));
}

TEST_F(IdentifyTest, the_money_at_risk_of_a_line_is_its_price_times_its_pieces) {
    stream_.at_risk = {"price"};
    stream_.at_risk_times = {"pieces"};
    stream_.at_risk_currency = {"currency"};
    const auto worth = [&](const char* text) {
        const auto money =
            money_at_risk(parse(text), stream_, options_, Currency::from_code("USD").value());
        return money ? money->text() : "nothing";
    };
    EXPECT_EQ(worth(R"({"price": "55000", "pieces": 20, "currency": "JPY"})"), "1100000 JPY");
    EXPECT_EQ(worth(R"({"price": "0.0000015", "pieces": 1})"), "nothing");
    EXPECT_EQ(worth(R"({"price": "0.000005", "pieces": "-0.1"})"), "0.000001 USD");
    EXPECT_EQ(worth(R"({"price": "999999999999.999999", "pieces": "999999999999"})"),
              "999999999998999999000000.000001 USD");
    EXPECT_EQ(worth(R"({"price": "5"})"), "nothing");
    EXPECT_EQ(worth(R"({"price": "5", "pieces": "x"})"), "nothing");
    // What the source says of all its records.
    options_.constants["currency"] = "GBP";
    EXPECT_EQ(worth(R"({"price": "5", "pieces": 2})"), "10.00 GBP");
}

TEST_F(IdentifyTest, money_at_risk_in_minor_units_is_counted_as_the_platform_counts) {
    stream_.at_risk = {"minor"};
    stream_.at_risk_currency = {"currency"};
    const auto worth = [&](const char* code) {
        const std::string text = fmt::format(R"({{"minor": 4500, "currency": "{}"}})", code);
        const auto money =
            money_at_risk(parse(text), stream_, options_, Currency::from_code("USD").value());
        return money ? money->text() : "nothing";
    };
    EXPECT_EQ(worth("isk"), "4500 ISK");
    EXPECT_EQ(worth("mga"), "45.00 MGA");
    stream_.minor_digits = {{"ISK", 2}, {"MGA", 0}};
    EXPECT_EQ(worth("isk"), "45 ISK");
    EXPECT_EQ(worth("mga"), "4500.00 MGA");
    EXPECT_EQ(worth("jpy"), "4500 JPY");
    EXPECT_EQ(worth("eur"), "45.00 EUR");
    EXPECT_EQ(worth("kwd"), "4.500 KWD");
}

TEST_F(IdentifyTest, money_at_risk_in_a_code_of_no_table_is_money_in_that_code) {
    stream_.at_risk = {"price"};
    stream_.at_risk_currency = {"currency"};
    const auto worth = [&](const char* text) {
        const auto money =
            money_at_risk(parse(text), stream_, options_, Currency::from_code("USD").value());
        return money ? money->text() : "nothing";
    };
    EXPECT_EQ(worth(R"({"price": "300", "currency": "USDC"})"), "300.00 USDC");
    EXPECT_EQ(worth(R"({"price": "300", "currency": "jep"})"), "300.00 JEP");
    EXPECT_EQ(worth(R"({"price": "300", "currency": "US dollars"})"), "nothing");
    stream_.at_risk = {"minor"};
    EXPECT_EQ(worth(R"({"minor": 300, "currency": "USDC"})"), "3.00 USDC");
    options_.currencies = CurrencyTable::standard().with({{"USDC", 6}});
    EXPECT_EQ(worth(R"({"minor": 3000000, "currency": "USDC"})"), "3.000000 USDC");
}

TEST_F(IdentifyTest, the_judgement_depends_on_contract_and_source) {
    const auto judged_by = [&](const char* source) {
        return judgement_digest(stream_, sha256(source), options_);
    };
    const Digest before = judged_by("a");
    EXPECT_EQ(judged_by("a"), before);
    EXPECT_NE(judged_by("b"), before);
    // What a workspace adds it may take away again.
    options_.currencies = CurrencyTable::standard().with({{"JEP", 2}});
    EXPECT_NE(judged_by("a"), before);
}

}  // namespace
}  // namespace meshline
