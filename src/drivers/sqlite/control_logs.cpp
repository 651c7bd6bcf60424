#include "drivers/sqlite/sqlite_control.hpp"

namespace meshline {

Result<std::optional<LogHead>> SqliteControl::known_log(const ClientId& client) {
    Statement select =
        database_.prepare("select position, root from log_heads where client_id = ?");
    select.bind(client.text());
    MESHLINE_ASSIGN(const bool has_row, select.step());
    if (!has_row) return std::optional<LogHead>();
    LogHead head;
    head.position = static_cast<Position>(select.integer(0));
    MESHLINE_ASSIGN(head.root, select.digest(1));
    return std::optional(head);
}

Result<void> SqliteControl::know_log(const ClientId& client, const LogHead& head) {
    Statement insert = database_.prepare(
        "insert into log_heads (client_id, position, root) values (?1, ?2, ?3)"
        " on conflict (client_id) do update set position = ?2, root = ?3"
        " where position <> ?2 or root <> ?3");
    insert.bind(client.text()).bind(head.position).bind(head.root);
    return insert.run();
}

}  // namespace meshline
