#include "base/text/embedded_file.hpp"
#include "drivers/sqlite/sqlite_control.hpp"

#include <fmt/format.h>
#include <span>

namespace meshline {

std::span<const EmbeddedFile> control_migrations();

Result<void> migrate_control(Database& database, const std::string& path) {
    std::int64_t version = 0;
    {
        Statement statement = database.prepare("pragma user_version");
        MESHLINE_TRY(statement.step());
        version = statement.integer(0);
    }
    const auto migrations = control_migrations();
    const auto newest = static_cast<std::int64_t>(migrations.size());
    if (version > newest) {
        return Error{
            .kind = ErrorKind::refused,
            .code = "control.newer",
            .message = fmt::format("the control store has schema {}, this meshline knows {}",
                                   version, newest),
            .hint = "Use the newer meshline that wrote it."}
            .at({.file = path});
    }
    for (std::int64_t next = version; next < newest; ++next) {
        MESHLINE_TRY(database.transact([&]() -> Result<void> {
            MESHLINE_TRY(
                database.execute(std::string(migrations[static_cast<std::size_t>(next)].bytes)));
            return database.execute(fmt::format("pragma user_version = {}", next + 1));
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
