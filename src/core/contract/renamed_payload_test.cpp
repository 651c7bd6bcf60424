// Goal: a contract is judged through the names, constants and spellings of its source.
// Method: one contract of a bank line under several options.
#include "base/json/json.hpp"
#include "core/contract/contract.hpp"
#include "core/contract/read_value.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <string>
#include <thread>
#include <vector>

namespace meshline {
namespace {

Contract bank_line() {
    auto contract = Contract::compile(R"({
        "type": "object",
        "required": ["booked_on", "amount", "currency"],
        "additionalProperties": {"type": "string"},
        "properties": {
            "booked_on": {"type": "string", "x-meshline": "date"},
            "valued_on": {"type": ["string", "null"], "x-meshline": "date"},
            "amount": {"type": "string", "x-meshline": "money"},
            "currency": {"type": "string", "x-meshline": "currency"},
            "nested": {"type": "object", "properties": {"amount": {"type": "integer"}}}}})",
                                      "bank.schema.json");
    EXPECT_TRUE(contract.ok());
    return std::move(contract).value();
}

ReadOptions german_bank() {
    ReadOptions options;
    options.decimal_mark = ',';
    options.date_order = ReadOptions::DateOrder::day_month_year;
    options.columns = {
        {"booked_on", "Buchungstag"}, {"valued_on", "Buchungstag"}, {"amount", "Betrag"}};
    options.constants = {{"currency", "EUR"}};
    return options;
}

std::string judged(const Contract& contract, const std::string& payload,
                   const ReadOptions& options) {
    JsonDocument document;
    const auto value = document.parse(payload);
    EXPECT_TRUE(value.ok()) << payload;
    std::string found;
    for (const SchemaError& violation : contract.judge(*value, options)) {
        found +=
            (found.empty() ? "" : "; ") + violation.instance_location + " " + violation.keyword;
    }
    return found;
}

TEST(RenamedPayload, columns_constants_and_spellings_are_honoured) {
    const Contract contract = bank_line();
    const std::string line = R"({"Buchungstag":"31.12.2025","Betrag":"-1.234,50","Text":"Miete"})";
    EXPECT_EQ(judged(contract, line, german_bank()), "");
    EXPECT_EQ(judged(contract, line, ReadOptions{}), " required;  required;  required");
}

TEST(RenamedPayload, violations_name_the_payloads_member) {
    const Contract contract = bank_line();
    EXPECT_EQ(judged(contract, R"({"Buchungstag":"31.12.2025","Betrag":"12.50"})", german_bank()),
              "/Betrag x-meshline");
    // One column feeds two fields, and both are asked.
    EXPECT_EQ(judged(contract, R"({"Buchungstag":"2025","Betrag":"1"})", german_bank()),
              "/Buchungstag x-meshline; /Buchungstag x-meshline");
    JsonDocument document;
    const auto value = document.parse(R"({"Buchungstag":"31.12.2025"})");
    const auto violations = contract.judge(*value, german_bank());
    ASSERT_EQ(violations.size(), 1u);
    EXPECT_EQ(violations[0].message, "member \"Betrag\" (field \"amount\") is missing");
}

TEST(RenamedPayload, member_with_a_renamed_fields_name_is_not_the_field) {
    const Contract contract = bank_line();
    const std::string before = R"({"Buchungstag":"31.12.2025","Betrag":"1","amount":)";
    EXPECT_EQ(judged(contract, before + "\"no money\"}", german_bank()), "");
    EXPECT_EQ(judged(contract, before + "1}", german_bank()), "");
}

TEST(RenamedPayload, constant_hides_the_member_and_is_judged_itself) {
    const Contract contract = bank_line();
    ReadOptions options = german_bank();
    const std::string line = R"({"Buchungstag":"31.12.2025","Betrag":"1","currency":"none"})";
    EXPECT_EQ(judged(contract, line, options), "");
    options.constants["currency"] = "XYZ";
    EXPECT_EQ(judged(contract, line, options), "/currency x-meshline");
    options.constants["currency"] = "USD";
    EXPECT_EQ(judged(contract, line, options), "");
}

