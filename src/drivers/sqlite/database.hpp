#pragma once

#include "base/hash/digest.hpp"
#include "base/result/result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

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
    /// Error control.corrupt where the text is none.
    Result<Digest> digest(int column) const;

  private:
    sqlite3* connection_;
    sqlite3_stmt* statement_ = nullptr;
    int next_parameter_ = 1;
};

struct DatabaseOptions {
    /// What errors name as the file where it is a copy of that; empty: the file itself.
    std::string shown_as;
    /// Long enough for another process's short transaction, short enough to notice.
    int busy_timeout_ms = 5000;
};

/// One connection, which has the file for itself as long as it is open. A new file gets checksums
/// in its pages, and what is read of a file that has some is compared with them. Errors:
/// control.busy (another process holds it), control.disk_full, control.corrupt, control.failed.
class Database {
  public:
    static Result<Database> open(const std::string& path, const DatabaseOptions& options = {});
    ~Database();
    Database(Database&& other) noexcept;
    Database& operator=(Database&&) = delete;

    Statement prepare(std::string_view sql) { return Statement(connection_, sql); }
    Result<void> execute(const std::string& sql);
    Result<void> transact(const std::function<Result<void>()>& work);
    /// The path that errors are located at.
    std::string file() const;

    /// False for a file of before there were any.
    bool has_checksums() const;
    /// Makes a new file with checksums of all that is in this one.
    Result<void> copy_with_checksums(const std::string& path);
    /// Reads every page that anything is stored in. Error control.corrupt at the first that is
    /// damaged, or where what one page says of another does not hold.
    Result<void> check_pages();

  private:
    Result<void> mark();
    Database(sqlite3* connection, std::unique_ptr<const std::string> shown_as)
        : connection_(connection), shown_as_(std::move(shown_as)) {}
    sqlite3* connection_;
    std::unique_ptr<const std::string> shown_as_;  ///< The open file has its address.
};

}  // namespace meshline
