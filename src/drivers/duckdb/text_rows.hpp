#pragma once

#include "base/result/result.hpp"
#include "drivers/duckdb/batch_rows.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// Rows of text as rows in DuckDB's layout, all columns VARCHAR. At least one row. Error
/// warehouse.failed when the rows differ in length or hold bytes that are not UTF-8.
Result<std::shared_ptr<const BatchRows>> text_rows(
    const std::vector<std::vector<std::optional<std::string>>>& rows);

/// A row of `text` and one of the numbers, for each of them.
std::shared_ptr<const BatchRows> number_rows(std::string_view text,
                                             std::span<const std::uint64_t> numbers);

}  // namespace meshline
