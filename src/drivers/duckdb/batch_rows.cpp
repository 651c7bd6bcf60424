#include "drivers/duckdb/batch_rows.hpp"

#include "base/result/check.hpp"

namespace meshline {

struct RowSource::Callbacks {
    static void bind(duckdb_bind_info info) {
        const auto& source = *static_cast<RowSource*>(duckdb_bind_get_extra_info(info));
        idx_t row_count = 0;
        for (const auto& batch : source.batches_)
            row_count += static_cast<idx_t>(batch->row_count);
        for (const BatchColumn& column : source.batches_.front()->columns) {
            duckdb_bind_add_result_column(info, column.name.c_str(), column.type.get());
        }
        duckdb_bind_set_cardinality(info, row_count, true);
    }

    static void init(duckdb_init_info info) {
        auto& source = *static_cast<RowSource*>(duckdb_init_get_extra_info(info));
        source.next_chunk_ = 0;
        // One thread keeps the rows in their order.
        duckdb_init_set_max_threads(info, 1);
    }

    static void read(duckdb_function_info info, duckdb_data_chunk output) {
        auto& source = *static_cast<RowSource*>(duckdb_function_get_extra_info(info));
        const std::size_t next = source.next_chunk_.fetch_add(1);
        if (next >= source.chunks_.size()) {
            duckdb_data_chunk_set_size(output, 0);
            return;
        }
        const auto& [rows, chunk] = source.chunks_[next];
        for (idx_t i = 0; i < rows->columns.size(); ++i) {
            const BatchColumn& column = rows->columns[i];
            duckdb_vector to = duckdb_data_chunk_get_vector(output, i);
            if (column.constant) {
                duckdb_vector_reference_value(to, column.constant.get());
            } else {
                duckdb_vector_reference_vector(
                    to, duckdb_data_chunk_get_vector(chunk, column.chunk_column));
            }
        }
        duckdb_data_chunk_set_size(output, duckdb_data_chunk_get_size(chunk));
    }
};

bool RowSource::attach(duckdb_connection connection) {
    const TableFunctionHandle function(duckdb_create_table_function());
    duckdb_table_function_set_name(function.get(), function_name);
    duckdb_table_function_set_extra_info(function.get(), this, nullptr);
    duckdb_table_function_set_bind(function.get(), Callbacks::bind);
    duckdb_table_function_set_init(function.get(), Callbacks::init);
    duckdb_table_function_set_function(function.get(), Callbacks::read);
    return duckdb_register_table_function(connection, function.get()) == DuckDBSuccess;
}

void RowSource::offer(std::vector<std::shared_ptr<const BatchRows>> batches) {
    batches_ = std::move(batches);
    chunks_.clear();
    for (const auto& batch : batches_) {
        MESHLINE_CHECK(batch->columns.size() == batches_.front()->columns.size());
        for (const ChunkHandle& chunk : batch->chunks)
            chunks_.emplace_back(batch.get(), chunk.get());
    }
}

}  // namespace meshline
