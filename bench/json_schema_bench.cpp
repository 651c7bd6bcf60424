#include "base/json/json.hpp"
#include "base/jsonschema/json_schema.hpp"
#include "benches.hpp"
#include "core/packs/pack.hpp"
#include "orders.hpp"
#include "schema_partners.hpp"
#include "trouble.hpp"

#include <algorithm>
#include <fstream>
#include <memory>

namespace meshline::bench {
namespace {

constexpr const char* contract_path = "contracts/orders.schema.json";
/// Documents that are judged again and again without being parsed again.
constexpr std::int64_t kept_documents = 500;

Result<std::string> order_schema_text() {
    for (const PackFile& file : built_in_pack_files("shopify")) {
        if (file.path == contract_path) return file.bytes;
    }
    return trouble("the pack has no contract for orders");
}

Result<JsonSchema> order_schema() {
    MESHLINE_ASSIGN(const std::string text, order_schema_text());
    return JsonSchema::compile(text, contract_path, {}, {});
}

Result<void> judge_all(const JsonSchema& schema,
                       const std::vector<std::unique_ptr<JsonDocument>>& documents,
                       std::int64_t count) {
    for (std::int64_t index = 0; index < count; ++index) {
        const auto& document = documents[static_cast<std::size_t>(index % kept_documents)];
        if (!schema.is_valid(document->root())) return trouble("an order is not valid");
    }
    return {};
}

/// Parses each text anew and, where there is a schema, judges it.
Result<void> parse_all(const JsonSchema* schema, const std::vector<std::string>& texts,
                       std::int64_t count) {
    JsonDocument document;
    for (std::int64_t index = 0; index < count; ++index) {
        MESHLINE_ASSIGN(const JsonValue root,
                        document.parse(texts[static_cast<std::size_t>(index % kept_documents)]));
        if (schema != nullptr && !schema->is_valid(root)) return trouble("an order is not valid");
    }
    return {};
}

}  // namespace

Result<std::vector<Measure>> bench_json_schema(const BenchContext& context) {
    MESHLINE_ASSIGN(const JsonSchema schema, order_schema());
    const Orders orders(kept_documents);
    std::vector<std::string> texts(kept_documents);
    std::vector<std::unique_ptr<JsonDocument>> documents;
    for (std::int64_t index = 0; index < kept_documents; ++index) {
        std::string& text = texts[static_cast<std::size_t>(index)];
        orders.append(index, text);
        documents.push_back(std::make_unique<JsonDocument>());
        MESHLINE_TRY(documents.back()->parse(text));
    }
    const std::int64_t count = context.scale.captured_orders;
    const auto rate = [&](double seconds) { return static_cast<double>(count) / seconds; };
    const std::string schema_path = context.folder + "/orders.schema.json";
    const std::string orders_path = context.folder + "/orders.jsonl";
    MESHLINE_ASSIGN(const std::string schema_text, order_schema_text());
    std::ofstream(schema_path) << schema_text;
    MESHLINE_TRY(orders.write_ndjson(orders_path));
    std::vector<double> ajv_before;
    std::vector<double> ajv_too;
    std::vector<double> sourcemeta_before;
    std::vector<double> judged;
    std::vector<double> both;
    std::vector<double> parsed;
    for (int run = 0; run < context.scale.runs; ++run) {
        MESHLINE_ASSIGN(const double judging,
                        seconds_of([&] { return judge_all(schema, documents, count); }));
        MESHLINE_ASSIGN(const double parsing,
                        seconds_of([&] { return parse_all(nullptr, texts, count); }));
        MESHLINE_ASSIGN(const double all,
                        seconds_of([&] { return parse_all(&schema, texts, count); }));
        MESHLINE_ASSIGN(const auto partners,
                        measure_partners(schema_path, orders_path, kept_documents, count));
        if (partners) {
            ajv_before.push_back(partners->ajv_parsed_before);
            ajv_too.push_back(partners->ajv_parsed_too);
            sourcemeta_before.push_back(partners->sourcemeta_parsed_before);
        }
        judged.push_back(rate(judging));
        parsed.push_back(rate(parsing));
        both.push_back(rate(all));
    }
    Measure before{.name = "JSON Schema, orders parsed before",
                   .ours = median_of(judged),
                   .unit = "orders/s",
                   .runs = context.scale.runs};
    Measure too{.name = "JSON Schema, orders parsed and judged",
                .ours = median_of(both),
                .unit = "orders/s",
                .floors = {{"parsing alone", median_of(parsed)}},
                .runs = context.scale.runs};
    if (!ajv_before.empty()) {
        before.goal = std::max(median_of(ajv_before), median_of(sourcemeta_before));
        before.floors = {{"ajv", median_of(ajv_before)},
                         {"@sourcemeta/jsonschema", median_of(sourcemeta_before)}};
        too.goal = 3 * median_of(ajv_too);
        too.floors.push_back({"ajv", median_of(ajv_too)});
    }
    return std::vector<Measure>{before, too};
}

}  // namespace meshline::bench
