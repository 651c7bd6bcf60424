#pragma once

#include "base/json/json.hpp"
#include "base/result/result.hpp"
#include "core/contract/read_options.hpp"
#include "drivers/duckdb/payload_shape.hpp"
#include "drivers/duckdb/text_arena.hpp"

#include <cstdint>
#include <duckdb.h>
#include <string_view>
#include <vector>

namespace meshline {

/// Writes JSON values straight into one DuckDB vector and the vectors inside it. Rows that are not
/// written are null. The vector must outlive the writer.
class VectorWriter {
  public:
    VectorWriter(duckdb_vector vector, const PayloadShape& shape, idx_t capacity);

    /// Error contract.unreadable_value. What the shape does not foresee (a text where an object is
    /// described) is null, as the contract has judged it already.
    Result<void> write(idx_t row, JsonValue value, const ReadOptions& options, TextArena& arena);
    /// The writer of a structure's field.
    VectorWriter& field(std::size_t index) { return children_[index]; }
    /// Marks a structure as present.
    void set_present(idx_t row) { validity_[row / 64] |= std::uint64_t{1} << (row % 64); }
    /// Takes back what was written into a row.
    void clear_row(idx_t row);
    /// Tells DuckDB how long the lists are; before the vector is read.
    void finish();
    /// Makes the first `row_count` rows null again.
    void clear(idx_t row_count);

  private:
    Result<void> write_scalar(idx_t row, JsonValue value, const ReadOptions& options,
                              TextArena& arena);
    Result<void> write_structure(idx_t row, JsonValue value, const ReadOptions& options,
                                 TextArena& arena);
    Result<void> write_list(idx_t row, JsonValue value, const ReadOptions& options,
                            TextArena& arena);
    template <class T>
    void set(idx_t row, T value) {
        static_cast<T*>(data_)[row] = value;
        set_present(row);
    }
    void attach(idx_t capacity);
    void reserve(idx_t capacity);

    duckdb_vector vector_;
    const PayloadShape* shape_;
    void* data_ = nullptr;
    std::uint64_t* validity_ = nullptr;
    idx_t capacity_ = 0;
    std::vector<VectorWriter> children_;
    idx_t element_count_ = 0;  ///< Of a list: rows of its child in use.
};

}  // namespace meshline
