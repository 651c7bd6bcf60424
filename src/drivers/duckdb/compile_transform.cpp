#include "base/text/text.hpp"
#include "drivers/duckdb/bound_plan.hpp"
#include "drivers/duckdb/compiled_transform.hpp"
#include "drivers/duckdb/fields_read.hpp"
#include "drivers/duckdb/judge_decimals.hpp"
#include "drivers/duckdb/judge_events.hpp"
#include "drivers/duckdb/judge_lengths.hpp"
#include "drivers/duckdb/judge_sql.hpp"
#include "drivers/duckdb/judge_times.hpp"
#include "drivers/duckdb/name_roundings.hpp"
#include "drivers/duckdb/plan_size.hpp"
#include "drivers/duckdb/sql_tree.hpp"
#include "drivers/duckdb/transform_error.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace meshline {
namespace {

Result<StatementHandle> prepare(const Engine& engine, const WrappedStatement& wrapped,
                                const SqlSource& source, const std::vector<std::string>& names) {
    StatementHandle statement;
    const auto state = duckdb_prepare(engine.connection(), wrapped.sql.c_str(), statement.fill());
    if (state == DuckDBSuccess) return statement;
    const char* reason = duckdb_prepare_error(statement.get());
    return transform_error({DUCKDB_ERROR_BINDER, reason == nullptr ? "no reason given" : reason},
                           source, wrapped.offset, names);
}

Result<std::vector<GivenColumn>> given_columns(const Engine& engine, const SqlSource& source,
                                               const std::vector<std::string>& names) {
    WrappedStatement bare;
    bare.sql = "select * from (\n";
    bare.offset = bare.sql.size();
    bare.sql += source.statement() + "\n) as made";
    // Only the types are asked for, so the larger part of planning is left out.
    static_cast<void>(engine.query("pragma disable_optimizer").ok());
    auto prepared = prepare(engine, bare, source, names);
    static_cast<void>(engine.query("pragma enable_optimizer").ok());
    MESHLINE_ASSIGN(const StatementHandle statement, std::move(prepared));
    std::vector<GivenColumn> columns;
    for (idx_t i = 0; i < duckdb_prepared_statement_column_count(statement.get()); ++i) {
        const char* name = duckdb_prepared_statement_column_name(statement.get(), i);
        columns.push_back(
            {name, TypeHandle(duckdb_prepared_statement_column_logical_type(statement.get(), i))});
        duckdb_free(const_cast<char*>(name));
    }
    return columns;
}

WrittenAttributes attributes_of(const std::vector<GivenColumn>& given) {
    WrittenAttributes written;
    for (const GivenColumn& column : given) {
        if (to_lower_ascii(column.name) != "attributes") continue;
        const duckdb_logical_type type = column.type.get();
        written.is_open = duckdb_get_type_id(type) == DUCKDB_TYPE_MAP;
        if (duckdb_get_type_id(type) != DUCKDB_TYPE_STRUCT) continue;
        for (idx_t i = 0; i < duckdb_struct_type_child_count(type); ++i) {
            char* name = duckdb_struct_type_child_name(type, i);
            written.names.emplace(name);
            duckdb_free(name);
        }
    }
    return written;
}

}  // namespace

std::optional<JudgedTransform> judge_transform(const TransformText& text, const Engine& engine,
                                               const FunctionCatalog& functions,
                                               const std::vector<std::string>& names,
                                               const std::map<std::string, Zone>& zones,
                                               std::vector<Error>& problems) {
    JudgedTransform transform{.source = SqlSource(text),
                              .relation = find_relation(text.into),
                              .book = text.book,
                              .digest = text.digest};
    SqlSource& source = transform.source;
    const auto give_up = [&](Error error) {
        problems.push_back(std::move(error));
        return std::nullopt;
    };
    if (transform.relation == nullptr) {
        return give_up(
            source.error("transform.unknown_relation",
                         fmt::format("transform \"{}\" goes into \"{}\"", source.name(), text.into),
                         "Transforms go into entries, touchpoints or records.", std::nullopt));
    }
    // The engine parses and plans without a limit, so what it would make is counted before.
    if (auto too_large = check_parsed_size(source)) return give_up(std::move(*too_large));
    auto tree = SqlTree::parse(engine, source);
    if (!tree.ok()) return give_up(std::move(tree).error());
    if (auto too_large = check_plan_size(*tree, source, functions, names.size()))
        return give_up(std::move(*too_large));
    // What may not run is not bound either: binding folds constants, which runs functions.
    std::vector<Error> found;
    const auto give_up_all = [&] {
        found.resize(std::min(found.size(), transform_problems_max));
        std::ranges::move(found, std::back_inserter(problems));
        return std::nullopt;
    };
    found = judge_sql(*tree, source, functions);
    if (found.empty()) found = judge_lengths(*tree, source);
    if (found.empty()) found = judge_events(*tree, source, functions);
    if (found.empty()) found = judge_zone_calls(*tree, source, zones);
    if (found.empty()) found = name_roundings(*tree, source);
    if (!found.empty()) return give_up_all();
    auto given = given_columns(engine, source, names);
    if (!given.ok()) return give_up(std::move(given).error());
    const auto plan = BoundPlan::ask(engine, source);
    if (!plan.ok()) return give_up(plan.error());
    found = judge_times(*plan, source);
    if (found.empty()) found = judge_decimals(*plan, source, transform.arithmetic);
    if (found.empty()) found = check_outputs(*transform.relation, *given, source);
    if (!found.empty()) return give_up_all();
    transform.wrapped = wrap(*transform.relation, *given, source, text.empty_ids);
    transform.fields_read = fields_read(*tree);
    transform.attributes = attributes_of(*given);
    return transform;
}

Result<CompiledTransform> plan_transform(JudgedTransform judged, const Engine& engine,
                                         const std::vector<std::string>& names) {
    MESHLINE_ASSIGN(StatementHandle statement,
                    prepare(engine, judged.wrapped, judged.source, names));
    return CompiledTransform{std::move(judged), std::move(statement)};
}

}  // namespace meshline
