#pragma once

#include "base/result/result.hpp"
#include "core/warehouse/transform.hpp"
#include "drivers/duckdb/engine.hpp"
#include "drivers/duckdb/function_catalog.hpp"
#include "drivers/duckdb/judge_decimals.hpp"
#include "drivers/duckdb/relation.hpp"
#include "drivers/duckdb/sql_source.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace meshline {

/// A transform that was judged and wrapped: the same on every instance.
struct JudgedTransform {
    SqlSource source;
    const Relation* relation = nullptr;
    Book book = Book::commerce;
    std::string digest;
    WrappedStatement wrapped;
    /// What may overflow on an event.
    std::vector<Arithmetic> arithmetic;
    /// The payload's fields that it reads, in lower case; nothing where it may read all.
    std::optional<std::set<std::string>> fields_read;
    WrittenAttributes attributes;
};

/// One that is planned too, ready to be run on batch after batch.
struct CompiledTransform : JudgedTransform {
    StatementHandle statement;
};

/// Judges one transform on a program's instance, where `input` and the functions are known.
/// `names` are the columns of `input` and the fields of the payload, for hints; `zones` those that
/// it may name. Every problem that can be told goes to `problems`; nothing is returned when there
/// is one.
std::optional<JudgedTransform> judge_transform(const TransformText& text, const Engine& engine,
                                               const FunctionCatalog& functions,
                                               const std::vector<std::string>& names,
                                               const std::map<std::string, Zone>& zones,
                                               std::vector<Error>& problems);

/// Plans it on an instance like the one that it was judged on.
Result<CompiledTransform> plan_transform(JudgedTransform judged, const Engine& engine,
                                         const std::vector<std::string>& names);

}  // namespace meshline
