#include "operate/orchestrate/warehouse_origin.hpp"

#include "base/text/text.hpp"

#include <fmt/format.h>
#include <optional>

namespace meshline {
namespace {

/// The audit tree is no client's.
const std::string audit_tree;

/// How far a store had come.
struct Mark {
    std::uint64_t position = 0;
    std::string root;
    RunId run;
};

Error other_stores(const std::string& what) {
    return Error{
        .kind = ErrorKind::corrupt,
        .code = "warehouse.other_stores",
        .message = fmt::format("the warehouse does not belong to this {}", what),
        .hint = "Run `meshline run`: it makes the warehouse again from the log by itself."};
}

Result<std::optional<Mark>> read_mark(Warehouse& warehouse, const std::string& client) {
    MESHLINE_ASSIGN(const Rows rows,
                    warehouse.query(fmt::format(
                        "select position, root, run_id from origins where client_id = {}",
                        quote_literal(client))));
    if (rows.is_empty()) return std::optional<Mark>();
    return std::optional(Mark{static_cast<std::uint64_t>(rows.integer(0, 0)),
                              std::string(rows.text(0, 1)), RunId(std::string(rows.text(0, 2)))});
}

Result<void> write_mark(Warehouse& warehouse, const std::string& client, const Mark& mark) {
    MESHLINE_TRY(
        warehouse.execute("delete from origins where client_id = " + quote_literal(client)));
    return warehouse.execute(fmt::format("insert into origins values ({}, {}, {}, {})",
                                         quote_literal(client), mark.position,
                                         quote_literal(mark.root), quote_literal(mark.run.text())));
}

Result<bool> has_facts(Warehouse& warehouse, const ClientId& client) {
    MESHLINE_ASSIGN(const Rows rows, warehouse.query(fmt::format(
                                         "select 1 from watermarks where client_id = {} limit 1",
                                         quote_literal(client.text()))));
    return !rows.is_empty();
}

Result<bool> is_log_of(EventLog& log, const ClientId& client, const Mark& mark) {
    MESHLINE_ASSIGN(const LogHead head, log.head(client));
    if (mark.position > head.position) return false;
    if (mark.position == head.position) return mark.root == head.root.hex();
    MESHLINE_ASSIGN(const Digest root, log.root_at(client, mark.position));
    return mark.root == root.hex();
}

Result<bool> is_control_of(ControlStore& control, const Mark& mark) {
    MESHLINE_ASSIGN(const ControlStore::AuditHead head, control.audit_head());
    if (mark.position > head.size) return false;
    if (mark.position == head.size) return mark.root == head.root.hex();
    // A run that ended early published without noting it here. What others published is unknown to
    // the watermarks.
    MESHLINE_ASSIGN(const Digest root, control.audit_root_at(mark.position));
    if (mark.root != root.hex()) return false;
    return control.is_published_by_one_run(mark.position, mark.run);
}

Result<Mark> mark_of_audit_tree(StageContext& context) {
    MESHLINE_ASSIGN(const ControlStore::AuditHead head, context.control.audit_head());
    return Mark{head.size, head.root.hex(), context.run};
}

}  // namespace

Result<void> check_origin(const RunStores& stores, const ClientId& client) {
    MESHLINE_ASSIGN(const bool is_filled, has_facts(stores.warehouse, client));
    if (!is_filled) return {};
    MESHLINE_ASSIGN(const auto of_log, read_mark(stores.warehouse, client.text()));
    MESHLINE_ASSIGN(const auto of_audit, read_mark(stores.warehouse, audit_tree));
    if (!of_log || !of_audit) return other_stores("data folder");
    MESHLINE_ASSIGN(const bool is_this_log, is_log_of(stores.log, client, *of_log));
    if (!is_this_log) return other_stores("event log");
    MESHLINE_ASSIGN(const bool is_this_control, is_control_of(stores.control, *of_audit));
    if (!is_this_control) return other_stores("control store");
    return {};
}

Result<void> note_origin(StageContext& context) {
    MESHLINE_ASSIGN(const Mark published, mark_of_audit_tree(context));
    const Mark log{context.head.position, context.head.root.hex(), context.run};
    return context.warehouse.transact([&]() -> Result<void> {
        MESHLINE_TRY(write_mark(context.warehouse, context.client.id.text(), log));
        return write_mark(context.warehouse, audit_tree, published);
    });
}

Result<void> note_published(StageContext& context) {
    MESHLINE_ASSIGN(const Mark published, mark_of_audit_tree(context));
    MESHLINE_ASSIGN(const auto noted, read_mark(context.warehouse, audit_tree));
    if (noted && noted->position == published.position) return {};
    return context.warehouse.transact(
        [&] { return write_mark(context.warehouse, audit_tree, published); });
}

}  // namespace meshline
