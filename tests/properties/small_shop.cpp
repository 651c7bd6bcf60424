#include "properties/small_shop.hpp"

#include "drivers/files/disk_files.hpp"

#include <fmt/format.h>
#include <span>

namespace meshline {
namespace {

struct WorkspaceFile {
    const char* path;
    const char* text;
};

constexpr WorkspaceFile workspace_files[] = {
    {"meshline.yaml", "workspace: small_shop\n"},
    {"owners.yaml", "people: [{id: ana, name: Ana, email: ana@example.test}]\n"},
    {"clients/shop/client.yaml", "client: shop\nowner: ana\nzone: Europe/Berlin\ncurrency: EUR\n"},
    {"clients/shop/sources/till.yaml", "source: till\nowner: ana\npack: till\n"},
    {"metrics/gross_sales.yaml",
     "metric: gross_sales\nowner: ana\nbook: commerce\ndate_basis: order_day\n"
     "sum: [gross_sale]\ndimensions: [product_ref]\n"},
    {"metrics/orders.yaml",
     "metric: orders\nowner: ana\nbook: commerce\ndate_basis: order_day\n"
     "count_distinct: {column: order_ref, entries: [gross_sale]}\n"},
    {"packs/till/pack.yaml",
     "pack: till\nowner: ana\nstreams:\n  orders:\n    contract: contracts/orders.schema.json\n"
     "    event_id: [id]\n    revision: revision\n    occurred_at: at\n    transforms:\n"
     "      - {into: entries, book: commerce, sql: transforms/orders.sql}\n"},
    {"packs/till/contracts/orders.schema.json",
     R"({"type": "object", "required": ["id", "revision", "at", "amount"], "properties": {
  "id": {"type": "string"},
  "revision": {"type": "integer"},
  "at": {"type": "string", "x-meshline": "instant"},
  "amount": {"type": "string", "x-meshline": "money"}}})"},
    {"packs/till/transforms/orders.sql",
     "-- Grain: one row per order.\nselect\n    position,\n    'gross_sale' as entry_type,\n"
     "    1 as line_no,\n    occurred_at,\n    payload.amount as amount,\n    'EUR' as currency,\n"
     "    payload.id as order_ref,\n    'p' || right(payload.id, 1) as product_ref,\nfrom input\n"},
};

constexpr WorkspaceFile further_files[] = {
    {"metrics/products.yaml",
     "metric: products\nowner: ana\nbook: commerce\ndate_basis: order_day\n"
     "count_distinct: {column: product_ref, entries: [gross_sale]}\ndimensions: [order_ref]\n"},
    {"checks/small.yaml",
     "check: small\nowner: ana\nseverity: quarantine\n"
     "row: {book: commerce, entries: [gross_sale], column: amount, at_most: 500}\n"},
};

/// Stalls take the same orders, but an order that comes again with another payload is a conflict.
constexpr WorkspaceFile stall_files[] = {
    {"clients/shop/sources/stall.yaml", "source: stall\nowner: ana\npack: stall\n"},
    {"packs/stall/pack.yaml",
     "pack: stall\nowner: ana\nstreams:\n  orders:\n    contract: contracts/orders.schema.json\n"
     "    event_id: [id]\n    occurred_at: at\n    transforms:\n"
     "      - {into: entries, book: commerce, sql: transforms/orders.sql}\n"},
};

void write_files(const std::string& folder, std::span<const WorkspaceFile> texts) {
    DiskFiles files;
    for (const WorkspaceFile& file : texts) {
        const auto written = files.write_text(folder + "/" + file.path, file.text);
        MESHLINE_CHECK(written.ok());
    }
}

}  // namespace

std::string OrderRevision::json() const {
    return fmt::format(
        R"({{"id":"{}","revision":{},"at":"2026-03-{:02}T10:00:00Z","amount":"{}.{:02}"}})", id,
        revision, day, cents / 100, cents % 100);
}

void write_small_shop(const std::string& folder) {
    write_files(folder, workspace_files);
}

void write_stall(const std::string& folder) {
    write_files(folder, stall_files);
    for (const WorkspaceFile& file : workspace_files) {
        const std::string path(file.path);
        if (!path.starts_with("packs/till/") || path.ends_with("pack.yaml")) continue;
        const std::string of_stall = "packs/stall/" + path.substr(sizeof("packs/till/") - 1);
        const WorkspaceFile copy{of_stall.c_str(), file.text};
        write_files(folder, {&copy, 1});
    }
}

void write_counts_and_quarantine(const std::string& folder) {
    write_files(folder, further_files);
}

std::string write_orders(const std::string& folder, const std::string& name,
                         const std::vector<OrderRevision>& orders) {
    std::string text;
    for (const OrderRevision& order : orders)
        text += order.json() + "\n";
    DiskFiles files;
    const std::string path = folder + "/" + name;
    const auto written = files.write_text(path, text);
    MESHLINE_CHECK(written.ok());
    return path;
}

}  // namespace meshline
