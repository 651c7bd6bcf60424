-- Grain: one row per order line.
-- Input: a warehouse's table of Shopify order lines. Output: memo entries, never part of a sum of
-- sales: order_rows is the record of the sale.
-- Why: the lines say what was sold. The table has no day of its own, so the day of the sync stands
-- in unless the export adds sold_at.
select
    position,
    'order_line' as entry_type,
    1 as line_no,
    coalesce(payload.sold_at, payload._fivetran_synced) as occurred_at,
    cast(payload.price * payload.quantity - coalesce(payload.total_discount, 0)
         as decimal(18, 6)) as amount,
    payload.currency,
    payload.quantity,
    payload.order_id as order_ref,
    nullif(payload.product_id, '') as product_ref,
    struct_pack(sku := payload.sku) as attributes
from input
