#include "core/workspace/sample_workspace.hpp"

namespace meshline {
namespace {

constexpr const char* owners = R"(people:
  - {id: ana, name: Ana Silva, email: ana@example.test}
  - {id: ben, name: Ben Okoro, email: ben@example.test}
teams:
  - {id: ops, name: Operations, people: [ben]}
  - {id: finance, name: Finance, people: [ana], deputy: ops}
)";

constexpr const char* client = R"(client: retail
owner: finance
title: Retail
zone: Europe/London
cutoff_hour: 4
currency: GBP
settle_days: 2
)";

constexpr const char* shop_source = R"(source: shop
owner: ops
pack: sales
streams: [lines, notes]
zone: UTC
decimal_mark: ","
date_order: day_month_year
columns:
  lines:
    order_ref: InvoiceNo
    sold_at: InvoiceDate
    amount: Total
constants:
  lines: {currency: GBP}
  notes: {author: nobody}
handoff:
  fresh_within_hours: 26
  escalate_to: [ops, finance]
skip_rows:
  lines:
    - {InvoiceNo: " Total "}
    - {InvoiceNo: "", Total: "0,00"}
)";

constexpr const char* bank_source = R"(source: bank
owner: finance
pack: sales
streams: [lines]
)";

constexpr const char* net_sales = R"(metric: net_sales
owner: finance
title: Net sales
book: commerce
date_basis: order_day
sum: [gross_sale, discount, return]
dimensions: [channel, product_ref, country]
attribution: last_touch
)";

constexpr const char* orders = R"(metric: orders
owner: ana
book: commerce
date_basis: order_day
count_distinct: {column: order_ref, entries: [gross_sale]}
)";

constexpr const char* gross_sales = R"(metric: gross_sales
owner: finance
book: commerce
date_basis: order_day
sum: [gross_sale]
)";

constexpr const char* discounts = R"(metric: discounts
owner: finance
book: commerce
date_basis: order_day
sum: [discount]
negate: true
)";

constexpr const char* clicks = R"(metric: clicks
owner: ops
book: ads
date_basis: touch_day
sum_quantity: [ad_clicks]
)";

constexpr const char* row_check = R"(check: sane_amounts
owner: ops
severity: quarantine
exception_severity: high
clients: [retail]
fix: correct_source
row: {book: commerce, entries: [gross_sale], column: amount, at_least: 0, at_most: 100000.50}
)";

constexpr const char* cross_check = R"(check: refunds_within_charges
owner: finance
severity: hold
cross:
  group_by: order_ref
  book: payments
  entries: [refund]
  limit_book: payments
  limit_entries: [charge]
  tolerance: 0.01
)";

constexpr const char* invariant_check = R"(check: net_is_its_parts
owner: finance
severity: hold
invariant: {metric: net_sales, equals: [+gross_sales, -discounts]}
)";

constexpr const char* freshness_check = R"(check: shop_is_fresh
owner: ops
severity: note
freshness: {source: shop, stream: lines, within_hours: 26}
)";

constexpr const char* volume_check = R"(check: busy_enough
owner: ops
severity: note
volume:
  source: shop
  stream: lines
  measure: events
  threshold: 3.5
  window_days: 28
  history_days_min: 7
)";

constexpr const char* balance_check = R"(check: balances_chain
owner: finance
severity: hold
balance: {book: bank, source: shop, account: iban, tolerance: 0.01}
)";

constexpr const char* reconciliation = R"(reconciliation: orders_to_bank
owner: finance
clients: [retail]
left: {book: commerce, entries: [gross_sale, discount], item: order_ref, source: shop}
right: {book: bank, entries: [bank_credit], negate: true}
match:
  - one_to_one:
      name: by_order
      key: order_ref
      tolerance: {absolute: 0.01, percent: 0.5}
      lag: {days: 3}
  - many_to_one:
      left_key: payout_ref
      right_key: object_id
      lag: {days_min: -1, days_max: 3}
      confirm: false
      final: false
due: {right_days: 3}
optional_side: right
breaks:
  missing_right: {severity: high, owner: ops, fix: resync_source}
doubts: left
)";

