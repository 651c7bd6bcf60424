#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "benches.hpp"
#include "core/stage/stream_transforms.hpp"
#include "drivers/duckdb/engine.hpp"
#include "orders.hpp"
#include "shop.hpp"
#include "trouble.hpp"

#include <fmt/format.h>

namespace meshline::bench {
namespace {

constexpr std::int64_t batch_orders = 4096;

/// The type as from_json() wants it: {"id":"VARCHAR","lines":[{"sku":"VARCHAR"}]}.
void append_structure(std::string& out, const PayloadType& type) {
    if (type.kind == PayloadKind::list) {
        out += '[';
        append_structure(out, type.fields.front());
        out += ']';
    } else if (type.kind == PayloadKind::structure) {
        for (const PayloadType& field : type.fields) {
            out += &field == &type.fields.front() ? "{" : ",";
            append_json_string(out, field.name);
            out += ':';
            append_structure(out, field);
        }
        out += '}';
    } else {
        append_json_string(out, sql_type(type));
    }
}

/// The parsing that a contract needs, whatever fills the columns afterwards.
Result<void> parse(const std::vector<std::string>& texts) {
    JsonDocument document;
    for (const std::string& text : texts)
        MESHLINE_TRY(document.parse(text));
    return {};
}

/// Every order parsed and written into the vectors that `input` gives a statement.
Result<void> shred(const std::vector<std::string>& texts, StreamProgram& program) {
    JsonDocument document;
    Position position = 0;
    for (const std::string& text : texts) {
        MESHLINE_ASSIGN(const JsonValue order, document.parse(text));
        const Event event{.position = ++position,
                          .source = "shop",
                          .stream = "orders",
                          .event_id = "e",
                          .object_id = "o"};
        MESHLINE_TRY(program.add(event, order));
        if (program.size() < batch_orders) continue;
        MESHLINE_TRY(program.run());
    }
    MESHLINE_TRY(program.run());
    return {};
}

}  // namespace

Result<std::vector<Measure>> bench_shred(const BenchContext& context) {
    const std::int64_t count = context.scale.normalized_orders;
    MESHLINE_ASSIGN(auto shop, Shop::open(context.folder + "/shop"));
    const SourceDefinition* source = shop->client().find(shop_source);
    if (source == nullptr) return trouble("the workspace has no shop");
    StreamTransforms stream =
        transforms_of(shop->client(), *source, *source->pack->find(shop_stream));
    // Makes no row, and reads every field: the payload as a whole and one of its fields.
    stream.transforms.resize(1);
    stream.transforms.front().sql =
        "select position, 1 as line_no, 'gross_sale' as entry_type, 1 as amount, 'EUR' as currency,"
        " occurred_at from input where payload is null and payload.name is null";
    DuckdbTransforms engine;
    MESHLINE_ASSIGN(const auto program, engine.compile(stream));

    const Orders orders(count);
    const std::string path = context.folder + "/orders.ndjson";
    MESHLINE_TRY(orders.write_ndjson(path));
    std::vector<std::string> texts(static_cast<std::size_t>(count));
    for (std::int64_t index = 0; index < count; ++index)
        orders.append(index, texts[static_cast<std::size_t>(index)]);

    auto opened = Engine::open("", {{"threads", "1"}});
    if (const auto* reason = std::get_if<EngineError>(&opened)) return trouble(reason->message);
    const Engine duckdb = std::move(std::get<Engine>(opened));
    std::string structure;
    append_structure(structure, stream.payload);
    const auto query = [&](const std::string& sql) -> Result<void> {
        QueryResult result = duckdb.query(sql);
        if (!result.ok()) return trouble(result.error().message);
        return {};
    };
    // Lines of text that hold no tab, so one column each.
    MESHLINE_TRY(query(fmt::format(
        "create table raw as select column0 as payload from read_csv({}, delim = '\t', quote = '',"
        " escape = '', header = false, columns = {{'column0': 'varchar'}}, max_line_size = "
        "10000000)",
        quote_literal(path))));

    std::vector<double> ours;
    std::vector<double> theirs;
    for (int run = 0; run < context.scale.runs; ++run) {
        MESHLINE_ASSIGN(const double shredded, seconds_of([&] { return shred(texts, *program); }));
        MESHLINE_ASSIGN(const double parsed, seconds_of([&] { return parse(texts); }));
        MESHLINE_ASSIGN(const double converted, seconds_of([&] {
                            return query(
                                fmt::format("select count(p.name) from"
                                            " (select from_json(payload, {}) as p from raw)",
                                            quote_literal(structure)));
                        }));
        ours.push_back(static_cast<double>(count) / shredded);
        theirs.push_back(static_cast<double>(count) / (parsed + converted));
    }
    return std::vector<Measure>{{.name = "orders shredded into typed vectors, one thread",
                                 .ours = median_of(ours),
                                 .unit = "orders/s",
                                 .goal = 2 * median_of(theirs),
                                 .floors = {{"parsing and from_json", median_of(theirs)}},
                                 .runs = context.scale.runs}};
}

}  // namespace meshline::bench
