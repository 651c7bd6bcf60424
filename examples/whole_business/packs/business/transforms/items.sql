-- Grain: one row per order item.
-- Input: order items. Output: memo entries, never part of a sum of sales.
-- Why: they say what was ordered; the order's totals are the record of the sale. The table has no
-- day and no currency: the day of capture and the shop's US dollar stand in.
select
    position,
    'order_line' as entry_type,
    1 as line_no,
    coalesce(payload.order_date, occurred_at) as occurred_at,
    payload.total_price as amount,
    coalesce(payload.currency, 'USD') as currency,
    payload.quantity,
    payload.order_id as order_ref,
    nullif(payload.product_id, '') as product_ref
from input