TEST(RenamedPayload, a_field_of_several_names_is_the_one_that_says_something) {
    const Contract contract = bank_line();
    ReadOptions options = german_bank();
    options.columns.insert_or_assign("amount",
                                     std::vector<std::string>{"Betrag", "Umsatz", "amount"});
    struct Case {
        const char* amounts;
        const char* violations;
    };
    const Case cases[] = {
        {R"("Betrag":"1")", ""},
        {R"("Umsatz":"1")", ""},
        {R"("amount":"1")", ""},
        {R"("Umsatz":"1","Betrag":"")", ""},
        {R"("Umsatz":null,"Betrag":"1")", ""},
        {R"("Umsatz":"1","Betrag":"1")", ""},
        {R"("Umsatz":"no money")", "/Umsatz x-meshline"},
        {R"("amount":"no money")", "/amount x-meshline"},
        {R"("Umsatz":"no money","Betrag":"1")", "/Betrag columns"},
        {R"("Umsatz":"2","Betrag":"1","amount":"1")", "/Betrag columns"},
        {R"("amount":"2","Umsatz":"1")", "/Umsatz columns"},
        {R"("Summe":"1")", " required"},
    };
    for (const Case& each : cases) {
        EXPECT_EQ(
            judged(contract, R"({"Buchungstag":"31.12.2025",)" + std::string(each.amounts) + "}",
                   options),
            each.violations)
            << each.amounts;
    }
    // What a constant hides cannot contradict itself.
    options.constants["amount"] = "1";
    EXPECT_EQ(
        judged(contract, R"({"Buchungstag":"31.12.2025","Betrag":"1","Umsatz":"2"})", options), "");
}

TEST(RenamedPayload, violations_name_every_name_that_a_field_has_had) {
    const Contract contract = bank_line();
    ReadOptions options = german_bank();
    options.columns.insert_or_assign("amount", std::vector<std::string>{"Betrag", "Umsatz"});
    const auto message = [&](const char* payload) {
        JsonDocument document;
        const auto violations = contract.judge(*document.parse(payload), options);
        return violations.size() == 1 ? violations[0].message : "";
    };
    EXPECT_EQ(message(R"({"Buchungstag":"31.12.2025"})"),
              "member \"Betrag\" or \"Umsatz\" (field \"amount\") is missing");
    EXPECT_EQ(message(R"({"Buchungstag":"31.12.2025","Umsatz":"2","Betrag":"1"})"),
              "\"Betrag\" and \"Umsatz\" say different things of field \"amount\"");
}

TEST(RenamedPayload, names_below_the_top_are_not_renamed) {
    const Contract contract = bank_line();
    const std::string before = R"({"Buchungstag":"31.12.2025","Betrag":"1","nested":)";
    EXPECT_EQ(judged(contract, before + R"({"amount":5}})", german_bank()), "");
    EXPECT_EQ(judged(contract, before + R"({"amount":"5"}})", german_bank()),
              "/nested/amount type");
    EXPECT_EQ(judged(contract, before + R"({"Betrag":"5"}})", german_bank()), "");
}

TEST(RenamedPayload, options_hold_inside_alternatives_at_the_top) {
    const auto contract =
        Contract::compile(R"({"anyOf":[{"required":["amount"]},{"required":["total"]}]})", "f");
    ReadOptions options;
    options.columns = {{"amount", "Betrag"}};
    EXPECT_EQ(judged(*contract, R"({"Betrag":1})", options), "");
    EXPECT_EQ(judged(*contract, R"({"amount":1})", options), " anyOf;  required;  required");
}

TEST(RenamedPayload, zone_lets_local_times_pass) {
    const auto contract =
        Contract::compile(R"({"properties":{"at":{"x-meshline":"instant"}}})", "f");
    ReadOptions options;
    EXPECT_EQ(judged(*contract, R"({"at":"2026-03-01 09:30"})", options), "/at x-meshline");
    options.zone = Zone::utc();
    EXPECT_EQ(judged(*contract, R"({"at":"2026-03-01 09:30"})", options), "");
}

TEST(RenamedPayload, what_was_judged_good_can_be_read) {
    const auto contract = Contract::compile(R"({"properties":{"v":{"x-meshline":"money"}}})", "f");
    rc::check([&] {
        const auto text = *rc::gen::container<std::string>(
            rc::gen::elementOf(std::string("0123456789.,,..eE+- ")));
        ReadOptions options;
        options.decimal_mark = *rc::gen::elementOf(std::string(".,"));
        JsonDocument document;
        const auto payload = document.parse("{\"v\":\"" + text + "\"}");
        RC_ASSERT(payload.ok());
        const bool is_good = contract->judge(*payload, options).empty();
        RC_ASSERT(is_good == read_money(payload->first(), options).ok());
    });
}

TEST(RenamedPayload, several_threads_judge_with_their_own_constants) {
    const Contract contract = bank_line();
    std::vector<std::thread> threads;
    std::vector<int> good(4, 0);
    for (std::size_t index = 0; index < good.size(); ++index) {
        threads.emplace_back([&, index] {
            ReadOptions options = german_bank();
            JsonDocument document;
            const auto value = document.parse(R"({"Buchungstag":"31.12.2025","Betrag":"1"})");
            for (int round = 0; round < 500; ++round) {
                options.constants["currency"] = round % 2 == 0 ? "EUR" : "nothing";
                good[index] += contract.judge(*value, options).empty() == (round % 2 == 0);
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(good, std::vector<int>(4, 500));
}

}  // namespace
}  // namespace meshline
