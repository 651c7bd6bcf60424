#include "drivers/sqlite/migrate.hpp"

#include "base/text/embedded_file.hpp"
#include "drivers/sqlite/store_file.hpp"

#include <fmt/format.h>
#include <span>
#include <utility>

namespace meshline {

/// In the order of their names, which begin with their numbers: "0002_doubts.sql".
std::span<const EmbeddedFile> control_migrations();

namespace {

std::int64_t number_of(const EmbeddedFile& migration) {
    std::int64_t number = 0;
    for (const char digit : migration.path.substr(0, migration.path.find('_')))
        number = number * 10 + (digit - '0');
    return number;
}

/// A copy that a crash left half made is worth nothing.
std::string copy_of(const std::string& path) {
    return path + ".new";
}

Error still_written(const std::string& path) {
    return Error{.kind = ErrorKind::unavailable,
                 .code = "control.busy",
                 .message = "the control store is in use by another process",
                 .hint = "Wait for the other process to finish, then try again."}
        .at({.file = path});
}

Result<Database> add_checksums(Database database, const std::string& path) {
    const std::string copy = copy_of(path);
    MESHLINE_TRY(remove_store_file(copy));
    // Nothing of it may be left in a write-ahead log when the copy takes its place.
    MESHLINE_TRY(database.execute("pragma journal_mode = delete"));
    MESHLINE_ASSIGN(const std::uint64_t left, size_of_store_file(path + "-wal"));
    if (left > 0) return still_written(path);
    if (const auto copied = database.copy_with_checksums(copy); !copied.ok()) {
        static_cast<void>(remove_store_file(copy));
        return copied.error();
    }
    const std::string shown_as = database.file();
    {
        const Database closed = std::move(database);
    }
    MESHLINE_TRY(put_in_place(copy, path));
    return Database::open(path, {.shown_as = shown_as});
}

}  // namespace

Result<std::int64_t> schema_of(Database& database) {
    Statement statement = database.prepare("pragma user_version");
    MESHLINE_TRY(statement.step());
    const std::int64_t schema = statement.integer(0);
    const std::int64_t newest = newest_schema();
    if (schema <= newest) return schema;
    return Error{.kind = ErrorKind::refused,
                 .code = "control.newer",
                 .message = fmt::format("the control store has schema {}, this meshline knows {}",
                                        schema, newest),
                 .hint = "Use the newer meshline that wrote it."}
        .at({.file = database.file()});
}

std::int64_t newest_schema() {
    return number_of(control_migrations().back());
}

Result<Database> migrate_control(Database database, const std::string& path) {
    MESHLINE_ASSIGN(const std::int64_t schema, schema_of(database));
    for (const EmbeddedFile& migration : control_migrations()) {
        const std::int64_t number = number_of(migration);
        if (number <= schema) continue;
        MESHLINE_TRY(database.transact([&]() -> Result<void> {
            MESHLINE_TRY(database.execute(std::string(migration.bytes)));
            return database.execute(fmt::format("pragma user_version = {}", number));
        }));
    }
    if (database.has_checksums()) return database;
    return add_checksums(std::move(database), path);
}

}  // namespace meshline
