#include "drivers/sqlite/database.hpp"

#include "base/text/shorten.hpp"
#include "base/text/text.hpp"

#include <fmt/format.h>
#include <sqlite3.h>
#include <utility>

namespace meshline {
namespace {

/// Long enough for another process's short transaction, short enough to notice.
constexpr int busy_timeout_ms = 5000;

Error kind_of_error(sqlite3* connection, int code) {
    const std::string reason = connection ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return Error{.kind = ErrorKind::unavailable,
                         .code = "control.busy",
                         .message = "the control store is in use by another process",
                         .hint = "Wait for the other meshline to finish, then try again."};
        case SQLITE_FULL:
            return Error{.kind = ErrorKind::exhausted,
                         .code = "control.disk_full",
                         .message = "no space left for the control store",
                         .hint = "Free some space; nothing of this step was recorded."};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return Error{.kind = ErrorKind::corrupt,
                         .code = "control.corrupt",
                         .message = fmt::format("the control store is damaged: {}", reason),
                         .hint = "Restore control.sqlite from a backup."};
        default:
            return Error{.kind = ErrorKind::unavailable,
                         .code = "control.failed",
                         .message = fmt::format("the control store failed: {}", reason)};
    }
}

/// Empty where the connection has not come so far as to know it.
std::string file_of(sqlite3* connection) {
    const char* file = connection ? sqlite3_db_filename(connection, "main") : nullptr;
    return file ? file : "";
}

Error error_of(sqlite3* connection, int code) {
    return kind_of_error(connection, code).at({.file = file_of(connection)});
}

}  // namespace

Statement::Statement(sqlite3* connection, std::string_view sql) : connection_(connection) {
    sqlite3_prepare_v2(connection, sql.data(), static_cast<int>(sql.size()), &statement_, nullptr);
}

Statement::~Statement() {
    sqlite3_finalize(statement_);
}

Statement::Statement(Statement&& other) noexcept
    : connection_(other.connection_),
      statement_(std::exchange(other.statement_, nullptr)),
      next_parameter_(other.next_parameter_) {}

Statement& Statement::bind(std::string_view text) {
    // What is stored as text is UTF-8, so no row can make a list of rows unreadable.
    if (find_invalid_utf8(text)) return bind(std::string_view(valid_utf8(text)));
    sqlite3_bind_text(statement_, next_parameter_++, text.data(), static_cast<int>(text.size()),
                      SQLITE_TRANSIENT);
    return *this;
}

Statement& Statement::bind(std::int64_t number) {
    sqlite3_bind_int64(statement_, next_parameter_++, number);
    return *this;
}

Statement& Statement::bind(const std::optional<std::int64_t>& number) {
    return number ? bind(*number) : bind_null();
}

Statement& Statement::bind_blob(std::string_view bytes) {
    sqlite3_bind_blob64(statement_, next_parameter_++, bytes.data(), bytes.size(),
                        SQLITE_TRANSIENT);
    return *this;
}

Statement& Statement::bind_null() {
    sqlite3_bind_null(statement_, next_parameter_++);
    return *this;
}

Result<bool> Statement::step() {
    // A statement that did not compile is null; SQLite still holds the reason.
    if (!statement_) return error_of(connection_, sqlite3_errcode(connection_));
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return error_of(connection_, code);
}

Result<void> Statement::run() {
    MESHLINE_ASSIGN(const bool has_row, step());
    MESHLINE_CHECK(!has_row);
    return {};
}

void Statement::reset() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
    next_parameter_ = 1;
}

std::string Statement::text(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    const int size = sqlite3_column_bytes(statement_, column);
    return bytes ? std::string(bytes, static_cast<std::size_t>(size)) : std::string();
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::optional<std::int64_t> Statement::optional_integer(int column) const {
    if (is_null(column)) return std::nullopt;
    return integer(column);
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

Result<Database> Database::open(const std::string& path) {
    sqlite3* connection = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &connection,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    if (code != SQLITE_OK) {
        const Error error = error_of(connection, code);
        sqlite3_close(connection);
        return Error(error).at({.file = path});
    }
    sqlite3_busy_timeout(connection, busy_timeout_ms);
    Database database(connection);
    auto prepared = database.execute(
        "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;");
    if (!prepared.ok()) return std::move(prepared).error().at({.file = path});
    return database;
}

std::string Database::file() const {
    return file_of(connection_);
}

Database::~Database() {
    sqlite3_close(connection_);
}

Database::Database(Database&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)) {}

Result<void> Database::execute(const std::string& sql) {
    const int code = sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return error_of(connection_, code);
    return {};
}

Result<void> Database::transact(const std::function<Result<void>()>& work) {
    MESHLINE_TRY(execute("begin immediate"));
    auto done = work();
    if (done.ok()) done = execute("commit");
    // The rollback's own failure adds nothing to the error that led to it.
    if (!done.ok()) static_cast<void>(execute("rollback"));
    return done;
}

}  // namespace meshline
