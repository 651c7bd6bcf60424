// Goal: what a payload says reaches the transform's SQL exactly, typed by its contract.
// Method: one expression over `payload` per case, read back as text from the row's attributes.
#include "core/contract/contract.hpp"
#include "drivers/duckdb/transform_fixture.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace meshline {
namespace {

using testing::ElementsAre;

class ShredderTest : public TransformFixture {
  protected:
    std::string value_of(const std::string& expression, const std::string& payload) {
        const auto rows =
            transformed(fmt::format("select {}, {{'value': {}}} as attributes from input", good_row,
                                    expression),
                        "json_extract_string(attributes, '$.value')", {payload});
        return rows.size() == 1 ? rows[0] : fmt::format("{} rows", rows.size());
    }
};

TEST_F(ShredderTest, reads_every_kind_of_field) {
    struct Case {
        const char* expression;
        const char* payload;
        const char* value;
    };
    const Case cases[] = {
        {"payload.id", R"({"id": 5123456789012345678})", "5123456789012345678"},
        {"payload.id", R"({"id": "9007199254740993"})", "9007199254740993"},
        {"payload.id", R"({"id": "\u00fcn\u00ef \"quoted\" and longer than twelve"})",
         "\u00fcn\u00ef \"quoted\" and longer than twelve"},
        {"payload.id", R"({"id": ""})", ""},
        {"payload.id", R"({"id": null})", "null"},
        {"payload.id", "{}", "null"},
        {"payload.id", R"({"id": true})", "true"},
        {"payload.id", R"({"id": 1.50})", "1.50"},
        {"payload.note", R"({"note": {"a": [1, "x"]}})", R"({"a": [1, "x"]})"},
        {"payload.total", R"({"total": "999999999999.999999"})", "999999999999.999999"},
        {"payload.total", R"({"total": -0.000001})", "-0.000001"},
        {"payload.total", R"({"total": 0.1})", "0.100000"},
        {"payload.total", R"({"total": ""})", "null"},
        {"payload.total_minor", R"({"total_minor": 9223372036854775807})", "9223372036854775807"},
        {"payload.is_test", R"({"is_test": "TRUE"})", "true"},
        {"payload.is_test", R"({"is_test": false})", "false"},
        {"payload.created_at::varchar", R"({"created_at": "2026-03-01T09:30:00.5+02:00"})",
         "2026-03-01 07:30:00.5"},
        {"payload.paid_at::varchar", R"({"paid_at": 1772366400})", "2026-03-01 12:00:00"},
        {"payload.ordered_on::varchar", R"({"ordered_on": "2026-02-28"})", "2026-02-28"},
        {"payload.customer.address.country", R"({"customer": {"address": {"country": "PT"}}})",
         "PT"},
        {"payload.customer.address.country", R"({"customer": {"address": null}})", "null"},
        {"payload.customer is null", R"({"customer": null})", "true"},
        {"payload.customer is null", R"({"customer": {}})", "false"},
        {"len(payload.lines)", R"({"lines": []})", "0"},
        {"payload.lines is null", R"({"lines": null})", "true"},
        {"payload.lines is null", "{}", "true"},
        {"payload.lines[2].sku", R"({"lines": [{"sku": "a"}, {"sku": "b"}]})", "b"},
        {"payload.lines[1] is null", R"({"lines": [null, {"sku": "b"}]})", "true"},
        {"payload.lines[2].taxes[1].title",
         R"({"lines": [{"taxes": [{"title": "x"}]}, {"taxes": [{"title": "a tax of its own"}]}]})",
         "a tax of its own"},
        {"list_sum(flatten([[t.amount for t in l.taxes] for l in payload.lines]))::varchar",
         R"({"lines": [{"taxes": [{"amount": "0.10"}, {"amount": 0.2}]}, {"taxes": []},
             {"taxes": null}, {"taxes": [{"amount": "1e2"}]}]})",
         "100.300000"},
        {"array_to_string(payload.tags, ' ')", R"({"tags": ["new", "a much longer tag"]})",
         "new a much longer tag"},
    };
    for (const Case& each : cases) {
        EXPECT_EQ(value_of(each.expression, each.payload), each.value)
            << each.expression << " of " << each.payload;
    }
}

