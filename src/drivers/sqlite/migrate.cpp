#include "base/text/embedded_file.hpp"
#include "drivers/sqlite/sqlite_control.hpp"

#include <fmt/format.h>
#include <span>

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

}  // namespace

Result<void> migrate_control(Database& database, const std::string& path) {
    std::int64_t version = 0;
    {
        Statement statement = database.prepare("pragma user_version");
        MESHLINE_TRY(statement.step());
        version = statement.integer(0);
    }
    const auto migrations = control_migrations();
    const std::int64_t newest = number_of(migrations.back());
    if (version > newest) {
        return Error{
            .kind = ErrorKind::refused,
            .code = "control.newer",
            .message = fmt::format("the control store has schema {}, this meshline knows {}",
                                   version, newest),
            .hint = "Use the newer meshline that wrote it."}
            .at({.file = path});
    }
    for (const EmbeddedFile& migration : migrations) {
        const std::int64_t number = number_of(migration);
        if (number <= version) continue;
        MESHLINE_TRY(database.transact([&]() -> Result<void> {
            MESHLINE_TRY(database.execute(std::string(migration.bytes)));
            return database.execute(fmt::format("pragma user_version = {}", number));
        }));
    }
    return {};
}

Result<std::unique_ptr<SqliteControl>> SqliteControl::open(const std::string& path) {
    MESHLINE_ASSIGN(Database database, Database::open(path));
    MESHLINE_TRY(migrate_control(database, path));
    return std::unique_ptr<SqliteControl>(new SqliteControl(std::move(database)));
}

}  // namespace meshline
