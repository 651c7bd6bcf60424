#include "base/merkle/merkle.hpp"
#include "drivers/sqlite/control_damage.hpp"
#include "drivers/sqlite/sqlite_control.hpp"

#include <cstring>

namespace meshline {
namespace {

std::string encode_nodes(std::span<const Digest> nodes) {
    std::string bytes;
    for (const Digest& node : nodes)
        bytes += node.view();
    return bytes;
}

std::vector<Digest> decode_nodes(std::string_view bytes) {
    std::vector<Digest> nodes(bytes.size() / sizeof(Digest::bytes));
    for (std::size_t index = 0; index < nodes.size(); ++index) {
        std::memcpy(nodes[index].bytes.data(), bytes.data() + index * sizeof(Digest::bytes),
                    sizeof(Digest::bytes));
    }
    return nodes;
}

Result<MerkleFrontier> read_frontier(Database& database) {
    Statement select = database.prepare("select size, frontier from audit_tree");
    MESHLINE_ASSIGN(const bool has_row, select.step());
    if (!has_row) return MerkleFrontier();
    auto tree = MerkleFrontier::restore(static_cast<std::uint64_t>(select.integer(0)),
                                        decode_nodes(select.text(1)));
    if (tree.ok()) return tree;
    return control_corrupt(database.file(), "the edge of the audit tree is not what was stored")
        .because(std::move(tree).error());
}

}  // namespace

Result<std::uint64_t> SqliteControl::add_leaves(const std::vector<std::string>& leaves) {
    MESHLINE_ASSIGN(MerkleFrontier tree, read_frontier(database_));
    const std::uint64_t first = tree.size();
    Statement insert =
        database_.prepare("insert into audit_leaves (leaf_index, leaf) values (?, ?)");
    for (const std::string& leaf : leaves) {
        insert.reset();
        insert.bind(tree.size()).bind_blob(leaf);
        MESHLINE_TRY(insert.run());
        tree.append(merkle_leaf(leaf));
    }
    Statement update = database_.prepare(
        "insert into audit_tree (tree_id, size, root, frontier) values (1, ?1, ?2, ?3)"
        " on conflict (tree_id) do update set size = ?1, root = ?2, frontier = ?3");
    update.bind(tree.size()).bind(tree.root()).bind_blob(encode_nodes(tree.nodes()));
    MESHLINE_TRY(update.run());
    return first;
}

Result<void> SqliteControl::append_audit_leaf(std::string_view leaf) {
    MESHLINE_TRY(database_.transact([&]() -> Result<void> {
        MESHLINE_TRY(add_leaves({std::string(leaf)}));
        return {};
    }));
    return write_head();
}

Result<ControlStore::AuditHead> SqliteControl::audit_head() {
    MESHLINE_ASSIGN(const MerkleFrontier tree, read_frontier(database_));
    return AuditHead{tree.size(), tree.root()};
}

Result<Digest> SqliteControl::audit_root_at(std::uint64_t size) {
    Statement select =
        database_.prepare("select leaf from audit_leaves where leaf_index < ? order by leaf_index");
    select.bind(size);
    MerkleFrontier tree;
    while (true) {
        MESHLINE_ASSIGN(const bool has_row, select.step());
        if (!has_row) return tree.root();
        tree.append(merkle_leaf(select.text(0)));
    }
}

Result<bool> SqliteControl::is_published_by_one_run(std::uint64_t size, const RunId& run) {
    Statement others = database_.prepare(
        "select 1 from publications where leaf_index >= ? and run_id <> ? limit 1");
    others.bind(size).bind(run.text());
    MESHLINE_ASSIGN(const bool has_row, others.step());
    return !has_row;
}

Result<std::vector<std::string>> SqliteControl::audit_leaves() {
    Statement select = database_.prepare("select leaf from audit_leaves order by leaf_index");
    std::vector<std::string> leaves;
    while (true) {
        MESHLINE_ASSIGN(const bool has_row, select.step());
        if (!has_row) return leaves;
        leaves.push_back(select.text(0));
    }
}

}  // namespace meshline
