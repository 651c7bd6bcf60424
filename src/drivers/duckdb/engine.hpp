#pragma once

#include "drivers/duckdb/handles.hpp"

#include <cstdint>
#include <duckdb.h>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace meshline {

/// What DuckDB said when it refused: its own words, to be translated by who knows what was asked.
struct EngineError {
    duckdb_error_type type = DUCKDB_ERROR_INVALID;
    std::string message;
};

/// A statement's answer: rows, or DuckDB's refusal.
class QueryResult {
  public:
    QueryResult() = default;
    QueryResult(QueryResult&& other) noexcept
        : raw_(std::exchange(other.raw_, {})), is_good_(std::exchange(other.is_good_, false)) {}
    QueryResult& operator=(QueryResult&& other) noexcept;
    ~QueryResult() { duckdb_destroy_result(&raw_); }

    static QueryResult of(duckdb_connection connection, const std::string& sql);
    static QueryResult of(duckdb_prepared_statement statement);

    bool ok() const { return is_good_; }
    EngineError error();

    idx_t column_count() { return duckdb_column_count(&raw_); }
    std::string column_name(idx_t column) { return duckdb_column_name(&raw_, column); }
    TypeHandle column_type(idx_t column) {
        return TypeHandle(duckdb_column_logical_type(&raw_, column));
    }
    /// The next rows; an empty handle after the last ones.
    ChunkHandle fetch();

  private:
    duckdb_result raw_{};
    bool is_good_ = false;
};

/// A DuckDB instance with its one connection.
class Engine {
  public:
    using Settings = std::vector<std::pair<std::string, std::string>>;

    /// An empty path opens an instance in memory.
    static std::variant<Engine, EngineError> open(const std::string& path,
                                                  const Settings& settings);
    duckdb_connection connection() const { return connection_.get(); }
    QueryResult query(const std::string& sql) const {
        return QueryResult::of(connection_.get(), sql);
    }

  private:
    DatabaseHandle database_;
    ConnectionHandle connection_;
};

/// What every instance is opened with: no files but its own, no network, no extensions, UTC.
Engine::Settings closed_settings(std::int64_t memory_limit_mb, int threads);

/// DuckDB's words as our messages are: the first line, without its error class, lower case first.
std::string clean_message(std::string_view message);

/// The bytes of a string in a vector.
std::string_view text_of(const duckdb_string_t& text);

/// 128 bits as a vector holds them.
inline duckdb_hugeint hugeint_of(__int128 value) {
    return {static_cast<std::uint64_t>(value), static_cast<std::int64_t>(value >> 64)};
}

}  // namespace meshline
