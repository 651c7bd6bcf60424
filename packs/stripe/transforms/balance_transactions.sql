-- Grain: one entry per movement of the Stripe balance (gross), one more for its fee.
-- Inputs: balance transactions, `source` expanded or not. Outputs: entries of the book payments.
-- Why: amount - fee = net, so gross and negative fee sum to what the balance moved by. Everything
-- else that Stripe knows of a payment (charges, refunds, payouts) books nothing in this book.
with movement as (
    select
        position,
        occurred_at,
        payload.amount as amount_minor,
        coalesce(payload.fee, 0) as fee_minor,
        upper(payload.currency) as currency,
        -- Stripe counts ISK and UGX in hundredths and MGA in whole units; ISO 4217 does not.
        case upper(payload.currency)
            when 'ISK' then 'USD'
            when 'UGX' then 'USD'
            when 'MGA' then 'JPY'
            else upper(payload.currency)
        end as minor_currency,
        -- Exports from before reporting_category have the technical type only.
        coalesce(
            payload.reporting_category,
            case payload.type
                when 'payment' then 'charge'
                when 'payment_refund' then 'refund'
                when 'payment_failure_refund' then 'charge_failure'
                when 'payout_cancel' then 'payout_reversal'
                when 'payout_failure' then 'payout_reversal'
                when 'stripe_fee' then 'fee'
                when 'stripe_fx_fee' then 'fee'
                when 'tax_fee' then 'tax'
                when 'reserve_transaction' then 'risk_reserved_funds'
                when 'reserved_funds' then 'risk_reserved_funds'
                else payload.type
            end
        ) as category,
        payload.type as movement_type,
        payload.status as status,
        payload.balance_type as balance_type,
        payload.exchange_rate as exchange_rate,
        cast(payload.available_on as date) as available_on,
        payload.payout as payout_ref,
        payload.source as source_text,
        case when starts_with(payload.source, '{') then payload.source end as source_object,
        [detail.type for detail in payload.fee_details] as fee_kinds
    from input
),
found as (
    select
        *,
        -- One pass over the object for everything that is read from it.
        json_extract_string(source_object, [
            '$.id',
            '$.metadata.order_id',
            '$.metadata.order_ref',
            '$.charge.metadata.order_id',
            '$.charge.metadata.order_ref',
            '$.customer.id',
            '$.customer',
            '$.charge.customer.id',
            '$.charge.customer',
            '$.charge.id',
            '$.charge',
            '$.amount',
            '$.currency'
        ]) as text
    from movement
),
linked as (
    select
        *,
        coalesce(text[1], source_text) as payment_ref,
        -- The order stands on the object itself or, for refunds and disputes, on its charge.
        coalesce(
            nullif(trim(text[2]), ''),
            nullif(trim(text[3]), ''),
            nullif(trim(text[4]), ''),
            nullif(trim(text[5]), '')
        ) as order_ref,
        coalesce(text[6], text[7], text[8], text[9]) as customer_ref,
        coalesce(text[10], text[11]) as charge_ref,
        text[12] as source_amount,
        upper(text[13]) as source_currency
    from found
),
-- One to two rows per movement: 1 is the gross amount, 2 the fee where there is one.
part as (
    select
        *,
        unnest(case when fee_minor = 0 then [1] else [1, 2] end) as line_no
    from linked
)
select
    position,
    case
        when line_no = 2 then 'fee'
        when category = 'charge' then 'charge'
        -- A charge that failed later or was captured in part takes back what was charged.
        when category in ('charge_failure', 'partial_capture_reversal') then 'charge'
        when category = 'refund' then 'refund'
        when category = 'refund_failure' then 'refund_failure'
        when category = 'dispute' then 'dispute'
        when category = 'dispute_reversal' then 'dispute_reversal'
        when category in ('fee', 'tax', 'network_cost') then 'fee'
        when category = 'payout' then 'payout'
        when category = 'payout_reversal' then 'payout_reversal'
        when category in ('transfer', 'transfer_reversal', 'connect_collection_transfer')
            then 'transfer'
        when category in ('topup', 'topup_reversal') then 'topup'
        when category in (
            'risk_reserved_funds',
            'connect_reserved_funds',
            'payment_network_reserved_funds',
            'minimum_balance_hold'
        ) then 'reserve'
        else 'adjustment'
    end as entry_type,
    line_no,
    occurred_at,
    from_minor_units(
        case when line_no = 2 then -fee_minor else amount_minor end, minor_currency
    ) as amount,
    currency,
    order_ref,
    payment_ref,
    -- A payout's own movement belongs to it although Stripe does not list it there.
    coalesce(payout_ref, case when category in ('payout', 'payout_reversal') then payment_ref end)
        as payout_ref,
    customer_ref,
    {
        'category': category,
        'type': movement_type,
        'status': status,
        'available_on': available_on,
        'balance_type': balance_type,
        'charge_ref': charge_ref,
        'fee_kinds': fee_kinds,
        'exchange_rate': exchange_rate,
        'source_amount_minor': source_amount,
        'source_currency': source_currency
    } as attributes
from part
