-- Grain: one entry per charge that succeeded and was captured.
-- Inputs: rows of a warehouse's table of charges. Outputs: entries of the book payments.
-- Why: for accounts whose balance transactions are not at hand. Fees and refunds are not in this
-- table (amount_refunded has no date), so the book holds gross charges only.
with charge as (
    select
        position,
        occurred_at,
        payload.id as charge_ref,
        payload.amount as amount_minor,
        upper(payload.currency) as currency,
        payload.amount_refunded as refunded_minor,
        payload.customer_id as customer_id,
        payload.balance_transaction_id as balance_transaction_id,
        payload.payment_intent_id as payment_intent_id,
        case when json_valid(payload.metadata) then payload.metadata end as metadata
    from input
    where payload.status = 'succeeded'
        and payload.captured
        -- A test charge is no money; tables without the column hold live charges.
        and coalesce(payload.livemode, true)
)
select
    position,
    'charge' as entry_type,
    1 as line_no,
    occurred_at,
    from_minor_units(amount_minor, currency) as amount,
    currency,
    coalesce(
        nullif(trim(json_extract_string(metadata, '$.order_id')), ''),
        nullif(trim(json_extract_string(metadata, '$.order_ref')), '')
    ) as order_ref,
    charge_ref as payment_ref,
    nullif(trim(customer_id), '') as customer_ref,
    {
        'category': 'charge',
        'amount_refunded': cast(from_minor_units(refunded_minor, currency) as varchar),
        'balance_transaction_ref': nullif(balance_transaction_id, ''),
        'payment_intent_ref': nullif(payment_intent_id, '')
    } as attributes
from charge
