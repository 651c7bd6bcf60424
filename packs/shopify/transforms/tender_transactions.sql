-- Grain: one row per tender transaction. Input: Shopify tender transactions.
-- Output: payments entries.
-- Why: a tender transaction is money that changed hands, signed by Shopify; never to be captured
-- beside order transactions, which say the same.
select
    position,
    case when payload.amount < 0 then 'refund' else 'charge' end as entry_type,
    1 as line_no,
    payload.processed_at as occurred_at,
    payload.amount,
    payload.currency,
    payload.order_id as order_ref,
    nullif(payload.remote_reference, '') as payment_ref,
    struct_pack(payment_method := payload.payment_method) as attributes
from input
where not coalesce(payload.test, false)
