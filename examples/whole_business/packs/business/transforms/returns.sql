-- Grain: one row per return that was processed.
-- Input: returns. Output: commerce entries on the day of the return.
-- Why: a return counts when it is processed. Pending and approved ones book nothing until they are
-- (the next revision does it then), rejected ones never. The table has no currency: US dollar.
select
    position,
    'return' as entry_type,
    1 as line_no,
    payload.return_date as business_on,
    -payload.refund_amount as amount,
    coalesce(payload.currency, 'USD') as currency,
    -payload.return_quantity as quantity,
    payload.order_id as order_ref,
    nullif(payload.customer_id, '') as customer_ref,
    nullif(payload.product_id, '') as product_ref,
    struct_pack(reason := payload.return_reason) as attributes
from input
where payload.return_status = 'processed'
