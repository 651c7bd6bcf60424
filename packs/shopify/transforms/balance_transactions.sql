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
        case payload.type
            when 'charge' then 'charge'
            when 'refund' then 'refund'
            when 'dispute' then
                case when payload.amount > 0 then 'dispute_reversal' else 'dispute' end
            when 'reserve' then 'reserve'
            else 'adjustment'
        end as entry_type
    from input
    where not coalesce(payload.test, false)
        and payload.type not in ('payout', 'payout_failure', 'payout_cancellation')
),
amounts as (
    select position, entry_type, payload.amount as amount
    from movements
    union all
    select position, 'fee', coalesce(payload.net - payload.amount, -payload.fee)
    from movements
    where coalesce(payload.net - payload.amount, -payload.fee, 0) <> 0
)
select
    amounts.position,
    amounts.entry_type,
    1 as line_no,
    movements.payload.processed_at as occurred_at,
    amounts.amount,
    movements.payload.currency,
    nullif(movements.payload.source_order_id, '') as order_ref,
    nullif(movements.payload.source_order_transaction_id, '') as payment_ref,
    movements.payload.payout_id as payout_ref,
    struct_pack(
        balance_type := movements.payload.type,
        source_type := movements.payload.source_type,
        payout_status := movements.payload.payout_status) as attributes
from amounts
-- One or two amounts to one movement.
join movements on movements.position = amounts.position
