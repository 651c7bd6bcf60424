// Goal: members that a contract leaves open and does not name are found wherever they are.
// Method: a contract with objects, lists and columns; payloads whose members come and go.
#include "core/contract/unnamed_fields.hpp"

#include "base/json/json.hpp"
#include "core/contract/contract.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

using testing::UnorderedElementsAre;

Contract compiled(const char* schema) {
    auto contract = Contract::compile(schema, "f");
    EXPECT_TRUE(contract.ok());
    return std::move(contract).value();
}

std::vector<std::string> found(UnnamedFields& unnamed, const std::string& payload) {
    JsonDocument document;
    const auto value = document.parse(payload);
    EXPECT_TRUE(value.ok());
    std::vector<std::string> places;
    for (const UnnamedFields::Found& one : unnamed.find(*value))
        places.push_back(unnamed.place(one.field));
    return places;
}

constexpr const char* order = R"({"properties": {
    "id": {}, "total": {"x-meshline": "money"}, "whatever": {"type": "object"},
    "lines": {"items": {"properties": {"sku": {}, "tax": {"items": {"properties": {"rate": {}}}}}}},
    "closed": {"additionalProperties": false, "properties": {"a": {}}},
    "map": {"additionalProperties": {"type": "string"}, "properties": {"a": {}}}}})";

TEST(UnnamedFields, are_found_at_every_level_once_a_payload) {
    const Contract contract = compiled(order);
    UnnamedFields unnamed(contract.payload_type(), {});
    EXPECT_THAT(found(unnamed, R"({"id":1,"total":"1"})"), UnorderedElementsAre());
    EXPECT_THAT(
        found(unnamed, R"({"id":1,"new/est":2,"lines":[{"sku":1,"x":1,"tax":[{"y":1}]},{"x":2}]})"),
        UnorderedElementsAre("/new~1est", "/lines/*/x", "/lines/*/tax/*/y"));
    // Other names at the same places.
    EXPECT_THAT(found(unnamed, R"({"old":1,"id":2,"lines":[{"x":1}]})"),
                UnorderedElementsAre("/old", "/lines/*/x"));
}

TEST(UnnamedFields, tell_which_open_objects_held_anything) {
    const Contract contract = compiled(order);
    UnnamedFields unnamed(contract.payload_type(), {});
    const auto objects = [&](const char* payload) {
        found(unnamed, payload);
        std::vector<std::string> places;
        for (const std::uint32_t object : unnamed.objects())
            places.push_back(unnamed.object_place(object));
        return places;
    };
    EXPECT_THAT(objects(R"({"id":1,"lines":[],"closed":{"a":1},"map":{"a":1}})"),
                UnorderedElementsAre());
    EXPECT_THAT(objects(R"({"lines":[{},null]})"), UnorderedElementsAre());
    EXPECT_THAT(objects(R"({"lines":[{"sku":1},{"sku":2,"tax":[{"rate":1},{"rate":2}]}]})"),
                UnorderedElementsAre("/lines/*", "/lines/*/tax/*"));
    EXPECT_THAT(objects(R"({"lines":[{"x":1}]})"), UnorderedElementsAre("/lines/*"));
}

TEST(UnnamedFields, are_none_under_any_name_that_a_field_has_had) {
    const Contract contract = compiled(order);
    ReadOptions options;
    options.columns = {{"id", std::vector<std::string>{"No", "Number"}},
                       {"lines", std::vector<std::string>{"Lines", "Rows"}}};
    UnnamedFields unnamed(contract.payload_type(), options);
    EXPECT_THAT(found(unnamed, R"({"No":1,"Number":1,"total":"1"})"), UnorderedElementsAre());
    EXPECT_THAT(found(unnamed, R"({"id":1,"Rows":[{"x":1}],"Lines":[{"sku":1}]})"),
                UnorderedElementsAre("/id", "/Rows/*/x"));
}

TEST(UnnamedFields, are_none_where_the_contract_speaks_of_others) {
    const Contract contract = compiled(order);
    UnnamedFields unnamed(contract.payload_type(), {});
    EXPECT_THAT(found(unnamed, R"({"whatever":{"x":1},"closed":{"b":1},"map":{"b":"c"}})"),
                UnorderedElementsAre());
    EXPECT_THAT(found(unnamed, R"([{"x":1}])"), UnorderedElementsAre());
}

TEST(UnnamedFields, keys_that_are_data_are_one_field_by_their_shape) {
    const Contract contract = compiled(R"({"properties": {"by": {"properties": {"total": {}}}}})");
    UnnamedFields unnamed(contract.payload_type(), {});
    const char* payload = R"({"by":{"ida@example.test":1,"tom@example.test":2,"total":3}})";
    EXPECT_THAT(found(unnamed, payload), UnorderedElementsAre("/by/aaa@aaaaaaa.aaaa"));
    EXPECT_THAT(found(unnamed, R"({"by":{"eva@example.test":1}})"),
                UnorderedElementsAre("/by/aaa@aaaaaaa.aaaa"));
    EXPECT_EQ(unnamed.size(), 1U);
}

TEST(UnnamedFields, know_the_columns_of_the_source) {
    const Contract contract = compiled(order);
    ReadOptions options;
    options.columns = {{"id", "Order"}};
    options.constants = {{"total", "5"}};
    UnnamedFields unnamed(contract.payload_type(), options);
    EXPECT_THAT(found(unnamed, R"({"Order":1,"id":2,"total":1,"Note":"x"})"),
                UnorderedElementsAre("/id", "/Note"));
}

TEST(UnnamedFields, are_one_field_after_so_many) {
    const Contract contract = compiled(order);
    UnnamedFields unnamed(contract.payload_type(), {});
    std::string payload = "{\"id\":1";
    for (std::size_t index = 0; index < UnnamedFields::fields_max + 9; ++index)
        payload += ",\"u" + std::to_string(index) + "\":1";
    EXPECT_EQ(found(unnamed, payload + "}").size(), UnnamedFields::fields_max + 1);
    EXPECT_EQ(found(unnamed, payload + "}").back(), "/*");
    EXPECT_EQ(unnamed.size(), UnnamedFields::fields_max + 1);
}

}  // namespace
}  // namespace meshline
