-- Grain: one record per refund.
-- Inputs: refunds, `charge` expanded or not. Outputs: records refund.
-- Why: the money of a refund is its balance transaction; a refund that is pending, failed or
-- canceled has none, or one that was taken back, and its state is found here.
with refund as (
    select
        position,
        payload.id as refund_ref,
        payload.amount as amount_minor,
        upper(payload.currency) as currency,
        payload.status as stage,
        payload.reason as reason,
        payload.failure_reason as failure_reason,
        payload.charge as charge_text,
        case when starts_with(payload.charge, '{') then payload.charge end as charge_object,
        payload.metadata.order_id as order_id,
        payload.metadata.order_ref as order_ref_text,
        case
            when starts_with(payload.balance_transaction, '{')
                then json_extract_string(payload.balance_transaction, '$.id')
            else payload.balance_transaction
        end as balance_transaction_ref
    from input
)
select
    position,
    1 as line_no,
    'refund' as record_type,
    refund_ref as object_id,
    coalesce(
        nullif(trim(order_id), ''),
        nullif(trim(order_ref_text), ''),
        nullif(trim(json_extract_string(charge_object, '$.metadata.order_id')), ''),
        nullif(trim(json_extract_string(charge_object, '$.metadata.order_ref')), '')
    ) as order_ref,
    coalesce(
        json_extract_string(charge_object, '$.customer.id'),
        json_extract_string(charge_object, '$.customer')
    ) as customer_ref,
    stage,
    -- Given back: negative, as in the books.
    -from_minor_units(amount_minor, currency) as amount,
    currency,
    {
        'charge_ref': coalesce(json_extract_string(charge_object, '$.id'), charge_text),
        'balance_transaction_ref': balance_transaction_ref,
        'reason': reason,
        'failure_reason': failure_reason
    } as attributes
from refund