TEST_F(ShredderTest, gives_the_event_beside_its_payload) {
    EXPECT_THAT(
        transformed(fmt::format("select {}, {{'a': event_id, 'b': object_id, 'c': source, "
                                "'d': occurred_at, 'e': received_at}} as attributes from input",
                                good_row),
                    "attributes", {"{}"}),
        ElementsAre(R"({"a":"object 1","b":"object 1","c":"shop","d":"2026-03-01 12:00:00",)"
                    R"("e":"2026-03-01 13:00:00"})"));
}

TEST_F(ShredderTest, lists_grow_across_vectors_and_batches) {
    const auto program = compile(
        orders("select position, 'order_line' as entry_type, line_no, line.price as amount, "
               "'EUR' as currency, date '2026-03-01' as business_on, line.sku as product_ref from "
               "(select position, unnest(payload.lines) as line, "
               "generate_subscripts(payload.lines, 1) as line_no from input)"));
    ASSERT_TRUE(program);
    for (int batch = 0; batch < 2; ++batch) {
        std::vector<std::string> payloads;
        for (int event = 0; event < 2100; ++event) {
            std::string lines;
            // One event has more lines than a vector has rows.
            const int line_count = event == 1000 ? 5000 : event % 7;
            for (int line = 0; line < line_count; ++line) {
                lines += fmt::format("{}{{\"sku\": \"product {} of event {}\", \"price\": {}.25}}",
                                     line == 0 ? "" : ",", line, event, line);
            }
            payloads.push_back(fmt::format("{{\"lines\": [{}]}}", lines));
        }
        add(*program, payloads);
        const TransformOutput output = run(*program);
        EXPECT_TRUE(output.failures.empty());
        EXPECT_THAT(rows_of(output,
                            "count(*), sum(amount), count(distinct product_ref), "
                            "count(*) filter (where product_ref <> 'product ' || "
                            "(line_no - 1) || ' of event ' || (position - 1))"),
                    ElementsAre("11294|12510808.500000|11294|0"));
    }
}

TEST_F(ShredderTest, a_batch_leaves_nothing_for_the_next) {
    const auto program = compile(orders(fmt::format(
        "select {}, payload.id as order_ref, "
        "{{'n': len(payload.lines), 'c': payload.customer.id}} as attributes from input",
        good_row)));
    ASSERT_TRUE(program);
    add(*program, {R"({"id": "an order of the first batch", "lines": [{"sku": "a"}],
                      "customer": {"id": "a customer with a long name"}})"});
    EXPECT_EQ(run(*program).failures.size(), 0U);
    EXPECT_EQ(program->size(), 0);
    add(*program, {"{}"}, 2);
    EXPECT_THAT(rows_of(run(*program), "position, order_ref, attributes"),
                ElementsAre("2|null|null"));
}

TEST_F(ShredderTest, one_column_may_feed_several_fields) {
    StreamTransforms stream =
        orders(fmt::format("select {}, payload.id as order_ref, payload.note as channel,"
                           " payload.currency as campaign from input",
                           good_row));
    stream.read.columns = {{"id", "Ref"}, {"note", "Ref"}};
    stream.read.constants = {{"currency", "EUR"}};
    const auto program = compile(stream);
    ASSERT_TRUE(program);
    add(*program, {R"({"Ref": "a", "": "b", "id": "c"})"});
    EXPECT_THAT(rows_of(run(*program), "order_ref, channel, campaign"), ElementsAre("a|a|EUR"));
}

