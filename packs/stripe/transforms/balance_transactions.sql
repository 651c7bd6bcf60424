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
        payload.reporting_category as reporting_category,
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
            '$.currency',
            '$.object'
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
        upper(text[13]) as source_currency,
        case
            -- A dispute is booked as an adjustment, and so is a refund that came back: its object
            -- says which, or how the id of the object begins.
            when coalesce(reporting_category, movement_type) = 'adjustment'
                and (text[14] = 'dispute' or regexp_matches(source_text, '^d[up]_'))
                then case when amount_minor > 0 then 'dispute_reversal' else 'dispute' end
            when coalesce(reporting_category, movement_type) = 'adjustment'
                and (text[14] = 'refund' or regexp_matches(source_text, '^(re|pyr)_'))
                and amount_minor > 0
                then 'refund_failure'
            when reporting_category is not null then reporting_category
            -- Exports from before reporting_category have the technical type only; the vendor's
            -- table says which category each belongs to.
            when movement_type in ('payment', 'validation') then 'charge'
            when movement_type = 'payment_refund' then 'refund'
            when movement_type in ('payment_failure_refund', 'payment_reversal')
                then 'charge_failure'
            when movement_type in ('payout_cancel', 'payout_failure') then 'payout_reversal'
            when movement_type in ('stripe_fee', 'stripe_fx_fee') then 'fee'
            when movement_type = 'tax_fee' then 'tax'
            when movement_type = 'recipient_transfer' then 'transfer'
            when movement_type in (
                'transfer_cancel',
                'transfer_failure',
                'transfer_refund',
                'recipient_transfer_cancel',
                'recipient_transfer_failure'
            ) then 'transfer_reversal'
            when movement_type = 'application_fee' then 'platform_earning'
            when movement_type = 'application_fee_refund' then 'platform_earning_refund'
            when movement_type = 'reserve_transaction' then 'connect_reserved_funds'
            when movement_type in ('reserved_funds', 'reserve_hold', 'reserve_release')
                then 'risk_reserved_funds'
            when movement_type in ('payment_unreconciled', 'transferred_to_balance_transaction')
                then 'unreconciled_customer_funds'
            else movement_type
        end as category
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
            'payment_network_reserve_hold',
            'payment_network_reserve_release',
            'minimum_balance_hold',
            'payout_minimum_balance_hold',
            'payout_minimum_balance_release'
        ) then 'reserve'
        else 'adjustment'
    end as entry_type,
    line_no,
    occurred_at,
    from_minor_units(
        case when line_no = 2 then -fee_minor else amount_minor end, currency
    ) as amount,
    currency,
    order_ref,
    payment_ref,
    -- A payout's own movement belongs to it although Stripe does not list it there. Its fee is paid
    -- from the balance beside it, and what comes back of it is paid out with another.
    coalesce(payout_ref, case when category = 'payout' and line_no = 1 then payment_ref end)
        as payout_ref,
    customer_ref,
    {
        'category': category,
        -- What an adjustment is of, by the vendor's own name; null where nobody says.
        'adjusts': case
            when category in (
                'platform_earning',
                'platform_earning_refund',
                'unreconciled_customer_funds',
                'anticipation_repayment',
                'advance',
                'advance_funding',
                'contribution',
                'climate_order_purchase',
                'climate_order_refund'
            )
                or starts_with(category, 'issuing_')
                or starts_with(category, 'financing_')
                then category
        end,
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
