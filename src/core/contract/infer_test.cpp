// Goal: a proposed contract compiles, every sample keeps it, and it says how often a field was
// seen. Method: small samples, and generated ones held against the contract that they gave.
#include "core/contract/infer.hpp"

#include "base/json/json.hpp"
#include "core/contract/contract.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace meshline {
namespace {

ContractInference inferred(const std::vector<std::string>& samples) {
    ContractInference inference;
    JsonDocument document;
    for (const std::string& sample : samples)
        inference.add(*document.parse(sample));
    return inference;
}

/// The proposal on one line.
std::string proposal(const std::vector<std::string>& samples) {
    JsonDocument document;
    return canonical_json(*document.parse(inferred(samples).schema()));
}

TEST(ContractInference, says_what_was_seen_and_how_often) {
    EXPECT_EQ(
        proposal({R"({"id": 1, "total": "12.00", "at": "2026-03-01T10:00:00Z", "note": null})",
                  R"({"id": 2, "total": "", "lines": [{"price": 1.5}, {"price": 2}]})"}),
        R"({"$schema":"https://json-schema.org/draft/2020-12/schema","properties":{)"
        R"("at":{"$comment":"in 1 of 2","type":"string","x-meshline":"instant"},)"
        R"("id":{"$comment":"in 2 of 2","type":"integer"},)"
        R"("lines":{"$comment":"in 1 of 2","items":{"properties":{"price":{"$comment":"in 2 of 2",)"
        R"("type":"number"}},"required":["price"],"type":"object"},"type":"array"},)"
        R"("note":{"$comment":"in 1 of 2","type":"null"},)"
        R"("total":{"$comment":"in 2 of 2","type":["string","null"],"x-meshline":"money"}},)"
        R"("required":["id","total"],"title":"proposed from 2 records","type":"object"})");
}

TEST(ContractInference, leaves_open_what_sql_cannot_tell_apart) {
    const ContractInference inference = inferred({R"({"id": 1, "ID": 2, "a": {"": 3}})"});
    EXPECT_THAT(inference.left_open(), testing::ElementsAre("ID", "a/"));
    EXPECT_TRUE(Contract::compile(inference.schema(), "s").ok());
}

TEST(ContractInference, annotates_only_where_every_value_reads_so) {
    EXPECT_THAT(proposal({R"({"c": "EUR"})", R"({"c": "GBP"})"}), testing::HasSubstr("currency"));
    EXPECT_THAT(proposal({R"({"c": "EUR"})", R"({"c": "no"})"}),
                testing::Not(testing::HasSubstr("currency")));
    EXPECT_THAT(proposal({R"({"d": "2026-03-01"})"}), testing::HasSubstr("\"date\""));
    EXPECT_THAT(proposal({R"({"d": "2026-03-01"})", R"({"d": 5})"}),
                testing::Not(testing::HasSubstr("x-meshline")));
}

/// A made-up value of few forms, so that fields meet again with other types.
std::string made_value(int depth) {
    const auto pick = *rc::gen::inRange(0, depth > 2 ? 8 : 10);
    constexpr const char* scalars[] = {
        "null",  "true",     "12",        "1.50",
        R"("")", R"("EUR")", R"("2.50")", R"("2026-03-01T10:00:00Z")"};
    if (pick < 8) return scalars[pick];
    const int size = *rc::gen::inRange(0, 4);
    std::string text;
    for (int index = 0; index < size; ++index) {
        text += index == 0 ? "" : ",";
        if (pick == 8) text += fmt::format("\"{}\":", static_cast<char>('a' + index));
        text += made_value(depth + 1);
    }
    return pick == 8 ? "{" + text + "}" : "[" + text + "]";
}

RC_GTEST_PROP(ContractInferenceProperties, every_sample_keeps_the_contract_it_gave, ()) {
    std::vector<std::string> samples;
    for (int count = *rc::gen::inRange(1, 6); count > 0; --count)
        samples.push_back(made_value(0));
    const auto contract = Contract::compile(inferred(samples).schema(), "s");
    RC_ASSERT(contract.ok());
    JsonDocument document;
    for (const std::string& sample : samples)
        RC_ASSERT(contract->judge(*document.parse(sample), {}).empty());
}

}  // namespace
}  // namespace meshline
