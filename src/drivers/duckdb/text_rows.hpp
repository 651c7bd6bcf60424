#pragma once

#include "base/result/result.hpp"
#include "drivers/duckdb/batch_rows.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace meshline {

/// Rows of text as rows in DuckDB's layout, all columns VARCHAR. At least one row. Error
/// warehouse.failed when the rows differ in length or hold bytes that are not UTF-8.
Result<std::shared_ptr<const BatchRows>> text_rows(
    const std::vector<std::vector<std::optional<std::string>>>& rows);

}  // namespace meshline
