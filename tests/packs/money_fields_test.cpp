// Goal: every number that a contract names is decided in the pack's README (booked as, checked
// against, or why not), and no decision is about a field that the contract lost.
// Method: the table "## Money fields" of each pack against the contracts of its streams; and the
// rule itself on a contract and a table made to miss each other in every way.

#include "packs/money_fields.hpp"

#include "base/json/json.hpp"
#include "core/packs/pack.hpp"
#include "drivers/files/disk_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace meshline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string packs_folder = std::string(MESHLINE_SOURCE_DIR) + "/packs/";

std::set<std::string> fields_of(std::string_view contract) {
    JsonDocument document;
    const auto root = document.parse(contract);
    EXPECT_TRUE(root.ok());
    return root.ok() ? number_fields(*root) : std::set<std::string>();
}

class MoneyFieldsTest : public testing::TestWithParam<std::string> {};

TEST_P(MoneyFieldsTest, are_all_decided) {
    std::vector<Error> problems;
    const auto pack =
        load_pack(GetParam(), "packs/" + GetParam(), built_in_pack_files(GetParam()), problems);
    ASSERT_TRUE(pack.has_value());
    DiskFiles files;
    std::map<std::string, std::set<std::string>> contracts;
    for (const StreamDefinition& stream : pack->streams) {
        const auto text =
            files.read_text(std::string(MESHLINE_SOURCE_DIR) + "/" + stream.contract_file);
        ASSERT_TRUE(text.ok()) << text.error().message;
        contracts.emplace(stream.name, fields_of(*text));
    }
    const auto readme = files.read_text(packs_folder + GetParam() + "/README.md");
    ASSERT_TRUE(readme.ok());
    EXPECT_THAT(money_problems(money_decisions(*readme), contracts), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(packs, MoneyFieldsTest, testing::ValuesIn(built_in_pack_names()),
                         [](const auto& info) { return info.param; });

TEST(MoneyFields, are_the_numbers_of_a_contract) {
    EXPECT_THAT(fields_of(R"({
        "properties": {
            "id": {"type": ["integer", "string"]},
            "sold_at": {"type": "integer", "x-meshline": "unix_seconds"},
            "price": {"$ref": "#/$defs/money"},
            "clicks": {"type": "string", "x-meshline": "integer"},
            "rate": {"type": ["number", "null"]},
            "cents": {"type": "integer"},
            "tax_set": {"type": ["string", "object"]},
            "refused": false,
            "lines": {"type": "array", "items": {"properties": {
                "price_set": {"properties": {"shop_money": {"properties": {
                    "amount": {"$ref": "#/$defs/money"}}}}},
                "name": {"type": "string"}}}}},
        "$defs": {"money": {"type": "string", "x-meshline": "money"}}})"),
                ElementsAre("cents", "clicks", "lines[].price_set", "price", "rate", "tax_set"));
}

TEST(MoneyFields, are_held_against_the_table_both_ways) {
    const auto decisions = money_decisions(
        "# Pack\n\n| `sales` | `before` | no table |\n\n"
        "## Money fields\n\n"
        "| stream | field | decision |\n| --- | --- | --- |\n"
        "| `sales`, `rows` | `price`, `tax` | `gross_sale` |\n"
        "| `sales` | `lost` | `fee` |\n"
        "| `sales` | `net` | not read: gross less fee |\n"
        "| `sales` | `cost` | not read: nobody's |\n"
        "| `sales` | `price` | |\n"
        "| `old` | `price` | `fee` |\n\n"
        "## Then\n\n| `sales` | `after` | no table |\n");
    EXPECT_THAT(money_problems(decisions, {{"sales", {"price", "tax", "cost", "new"}},
                                           {"rows", {"price", "tax"}}}),
                ElementsAre("line 13 decides nothing", "line 14: no stream \"old\"",
                            "sales: cost is not read, and the contract has it",
                            "sales: lost is decided, and the contract lacks it",
                            "sales: new is not decided", "sales: price is decided twice"));
    EXPECT_THAT(money_problems({}, {{"rows", {"price"}}}),
                ElementsAre("rows: price is not decided"));
}

}  // namespace
}  // namespace meshline
