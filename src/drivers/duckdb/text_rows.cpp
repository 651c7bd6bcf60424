#include "drivers/duckdb/text_rows.hpp"

#include "base/text/text.hpp"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>

namespace meshline {
namespace {

Result<void> check(const std::vector<std::optional<std::string>>& row, std::size_t column_count) {
    if (row.size() != column_count) {
        return Error{.code = "warehouse.failed",
                     .message = fmt::format("a row of {} values among rows of {}", row.size(),
                                            column_count)};
    }
    for (const auto& value : row) {
        if (value && find_invalid_utf8(*value)) {
            return Error{.code = "warehouse.failed", .message = "a text that is not UTF-8"};
        }
    }
    return {};
}

}  // namespace

Result<std::shared_ptr<const BatchRows>> text_rows(
    const std::vector<std::vector<std::optional<std::string>>>& rows) {
    auto made = std::make_shared<BatchRows>();
    const std::size_t column_count = rows.front().size();
    for (std::size_t column = 0; column < column_count; ++column) {
        made->columns.push_back(
            {.name = fmt::format("c{}", column),
             .type = TypeHandle(duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR)),
             .chunk_column = column});
    }
    std::vector<duckdb_logical_type> types;
    for (const BatchColumn& column : made->columns)
        types.push_back(column.type.get());

    const idx_t chunk_rows_max = duckdb_vector_size();
    for (std::size_t begin = 0; begin < rows.size(); begin += chunk_rows_max) {
        const idx_t row_count = std::min<idx_t>(chunk_rows_max, rows.size() - begin);
        ChunkHandle chunk(duckdb_create_data_chunk(types.data(), types.size()));
        for (idx_t row = 0; row < row_count; ++row) {
            const auto& values = rows[begin + row];
            MESHLINE_TRY(check(values, column_count));
            for (idx_t column = 0; column < column_count; ++column) {
                duckdb_vector vector = duckdb_data_chunk_get_vector(chunk.get(), column);
                if (values[column]) {
                    duckdb_vector_assign_string_element_len(vector, row, values[column]->data(),
                                                            values[column]->size());
                } else {
                    duckdb_vector_ensure_validity_writable(vector);
                    duckdb_validity_set_row_invalid(duckdb_vector_get_validity(vector), row);
                }
            }
        }
        duckdb_data_chunk_set_size(chunk.get(), row_count);
        made->chunks.push_back(std::move(chunk));
    }
    made->row_count = static_cast<std::int64_t>(rows.size());
    return std::shared_ptr<const BatchRows>(std::move(made));
}

std::shared_ptr<const BatchRows> number_rows(std::string_view text,
                                             std::span<const std::uint64_t> numbers) {
    auto made = std::make_shared<BatchRows>();
    made->columns.push_back(
        {.name = "text",
         .type = TypeHandle(duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR)),
         .constant = ValueHandle(duckdb_create_varchar_length(text.data(), text.size()))});
    made->columns.push_back(
        {.name = "number", .type = TypeHandle(duckdb_create_logical_type(DUCKDB_TYPE_UBIGINT))});
    duckdb_logical_type type = made->columns.back().type.get();
    const idx_t chunk_rows_max = duckdb_vector_size();
    for (std::size_t begin = 0; begin < numbers.size(); begin += chunk_rows_max) {
        const std::size_t row_count = std::min<std::size_t>(chunk_rows_max, numbers.size() - begin);
        ChunkHandle chunk(duckdb_create_data_chunk(&type, 1));
        duckdb_vector vector = duckdb_data_chunk_get_vector(chunk.get(), 0);
        std::memcpy(duckdb_vector_get_data(vector), numbers.data() + begin,
                    row_count * sizeof(std::uint64_t));
        duckdb_data_chunk_set_size(chunk.get(), row_count);
        made->chunks.push_back(std::move(chunk));
    }
    made->row_count = static_cast<std::int64_t>(numbers.size());
    return made;
}

}  // namespace meshline