// Judgement and reading agree on every record that has some of the names.
TEST_F(ShredderTest, a_field_of_several_names_is_read_as_it_is_judged) {
    StreamTransforms stream =
        orders(fmt::format("select {}, payload.id as order_ref, payload.total::varchar as channel,"
                           " payload.note as campaign from input",
                           good_row));
    // Of one name the member may feed a second field.
    stream.read.columns = {{"id", std::vector<std::string>{"Ref", "No", "id"}},
                           {"total", std::vector<std::string>{"Sum", "No"}},
                           {"note", "Ref"}};
    const char* values[] = {"", R"("")", "null", R"("1")", R"("2")"};
    std::vector<std::string> expected;
    std::vector<std::string> payloads;
    const auto contract = Contract::compile(
        R"({"properties":{"id":{},"total":{"x-meshline":"money"},"note":{}}})", "f");
    ASSERT_TRUE(contract.ok());
    const auto program = compile(stream);
    ASSERT_TRUE(program);
    std::vector<Position> failed;
    for (const char* ref : values) {
        for (const char* no : values) {
            for (const char* sum : values) {
                std::string payload = "{\"other\":1";
                for (const auto& [name, value] :
                     {std::pair("Ref", ref), std::pair("No", no), std::pair("Sum", sum)}) {
                    if (*value != 0) payload += fmt::format(",\"{}\":{}", name, value);
                }
                payloads.push_back(payload + "}");
                JsonDocument document;
                const auto record = document.parse(payloads.back());
                ASSERT_TRUE(record.ok());
                if (!contract->judge(*record, stream.read).empty()) {
                    failed.push_back(payloads.size());
                    continue;
                }
                const auto shown = [&](const char* field) {
                    const auto value = stream.read.find(*record, field);
                    if (!value || value->is(JsonType::null)) return std::string("null");
                    return std::string(value->text());
                };
                // Empty text is no id, and no money.
                const std::string id = shown("id");
                const std::string total = shown("total");
                expected.push_back(fmt::format(
                    "{}|{}|{}|{}", payloads.size(), id.empty() ? "null" : id,
                    total == "null" || total.empty() ? "null" : total + ".000000", shown("note")));
            }
        }
    }
    add(*program, payloads);
    const TransformOutput output = run(*program);
    std::vector<Position> unread;
    for (const TransformFailure& failure : output.failures) {
        unread.push_back(failure.position);
        EXPECT_EQ(failure.error.code, "contract.unreadable_value");
    }
    EXPECT_THAT(failed, testing::SizeIs(18));
    EXPECT_EQ(unread, failed);
    EXPECT_EQ(rows_of(output, "position, order_ref, channel, campaign"), expected);
}

TEST_F(ShredderTest, columns_rename_and_constants_stand_in) {
    StreamTransforms stream = orders(fmt::format(
        "select position, 'gross_sale' as entry_type, 1 as line_no, payload.total as amount, "
        "payload.currency as currency, payload.created_at as occurred_at, "
        "payload.id as order_ref from input"));
    stream.read.columns = {{"id", "InvoiceNo"}, {"total", "Price"}, {"created_at", "Date"}};
    stream.read.constants = {{"currency", "gbp"}};
    stream.read.decimal_mark = ',';
    stream.read.date_order = ReadOptions::DateOrder::day_month_year;
    const auto program = compile(stream);
    ASSERT_TRUE(program);
    add(*program, {R"({"InvoiceNo": "536365", "id": "not this", "Price": "1.234,50",
                      "Date": "01/12/2010 08:26", "currency": "not this"})"});
    const TransformOutput output = run(*program);
    for (const auto& failure : output.failures)
        ADD_FAILURE() << render(failure.error);
    EXPECT_THAT(rows_of(output, "order_ref, amount, currency, occurred_at"),
                ElementsAre("536365|1234.500000|GBP|2010-12-01 08:26:00"));
}

TEST_F(ShredderTest, a_constant_that_its_field_cannot_hold_is_refused) {
    StreamTransforms stream = orders(fmt::format("select {} from input", good_row));
    stream.read.constants = {{"total", "much"}};
    const auto program = engine_.compile(stream);
    ASSERT_FALSE(program.ok());
    EXPECT_EQ(program.error().code, "contract.unreadable_value");
}

TEST_F(ShredderTest, an_unreadable_payload_fails_alone) {
    const auto program = compile(orders(fmt::format(
        "select {}, payload.id as order_ref, payload.total::varchar as channel from input",
        good_row)));
    ASSERT_TRUE(program);
    add(*program, {R"({"id": "a", "lines": [{"sku": "x"}]})",
                   R"({"id": "b", "lines": [{"sku": "y"}], "total": "much"})", R"({"id": "c"})"});
    EXPECT_EQ(program->size(), 2);
    const TransformOutput output = run(*program);
    ASSERT_EQ(output.failures.size(), 1U);
    EXPECT_EQ(output.failures[0].position, 2U);
    EXPECT_EQ(output.failures[0].error.code, "contract.unreadable_value");
    EXPECT_THAT(rows_of(output, "position, order_ref"), ElementsAre("1|a", "3|c"));
}

}  // namespace
}  // namespace meshline
