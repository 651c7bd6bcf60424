#pragma once

#include "base/hash/digest.hpp"
#include "base/result/result.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace meshline {

/// A prepared statement. Bind in order with bind(); step() through the rows; reading a column of
/// another type is SQLite's own conversion. An error in binding or preparing shows at step().
class Statement {
  public:
    Statement(sqlite3* connection, std::string_view sql);
    ~Statement();
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;

    Statement& bind(std::string_view text);
    Statement& bind(const char* text) { return bind(std::string_view(text)); }
    Statement& bind(const std::string& text) { return bind(std::string_view(text)); }
    Statement& bind(std::int64_t number);
    Statement& bind(int number) { return bind(std::int64_t{number}); }
    Statement& bind(std::uint64_t number) { return bind(static_cast<std::int64_t>(number)); }
    Statement& bind(const std::optional<std::int64_t>& number);
    Statement& bind(const Digest& digest) { return bind(digest.hex()); }
    Statement& bind_blob(std::string_view bytes);
    Statement& bind_null();

    /// True when there is a row.
    Result<bool> step();
    /// step() for statements that give no rows.
    Result<void> run();
    /// Ready for the next bindings.
    void reset();

    std::string text(int column) const;
    std::int64_t integer(int column) const;
    std::optional<std::int64_t> optional_integer(int column) const;
    bool is_null(int column) const;
    Result<Digest> digest(int column) const { return digest_from_hex(text(column)); }

  private:
    sqlite3* connection_;
    sqlite3_stmt* statement_ = nullptr;
    int next_parameter_ = 1;
};

/// One connection. Errors: control.busy (another process holds it), control.disk_full,
/// control.corrupt, control.failed.
class Database {
  public:
    static Result<Database> open(const std::string& path);
    ~Database();
    Database(Database&& other) noexcept;
    Database& operator=(Database&&) = delete;

    Statement prepare(std::string_view sql) { return Statement(connection_, sql); }
    Result<void> execute(const std::string& sql);
    Result<void> transact(const std::function<Result<void>()>& work);
    /// The path that errors are located at.
    std::string file() const;

  private:
    explicit Database(sqlite3* connection) : connection_(connection) {}
    sqlite3* connection_;
};

}  // namespace meshline
