-- Grain: one row per payment that went through.
-- Input: payments. Output: payments entries on the day of the payment.
-- Why: only a completed payment moved money.
select
    position,
    'charge' as entry_type,
    1 as line_no,
    payload.payment_date as occurred_at,
    payload.amount,
    payload.currency,
    payload.order_id as order_ref,
    nullif(payload.transaction_id, '') as payment_ref,
    nullif(payload.customer_id, '') as customer_ref,
    struct_pack(
        processor := payload.payment_processor,
        method := payload.payment_method) as attributes
from input
where payload.status = 'completed'
