#pragma once

#include "base/json/json.hpp"
#include "core/contract/contract.hpp"
#include "drivers/duckdb/duckdb_transforms.hpp"
#include "drivers/duckdb/duckdb_warehouse.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// For tests: a stream of a small shop with one transform, and what its rows look like in a
/// warehouse.
class TransformFixture : public testing::Test {
  protected:
    /// The contract that most cases stand on.
    static constexpr std::string_view order_schema = R"({
      "type": "object",
      "properties": {
        "id": {"type": ["integer", "string", "null"]},
        "currency": {"type": ["string", "null"], "x-meshline": "currency"},
        "created_at": {"type": ["string", "null"], "x-meshline": "instant"},
        "ordered_on": {"type": ["string", "null"], "x-meshline": "date"},
        "total": {"type": ["string", "number", "null"], "x-meshline": "money"},
        "total_minor": {"type": ["integer", "null"], "x-meshline": "integer"},
        "is_test": {"type": ["boolean", "string", "null"], "x-meshline": "boolean"},
        "paid_at": {"type": ["integer", "null"], "x-meshline": "unix_seconds"},
        "note": {},
        "customer": {"type": ["object", "null"],
                     "properties": {"id": {}, "address": {"type": ["object", "null"],
                       "properties": {"country": {"type": ["string", "null"]}}}}},
        "lines": {"type": ["array", "null"], "items": {"type": ["object", "null"], "properties": {
          "sku": {"type": ["string", "null"]},
          "price": {"type": ["string", "number", "null"], "x-meshline": "money"},
          "taxes": {"type": ["array", "null"], "items": {"type": "object", "properties": {
            "title": {"type": "string"},
            "amount": {"type": ["string", "number"], "x-meshline": "money"}}}}}}},
        "tags": {"type": ["array", "null"], "items": {"type": "string"}}
      }})";

    /// Columns that make any expression a good row: "select <good_row> from input".
    static constexpr std::string_view good_row =
        "position, 'gross_sale' as entry_type, 1 as line_no, 10.5 as amount, 'EUR' as currency, "
        "timestamp '2026-03-01 12:00:00' as occurred_at";

    static StreamTransforms stream_of(std::string_view schema, const std::string& sql,
                                      const std::string& into = "entries") {
        auto contract = Contract::compile(schema, "contract.json");
        EXPECT_TRUE(contract.ok());
        StreamTransforms stream{.client = "shop_one",
                                .source = "shop",
                                .stream = "orders",
                                .payload = contract->payload_type()};
        stream.read.zone = Zone::utc();
        stream.transforms.push_back(text_of_transform("orders", sql, into));
        return stream;
    }
    static StreamTransforms orders(const std::string& sql, const std::string& into = "entries") {
        return stream_of(order_schema, sql, into);
    }
    static TransformText text_of_transform(const std::string& name, const std::string& sql,
                                           const std::string& into = "entries") {
        return {.name = name,
                .file = name + ".sql",
                .sql = sql,
                .digest = std::string(64, 'a'),
                .into = into};
    }

    std::unique_ptr<StreamProgram> compile(const StreamTransforms& stream) {
        auto program = engine_.compile(stream);
        if (!program.ok()) ADD_FAILURE() << render(program.error());
        return program.ok() ? std::move(program).value() : nullptr;
    }

    /// Adds events at positions first, first + 1, ...
    static void add(StreamProgram& program, const std::vector<std::string>& payloads,
                    Position first = 1) {
        JsonDocument document;
        for (const std::string& payload : payloads) {
            const std::string object = "object " + std::to_string(first);
            const Event event{.position = first++,
                              .source = "shop",
                              .stream = "orders",
                              .event_id = object,
                              .object_id = object,
                              .occurred_at = Instant{1'772'366'400'000'000},   // 2026-03-01T12:00
                              .received_at = Instant{1'772'370'000'000'000}};  // an hour later
            const auto parsed = document.parse(payload);
            ASSERT_TRUE(parsed.ok()) << payload;
            const auto added = program.add(event, *parsed);
            ASSERT_TRUE(added.ok()) << render(added.error());
        }
    }
    static TransformOutput run(StreamProgram& program) {
        auto output = program.run();
        if (!output.ok()) ADD_FAILURE() << render(output.error());
        return std::move(output).value();
    }

    /// Loads the batches into a new warehouse and answers with `columns` of the table's rows.
    std::vector<std::string> rows_of(const TransformOutput& output, const std::string& columns,
                                     const std::string& table = "entries") {
        auto warehouse = DuckdbWarehouse::open("", {.memory_limit_mb = 256, .threads = 1});
        EXPECT_TRUE(warehouse.ok());
        for (const auto& batch : output.batches) {
            const auto loaded = (*warehouse)->load(*batch);
            EXPECT_TRUE(loaded.ok()) << (loaded.ok() ? "" : render(loaded.error()));
        }
        const auto rows =
            (*warehouse)->query("select " + columns + " from " + table + " order by all");
        if (!rows.ok()) return {render(rows.error())};
        std::vector<std::string> lines;
        for (const auto& row : rows->rows) {
            std::string line;
            for (const auto& value : row)
                line += (line.empty() ? "" : "|") + value.value_or("null");
            lines.push_back(line);
        }
        return lines;
    }

    /// The rows that one transform over these payloads makes.
    std::vector<std::string> transformed(const std::string& sql, const std::string& columns,
                                         const std::vector<std::string>& payloads) {
        const auto program = compile(orders(sql));
        if (!program) return {};
        add(*program, payloads);
        const TransformOutput output = run(*program);
        for (const auto& failure : output.failures)
            ADD_FAILURE() << render(failure.error);
        return rows_of(output, columns);
    }

    /// One for all tests: it reads the list of functions once.
    inline static DuckdbTransforms engine_;
};

}  // namespace meshline
