-- Grain: one row per movement of the Shopify Payments balance, and one per fee taken from it.
-- Input: balance transactions. Output: payments entries that carry their payout.
-- Why: amount - fee = net, and a payout is the sum of the nets of its transactions. The payout
-- itself is booked from the payouts stream, so rows of the payout types book nothing here. The fee is
-- what makes the net of the amount: net is what the balance moved by, whatever sign the fee has.
with
movements as (
    select
        position,
        payload,
        -- REST writes the types in lower case, GraphQL in upper case.
        lower(payload.type) as type,
        -- What took back a movement is of the same kind as the movement.
        regexp_replace(lower(payload.type), '_reversal$', '') as kind,
        -- "dispute", or as REST writes it "Payments::Dispute".
        regexp_replace(lower(payload.source_type), '^payments::', '') as source_type
    from input
    where not coalesce(payload.test, false)
),
typed as (
    select
        *,
        case
            when type in ('charge', 'refund', 'refund_failure') then type
            when kind in ('dispute', 'chargeback', 'dispute_withdrawal')
                or (type in ('adjustment', 'credit', 'debit') and source_type = 'dispute')
                then case when payload.amount > 0 then 'dispute_reversal' else 'dispute' end
            -- An adjustment of a refund that gives money back is a refund that failed.
            when type in ('adjustment', 'credit')
                and source_type = 'refund'
                and payload.amount > 0
                then 'refund_failure'
            when type in (
                'stripe_fee',
                'chargeback_fee',
                'chargeback_fee_refund',
                'ach_bank_failure_debit_fee',
                'ach_bank_failure_debit_reversal_fee',
                'application_fee_refund'
            ) then 'fee'
            when kind in (
                'reserve',
                'reserved_funds',
                'reserved_funds_withdrawal',
                'chargeback_hold',
                'chargeback_hold_release'
            ) then 'reserve'
            when kind in (
                'transfer',
                'transfer_cancel',
                'transfer_failure',
                'transfer_refund',
                'balance_transfer_inbound',
                'balance_transfer_outbound'
            ) then 'transfer'
            else 'adjustment'
        end as entry_type,
        -- What an adjustment is of, by the vendor's own name; null where nobody says.
        case
            when kind in (
                'charge_adjustment',
                'refund_adjustment',
                'advance',
                'advance_funding',
                'billing_debit',
                'collections_credit',
                'promotion_credit',
                'channel_credit',
                'channel_promotion_credit',
                'channel_transfer_credit',
                'channel_transfer_debit',
                'ads_publisher_credit',
                'markets_pro_credit',
                'merchant_goodwill_credit',
                'seller_protection_credit',
                'customs_duty',
                'customs_duty_adjustment',
                'import_tax',
                'import_tax_adjustment',
                'import_tax_refund',
                'vat_refund_credit',
                'referral_fee',
                'referral_fee_tax',
                'marketplace_fee_credit',
                'currency_conversion'
            )
                or starts_with(type, 'lending_')
                or starts_with(type, 'chargeback_protection_')
                or starts_with(type, 'shipping_')
                or starts_with(type, 'shop_cash_')
                or starts_with(type, 'shopify_collective_')
                or starts_with(type, 'shopify_source_')
                or starts_with(type, 'merchant_to_merchant_')
                or starts_with(type, 'tax_adjustment_')
                or starts_with(type, 'agentic_fee_tax_')
                then type
            when type in ('adjustment', 'credit', 'debit')
                then nullif(trim(payload.adjustment_reason), '')
        end as adjusts
    from movements
    where type not in ('payout', 'payout_failure', 'payout_cancellation')
        -- GraphQL calls the payout and its failure a transfer, of a transfer.
        and not (
            type in ('transfer', 'transfer_failure', 'transfer_cancel')
            and coalesce(source_type, '') in ('transfer', 'payout')
        )
),
amounts as (
    select position, entry_type, 1 as line_no, payload.amount as amount
    from typed
    union all
    -- The second line of a movement that is a fee itself.
    select
        position,
        'fee',
        case when entry_type = 'fee' then 2 else 1 end,
        coalesce(payload.net - payload.amount, -payload.fee)
    from typed
    where coalesce(payload.net - payload.amount, -payload.fee, 0) <> 0
)
select
    amounts.position,
    amounts.entry_type,
    amounts.line_no,
    typed.payload.processed_at as occurred_at,
    amounts.amount,
    typed.payload.currency,
    nullif(typed.payload.source_order_id, '') as order_ref,
    nullif(typed.payload.source_order_transaction_id, '') as payment_ref,
    typed.payload.payout_id as payout_ref,
    struct_pack(
        balance_type := typed.type,
        adjusts := case when amounts.entry_type = 'adjustment' then typed.adjusts end,
        source_type := typed.payload.source_type,
        payout_status := typed.payload.payout_status) as attributes
from amounts
-- One or two amounts to one movement.
join typed on typed.position = amounts.position
