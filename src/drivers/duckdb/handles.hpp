#pragma once

#include <duckdb.h>
#include <utility>

namespace meshline {

/// Owns one object of DuckDB's C API and destroys it the way the API wants it.
template <class T, auto destroy>
class Handle {
  public:
    Handle() = default;
    explicit Handle(T raw) : raw_(raw) {}
    Handle(Handle&& other) noexcept : raw_(std::exchange(other.raw_, nullptr)) {}
    Handle& operator=(Handle&& other) noexcept {
        if (this != &other) {
            reset();
            raw_ = std::exchange(other.raw_, nullptr);
        }
        return *this;
    }
    ~Handle() { reset(); }

    T get() const { return raw_; }
    /// For functions that fill the handle in; what it held before is destroyed.
    T* fill() {
        reset();
        return &raw_;
    }
    void reset() {
        if (raw_ != nullptr) destroy(&raw_);
        raw_ = nullptr;
    }
    explicit operator bool() const { return raw_ != nullptr; }

  private:
    T raw_ = nullptr;
};

inline void destroy_selection(duckdb_selection_vector* selection) {
    duckdb_destroy_selection_vector(*selection);
}

using DatabaseHandle = Handle<duckdb_database, duckdb_close>;
using ConnectionHandle = Handle<duckdb_connection, duckdb_disconnect>;
using ConfigHandle = Handle<duckdb_config, duckdb_destroy_config>;
using StatementHandle = Handle<duckdb_prepared_statement, duckdb_destroy_prepare>;
using ChunkHandle = Handle<duckdb_data_chunk, duckdb_destroy_data_chunk>;
using TypeHandle = Handle<duckdb_logical_type, duckdb_destroy_logical_type>;
using ValueHandle = Handle<duckdb_value, duckdb_destroy_value>;
using TableFunctionHandle = Handle<duckdb_table_function, duckdb_destroy_table_function>;
using ScalarFunctionHandle = Handle<duckdb_scalar_function, duckdb_destroy_scalar_function>;
using SelectionHandle = Handle<duckdb_selection_vector, destroy_selection>;

}  // namespace meshline
