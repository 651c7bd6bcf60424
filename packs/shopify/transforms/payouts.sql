-- Grain: one row per payout that has left the balance.
-- Input: Shopify Payments payouts. Output: payments entries, negative: money on its way to the
-- bank.
-- Why: scheduled has not left yet, failed and canceled never arrived; when a payout's status
-- changes, the next revision takes the earlier entry back.
select
    position,
    'payout' as entry_type,
    1 as line_no,
    payload.date as business_on,
    -payload.amount as amount,
    payload.currency,
    payload.id as payout_ref,
    struct_pack(payout_status := lower(payload.status)) as attributes
from input
where lower(payload.status) in ('in_transit', 'paid')