constexpr const char* attribution = R"(attribution: last_touch
owner: ana
model: last_touch
lookback_days: 14
conversions: {book: commerce, entries: [gross_sale]}
channels:
  - {channel: paid_search, when: {source: [Google, " bing "], medium: [cpc]}}
  - {channel: referral, when: {referrer: ["*"]}}
campaigns:
  known_from: [shop]
  known: [summer_sale]
  mappings: {sumer_sale: summer_sale}
)";

constexpr const char* report = R"(report: daily
owner: ana
metrics: [net_sales, orders]
reconciliations: [orders_to_bank]
)";

constexpr const char* pack = R"(pack: sales
title: Sales lines
owner: ops
streams:
  lines:
    title: Lines of a sales file
    contract: contracts/line.schema.json
    event_id: file_line
    object_id: [order_ref]
    occurred_at: sold_at
    columns: true
    transforms:
      - {into: entries, book: commerce, sql: transforms/lines.sql}
  notes:
    contract: contracts/note.schema.json
    envelopes: [notes]
    event_id: [id, place.shelf]
    revision: changed_at
    occurred_at: changed_at
    transforms:
      - {into: records, sql: transforms/notes.sql}
)";

constexpr const char* line_contract = R"({
  "type": "object",
  "required": ["order_ref", "sold_at", "amount", "currency"],
  "properties": {
    "order_ref": {"type": "string"},
    "sold_at": {"type": "string", "x-meshline": "instant"},
    "amount": {"type": "string", "x-meshline": "money"},
    "currency": {"type": "string", "x-meshline": "currency"},
    "tags": {"type": "array", "items": {"type": "string"}}
  }
}
)";

constexpr const char* note_contract = R"({
  "type": "object",
  "required": ["id"],
  "properties": {
    "id": {"type": "string"},
    "author": {"type": "string"},
    "changed_at": {"type": "string", "x-meshline": "instant"},
    "place": {"type": "object", "properties": {"shelf": {"type": "string"}}}
  }
}
)";

}  // namespace

MemoryFiles sample_workspace() {
    MemoryFiles sample;
    sample.files = {
        {"/shop/meshline.yaml", "workspace: agency\n"},
        {"/shop/owners.yaml", owners},
        {"/shop/README.md", "An agency.\n"},
        {"/shop/LICENSE", "None.\n"},
        {"/shop/.gitignore", ".meshline\n"},
        {"/shop/.meshline/control.db", "bytes"},
        {"/shop/data/orders.yaml", "not: [a, definition"},
        {"/shop/docs/metric.yaml", "nor: this"},
        {"/shop/clients/retail/client.yaml", client},
        {"/shop/clients/retail/sources/shop.yaml", shop_source},
        {"/shop/clients/retail/sources/bank.yaml", bank_source},
        {"/shop/metrics/net_sales.yaml", net_sales},
        {"/shop/metrics/orders.yaml", orders},
        {"/shop/metrics/gross_sales.yaml", gross_sales},
        {"/shop/metrics/discounts.yml", discounts},
        {"/shop/metrics/clicks.yaml", clicks},
        {"/shop/checks/sane_amounts.yaml", row_check},
        {"/shop/checks/refunds_within_charges.yaml", cross_check},
        {"/shop/checks/net_is_its_parts.yaml", invariant_check},
        {"/shop/checks/shop_is_fresh.yaml", freshness_check},
        {"/shop/checks/busy_enough.yaml", volume_check},
        {"/shop/checks/balances_chain.yaml", balance_check},
        {"/shop/reconciliations/orders_to_bank.yaml", reconciliation},
        {"/shop/attribution/last_touch.yaml", attribution},
        {"/shop/reports/daily.yaml", report},
        {"/shop/packs/sales/pack.yaml", pack},
        {"/shop/packs/sales/README.md", "Lines."},
        {"/shop/packs/sales/examples/lines.csv", "a,b\n"},
        {"/shop/packs/sales/contracts/line.schema.json", line_contract},
        {"/shop/packs/sales/contracts/note.schema.json", note_contract},
        {"/shop/packs/sales/transforms/lines.sql", "select position from input\n"},
        {"/shop/packs/sales/transforms/notes.sql", "select position from input\n"},
    };
    return sample;
}

}  // namespace meshline
