-- Grain: one posting per payout that is on its way or has arrived.
-- Input: Shopify Payments payouts. Output: accounting entries, positive: money for the bank.
-- Why: what both neighbours of a payout are held against, whoever the processor is: the nets that
-- name it in payments, and the credit at the bank. The balance loses it in payouts.sql.
select
    position,
    'posting' as entry_type,
    1 as line_no,
    payload.date as business_on,
    payload.amount,
    payload.currency,
    payload.id as object_id,
    payload.id as payout_ref,
    struct_pack(payout_status := lower(payload.status)) as attributes
from input
where lower(payload.status) in ('in_transit', 'paid')
