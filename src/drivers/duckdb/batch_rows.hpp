#pragma once

#include "core/warehouse/warehouse.hpp"
#include "drivers/duckdb/engine.hpp"
#include "drivers/duckdb/handles.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace meshline {

/// A column of rows in DuckDB's layout: read from every chunk, or one value for all rows.
struct BatchColumn {
    std::string name;
    TypeHandle type;
    idx_t chunk_column = 0;  ///< Where it stands in a chunk, unless `constant` is set.
    ValueHandle constant;
};

/// Rows on their way into a table. Never changed once made; read by several threads.
struct BatchRows {
    std::vector<BatchColumn> columns;
    std::vector<ChunkHandle> chunks;
    std::int64_t row_count = 0;
};

class DuckdbRowBatch final : public RowBatch {
  public:
    DuckdbRowBatch(std::string relation, std::shared_ptr<const BatchRows> rows)
        : relation_(std::move(relation)), rows_(std::move(rows)) {}
    const std::string& relation() const override { return relation_; }
    std::int64_t row_count() const override { return rows_->row_count; }
    const std::shared_ptr<const BatchRows>& rows() const { return rows_; }

  private:
    std::string relation_;
    // Shared: the warehouse keeps the rows of several batches until it writes them in one go.
    std::shared_ptr<const BatchRows> rows_;
};

/// The table function `meshline_rows()`: whatever `batches` holds, as rows. All batches have the
/// columns of the first. One statement reads it at a time, on any number of threads.
class RowSource {
  public:
    static constexpr const char* function_name = "meshline_rows";

    /// The source must outlive the instance's statements.
    bool attach(duckdb_connection connection);
    void offer(std::vector<std::shared_ptr<const BatchRows>> batches);

  private:
    struct Callbacks;
    std::vector<std::shared_ptr<const BatchRows>> batches_;
    std::vector<std::pair<const BatchRows*, duckdb_data_chunk>> chunks_;
    std::atomic<std::size_t> next_chunk_ = 0;
};

}  // namespace meshline
