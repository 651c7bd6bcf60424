-- Grain: one posting per payout that is on its way or has arrived.
-- Inputs: payouts. Outputs: entries of the book accounting.
-- Why: the balance loses a payout through its balance transaction, so the book payments must not
-- hold it twice. The payout's own amount is what both neighbours are held against: the nets that
-- name it in payments, and the credit at the bank.
with payout as (
    select
        position,
        occurred_at,
        payload.id as payout_ref,
        payload.amount as amount_minor,
        upper(payload.currency) as currency,
        -- Stripe writes the arrival day as its midnight in UTC, whatever the account's zone.
        cast(payload.arrival_date as date) as arrival_on,
        payload.status as status,
        coalesce(payload.automatic, false) as is_automatic,
        payload.method as method,
        payload.statement_descriptor as statement_descriptor
    from input
    where payload.status not in ('failed', 'canceled')
)
select
    position,
    'posting' as entry_type,
    1 as line_no,
    occurred_at,
    arrival_on as business_on,
    from_minor_units(amount_minor, currency) as amount,
    currency,
    payout_ref as object_id,
    payout_ref,
    {
        'automatic': is_automatic,
        'status': status,
        'method': method,
        'statement_descriptor': statement_descriptor
    } as attributes
from payout
