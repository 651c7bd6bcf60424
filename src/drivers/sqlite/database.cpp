#include "drivers/sqlite/database.hpp"

#include "base/text/shorten.hpp"
#include "base/text/text.hpp"
#include "drivers/sqlite/checked_pages.hpp"
#include "drivers/sqlite/control_damage.hpp"

#include <cerrno>
#include <fmt/format.h>
#include <sqlite3.h>
#include <utility>

namespace meshline {
namespace {

Error page_damaged(const std::string& file, std::int64_t offset) {
    return control_corrupt(file,
                           "the control store is damaged: a page of it is not what was written")
        .at({.file = file, .offset = offset});
}

/// SQLite knows one of the reasons why a file cannot grow.
bool is_full(sqlite3* connection) {
    const int number = connection ? sqlite3_system_errno(connection) : 0;
    return number == EDQUOT || number == EFBIG || number == ENOSPC;
}

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
            return control_corrupt("", fmt::format("the control store is damaged: {}", reason));
        case SQLITE_NOMEM:
            return Error{.kind = ErrorKind::exhausted,
                         .code = "control.failed",
                         .message = "the control store failed: there is no memory left",
                         .hint = "Allow more memory, then run it again."};
        default:
            if (is_full(connection)) return kind_of_error(connection, SQLITE_FULL);
            return Error{.kind = ErrorKind::unavailable,
                         .code = "control.failed",
                         .message = fmt::format("the control store failed: {}", reason)};
    }
}

/// Empty where the connection has not come so far as to know it.
std::string file_of(sqlite3* connection) {
    const char* file = connection ? name_of_file(connection) : nullptr;
    return file ? file : "";
}

Error error_of(sqlite3* connection, int code) {
    // A damaged page is the reason also where SQLite makes something else of it.
    const auto damaged = connection ? damaged_page(connection) : std::nullopt;
    if (damaged) return page_damaged(file_of(connection), *damaged);
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

Result<Digest> Statement::digest(int column) const {
    auto digest = digest_from_hex(text(column));
    if (digest.ok()) return digest;
    return control_corrupt(file_of(connection_), std::move(digest).error().message);
}

Result<Database> Database::open(const std::string& path, const DatabaseOptions& options) {
    auto shown_as =
        std::make_unique<const std::string>(options.shown_as.empty() ? path : options.shown_as);
    sqlite3* connection = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &connection,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, checked_vfs());
    if (code != SQLITE_OK) {
        const Error error = error_of(connection, code);
        sqlite3_close(connection);
        return Error(error).at({.file = *shown_as});
    }
    sqlite3_busy_timeout(connection, options.busy_timeout_ms);
    name_file(connection, shown_as->c_str());
    Database database(connection, std::move(shown_as));
    reserve_checksums(connection);
    // A backup that another process takes of pages in the write-ahead log would have no checksums.
    auto prepared = database.execute(
        "pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full;"
        " pragma foreign_keys = on;");
    if (prepared.ok()) prepared = database.mark();
    if (!prepared.ok()) return std::move(prepared).error();
    return database;
}

Result<void> Database::mark() {
    if (!has_checksums()) return {};
    {
        Statement marked = prepare("pragma application_id");
        MESHLINE_TRY(marked.step());
        if (marked.integer(0) == checked_application) return {};
    }
    return execute(fmt::format("pragma application_id = {}", checked_application));
}

bool Database::has_checksums() const {
    return meshline::has_checksums(connection_);
}

Result<void> Database::copy_with_checksums(const std::string& path) {
    {
        Statement copy = prepare("vacuum into ?");
        copy.bind(path);
        MESHLINE_TRY(copy.run());
    }
    // Opening marks it, and closing leaves no write-ahead log.
    MESHLINE_TRY(open(path));
    return {};
}

Result<void> Database::check_pages() {
    Statement check = prepare("pragma integrity_check(1)");
    MESHLINE_TRY(check.step());
    const std::string answer = check.text(0);
    // What it cannot read it tells of in words.
    if (const auto damaged = damaged_page(connection_)) return page_damaged(file(), *damaged);
    if (answer == "ok") return {};
    return control_corrupt(file(), fmt::format("the control store is damaged: {}", answer));
}

std::string Database::file() const {
    return file_of(connection_);
}

Database::~Database() {
    sqlite3_close(connection_);
}

Database::Database(Database&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)),
      shown_as_(std::move(other.shown_as_)) {}

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
