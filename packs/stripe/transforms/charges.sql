-- Grain: one record per charge, one more for its customer where an e-mail is known.
-- Inputs: charges. Outputs: records charge (order_ref, state) and customer (e-mail, customer_ref).
-- Why: money is booked from balance transactions; a charge says which order and customer it is of.
with charge as (
    select
        position,
        payload.id as charge_ref,
        coalesce(
            nullif(trim(payload.metadata.order_id), ''),
            nullif(trim(payload.metadata.order_ref), '')
        ) as order_ref,
        case
            when starts_with(payload.customer, '{')
                then json_extract_string(payload.customer, '$.id')
            else payload.customer
        end as customer_ref,
        nullif(
            lower(trim(coalesce(payload.billing_details.email, payload.receipt_email))), ''
        ) as email,
        payload.billing_details.name as name,
        case
            when payload.status = 'succeeded' and not coalesce(payload.captured, true)
                then 'authorized'
            when coalesce(payload.disputed, false) then 'disputed'
            when coalesce(payload.refunded, false) then 'refunded'
            else payload.status
        end as stage,
        upper(payload.currency) as currency,
        payload.amount as amount_minor,
        payload.amount_captured as captured_minor,
        payload.amount_refunded as refunded_minor,
        case
            when starts_with(payload.balance_transaction, '{')
                then json_extract_string(payload.balance_transaction, '$.id')
            else payload.balance_transaction
        end as balance_transaction_ref,
        case
            when starts_with(payload.payment_intent, '{')
                then json_extract_string(payload.payment_intent, '$.id')
            else payload.payment_intent
        end as payment_intent_ref,
        payload.failure_code as failure_code
    from input
)
select
    position,
    1 as line_no,
    'charge' as record_type,
    charge_ref as object_id,
    email,
    customer_ref,
    order_ref,
    stage,
    cast(null as varchar) as name,
    from_minor_units(amount_minor, currency) as amount,
    currency,
    {
        'amount_captured': cast(from_minor_units(captured_minor, currency) as varchar),
        'amount_refunded': cast(from_minor_units(refunded_minor, currency) as varchar),
        'balance_transaction_ref': balance_transaction_ref,
        'payment_intent_ref': payment_intent_ref,
        'failure_code': failure_code
    } as attributes
from charge
union all
select
    position,
    2 as line_no,
    'customer' as record_type,
    coalesce(customer_ref, charge_ref) as object_id,
    email,
    customer_ref,
    order_ref,
    cast(null as varchar) as stage,
    name,
    cast(null as decimal(18, 6)) as amount,
    cast(null as varchar) as currency,
    null as attributes
from charge
where email is not null
