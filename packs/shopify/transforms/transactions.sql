-- Grain: one row per transaction that moved money.
-- Input: Shopify order transactions, REST or warehouse rows. Output: payments entries.
-- Why: a sale is authorization and capture in one step; an authorization reserves money and its
-- capture moves it, so of that pair the capture alone counts. Void, pending, failure and error move
-- nothing. The change handed out in a cash sale comes back out of the charge.
with
transactions as (
    select
        position,
        payload,
        lower(payload.kind) as kind
    from input
    where not coalesce(payload.test, false)
        and lower(payload.status) = 'success'
        and lower(payload.kind) in ('sale', 'capture', 'change', 'refund')
)
select
    position,
    case when kind = 'refund' then 'refund' else 'charge' end as entry_type,
    1 as line_no,
    coalesce(payload.processed_at, payload.created_at) as occurred_at,
    case when kind in ('sale', 'capture') then abs(payload.amount) else -abs(payload.amount) end
        as amount,
    payload.currency,
    payload.order_id as order_ref,
    nullif(payload.authorization, '') as payment_ref,
    struct_pack(
        kind := kind,
        gateway := payload.gateway,
        parent_id := payload.parent_id,
        refund_id := payload.refund_id) as attributes
from transactions
