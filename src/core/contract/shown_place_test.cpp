// Goal: messages name fields and never a person. Method: places in payloads, and names.
#include "core/contract/shown_place.hpp"

#include <gtest/gtest.h>

namespace meshline {
namespace {

PayloadType field(std::string name, PayloadKind kind, std::vector<PayloadType> fields = {}) {
    PayloadType made;
    made.name = std::move(name);
    made.kind = kind;
    made.fields = std::move(fields);
    return made;
}

TEST(ShownPlace, names_of_the_contract_and_of_fields_stand_and_data_is_its_shape) {
    const PayloadType type = field(
        "", PayloadKind::structure,
        {field("lines", PayloadKind::list,
               {field("", PayloadKind::structure, {field("unit@price", PayloadKind::money)})}),
         field("booked_on", PayloadKind::date), field("people", PayloadKind::text)});
    ReadOptions options;
    options.columns.insert_or_assign("booked_on", "Day 2026 (UTC)");
    options.columns.insert_or_assign("people", std::vector<std::string>{"Who", "Who 2026"});
    const std::pair<const char*, const char*> cases[] = {
        {"", ""},
        {"/Who 2026", "/Who 2026"},
        {"/Who 2025", "/Aaa 9999"},
        {"/lines/3/unit@price", "/lines/3/unit@price"},
        {"/lines/3/gift_note", "/lines/3/gift_note"},
        {"/Day 2026 (UTC)", "/Day 2026 (UTC)"},
        {"/people/ida@example.test/amount", "/people/aaa@aaaaaaa.aaaa/amount"},
        {"/people/Ida Lake/amount", "/people/Aaa Aaaa/amount"},
        {"/people/4915112345", "/people/9999999999"},
        {"/people/customer_71234", "/people/aaaaaaaa_99999"},
        {"/Gift Note", "/Gift Note"},
        {"/W\xC3\xA4hrung (netto)", "/W\xC3\xA4hrung (netto)"},
        {"/ida@example.test", "/aaa@aaaaaaa.aaaa"},
        {"/utm_term2", "/utm_term2"},
    };
    for (const auto& [pointer, place] : cases)
        EXPECT_EQ(shown_place(pointer, type, options), place);
}

}  // namespace
}  // namespace meshline
