#pragma once

#include "base/result/result.hpp"
#include "drivers/duckdb/handles.hpp"

#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// Writes the values of one column as text, exactly and the same everywhere: decimals with all
/// their digits, dates as "2026-03-01", timestamps as "2026-03-01 09:30:00[.ffffff]", booleans as
/// "true" and "false".
class ColumnText {
  public:
    /// Error warehouse.unsupported_type for what has no one exact text: DOUBLE, nested types.
    static Result<ColumnText> of(const std::string& column, const TypeHandle& type);

    /// Appends the column's value in every row of the chunk to that row.
    void append(duckdb_vector vector, idx_t row_count,
                std::vector<std::vector<std::optional<std::string>>>& rows,
                std::size_t first_row) const;

  private:
    duckdb_type type_ = DUCKDB_TYPE_INVALID;
    /// Of a decimal: how it is stored, and its digits after the point.
    duckdb_type stored_as_ = DUCKDB_TYPE_INVALID;
    int scale_ = 0;
};

}  // namespace meshline
