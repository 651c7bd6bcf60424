#include "drivers/duckdb/sql_tree.hpp"

#include "base/text/text.hpp"
#include "drivers/duckdb/transform_error.hpp"

#include <charconv>
#include <fmt/format.h>

namespace meshline {
namespace {

// A transform longer than this is no work of a person.
constexpr std::size_t sql_bytes_max = 256 * 1024;

Error not_a_select(const SqlSource& source) {
    return source.error("transform.not_a_select",
                        fmt::format("transform \"{}\" is not one select statement", source.name()),
                        "A transform is a single SELECT from input; CTEs are welcome.", 0);
}

}  // namespace

Result<std::string> ask_about_sql(const Engine& engine, const SqlSource& source,
                                  const char* question) {
    StatementHandle statement;
    const std::string& sql = source.statement();
    const bool is_good =
        duckdb_prepare(engine.connection(), question, statement.fill()) == DuckDBSuccess &&
        duckdb_bind_varchar_length(statement.get(), 1, sql.data(), sql.size()) == DuckDBSuccess;
    if (!is_good) {
        return source.error(
            "transform.failed",
            fmt::format("transform \"{}\" cannot be handed to DuckDB", source.name()), "",
            std::nullopt);
    }
    QueryResult result = QueryResult::of(statement.get());
    if (!result.ok()) return transform_error(result.error(), source, 0);
    const ChunkHandle chunk = result.fetch();
    MESHLINE_CHECK(static_cast<bool>(chunk));
    const void* data = duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk.get(), 0));
    return std::string(text_of(*static_cast<const duckdb_string_t*>(data)));
}

Result<SqlTree> SqlTree::parse(const Engine& engine, const SqlSource& source) {
    if (source.statement().size() > sql_bytes_max) {
        return source.error("transform.too_large",
                            fmt::format("transform \"{}\" is longer than {} KiB", source.name(),
                                        sql_bytes_max / 1024),
                            "Split it into several transforms.", std::nullopt);
    }
    const std::size_t nul = source.statement().find('\0');
    const auto invalid = find_invalid_utf8(source.statement());
    if (nul != std::string::npos || invalid) {
        return source.error("transform.syntax",
                            fmt::format("transform \"{}\" is not UTF-8 text", source.name()), "",
                            invalid ? *invalid : nul);
    }
    MESHLINE_ASSIGN(
        const std::string text,
        ask_about_sql(engine, source,
                      "select cast(json_serialize_sql(cast($1 as varchar)) as varchar)"));
    SqlTree tree;
    const auto parsed = tree.document_.parse(text);
    if (!parsed.ok()) {
        return source.error("transform.too_large",
                            fmt::format("transform \"{}\" is nested too deeply", source.name()),
                            "Name inner parts as CTEs.", std::nullopt);
    }
    if (parsed->find("error")->boolean()) {
        // What is no SELECT cannot be written as JSON: "not implemented".
        if (text_of(*parsed, "error_type") != "parser") return not_a_select(source);
        return syntax_error(*parsed, source);
    }
    if (parsed->find("statements")->size() != 1) return not_a_select(source);
    return tree;
}

JsonValue SqlTree::root() const {
    return *document_.root().find("statements")->first().find("node");
}

std::string_view text_of(JsonValue node, std::string_view member) {
    const auto value = node.find(member);
    return value && value->is(JsonType::string) ? value->text() : std::string_view();
}

std::optional<JsonValue> object_of(JsonValue node, std::string_view member) {
    const auto value = node.find(member);
    return value && value->is(JsonType::object) ? value : std::nullopt;
}

std::optional<std::size_t> location_of(JsonValue node) {
    const auto value = node.find("query_location");
    if (!value) return std::nullopt;
    const std::string_view digits = value->text();
    std::size_t location = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), location);
    // The largest number stands for nodes that the parser added itself.
    const bool is_known = error == std::errc() && location != static_cast<std::size_t>(-1);
    return is_known ? std::optional(location) : std::nullopt;
}

bool has_content(JsonValue node, std::string_view member) {
    const auto value = node.find(member);
    return value && !value->is(JsonType::null) &&
           !(value->is(JsonType::array) && value->size() == 0);
}

std::optional<std::string_view> named_aggregate(JsonValue call) {
    const std::string_view name = text_of(call, "function_name");
    const bool takes_name = name == "list_aggr" || name == "list_aggregate" ||
                            name == "array_aggr" || name == "array_aggregate" ||
                            name == "aggregate";
    const auto arguments = call.find("children");
    if (!takes_name || !arguments || arguments->size() < 2) return std::nullopt;
    const auto value = object_of(arguments->first().next(), "value");
    return value ? text_of(*value, "value") : std::string_view();
}

}  // namespace meshline
