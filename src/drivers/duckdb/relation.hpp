#pragma once

#include "base/result/error.hpp"
#include "core/relations/relations.hpp"
#include "drivers/duckdb/handles.hpp"
#include "drivers/duckdb/sql_source.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// A column of the author's statement.
struct GivenColumn {
    std::string name;
    TypeHandle type;
};

/// transform.unknown_output, transform.missing_output, transform.wrong_type.
std::vector<Error> check_outputs(const Relation& relation, const std::vector<GivenColumn>& given,
                                 const SqlSource& source);

/// The statement around the author's that completes and casts its columns, and makes ids that are
/// none null; `offset` is where the author's starts.
struct WrappedStatement {
    std::string sql;
    std::size_t offset = 0;
};
WrappedStatement wrap(const Relation& relation, const std::vector<GivenColumn>& given_columns,
                      const SqlSource& source, const std::vector<std::string>& empty_ids);

}  // namespace meshline
