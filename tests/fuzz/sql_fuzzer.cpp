// Holds for every text as a transform: it is refused by name, at a place inside it, or passes the
// judges; twice the same way. DuckDB's own parser is not instrumented, what reads its tree is.
#include "drivers/duckdb/engine.hpp"
#include "drivers/duckdb/function_catalog.hpp"
#include "drivers/duckdb/judge_events.hpp"
#include "drivers/duckdb/judge_sql.hpp"
#include "drivers/duckdb/sql_source.hpp"
#include "drivers/duckdb/sql_tree.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace meshline {
namespace {

const Engine& engine() {
    static const auto opened = Engine::open("", closed_settings(256, 1));
    return std::get<Engine>(opened);
}

const FunctionCatalog& functions() {
    static const auto read = FunctionCatalog::read(engine());
    return std::get<FunctionCatalog>(read);
}

std::string verdict_of(std::string_view sql) {
    const SqlSource source({.name = "fuzz",
                            .file = "fuzz.sql",
                            .sql = std::string(sql),
                            .digest = {},
                            .into = "entries"});
    std::string verdict;
    const auto note = [&](const Error& error) {
        MESHLINE_CHECK(error.code.starts_with("transform."));
        MESHLINE_CHECK(!error.message.empty() && error.where.file == "fuzz.sql");
        verdict += error.code + " " + error.where.text() + "\n";
    };
    const auto tree = SqlTree::parse(engine(), source);
    if (!tree.ok()) {
        note(tree.error());
        return verdict;
    }
    for (const Error& error : judge_sql(*tree, source, functions()))
        note(error);
    for (const Error& error : judge_events(*tree, source, functions()))
        note(error);
    return verdict;
}

void check(std::string_view sql) {
    MESHLINE_CHECK(verdict_of(sql) == verdict_of(sql));
}

}  // namespace
}  // namespace meshline

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    meshline::check({reinterpret_cast<const char*>(data), size});
    return 0;
}
