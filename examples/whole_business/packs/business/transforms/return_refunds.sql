-- Grain: one row per return that was processed.
-- Input: returns. Output: payments entries, the money that went back.
-- Why: the shop keeps no table of refunds; the processed return is the only trace of the money. The
-- processing fee stays an attribute: the table does not say who pays it.
select
    position,
    'refund' as entry_type,
    1 as line_no,
    payload.return_date as business_on,
    -payload.refund_amount as amount,
    coalesce(payload.currency, 'USD') as currency,
    payload.order_id as order_ref,
    nullif(payload.customer_id, '') as customer_ref,
    struct_pack(processing_fee := cast(payload.processing_fee as varchar)) as attributes
from input
where payload.return_status = 'processed'
