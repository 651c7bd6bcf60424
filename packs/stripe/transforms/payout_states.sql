-- Grain: one record per payout, failed and canceled ones too.
-- Inputs: payouts. Outputs: records payout.
-- Why: a payout that failed leaves no posting; this says that it did and why.
select
    position,
    1 as line_no,
    'payout' as record_type,
    payload.id as object_id,
    payload.status as stage,
    from_minor_units(payload.amount, payload.currency) as amount,
    upper(payload.currency) as currency,
    cast(payload.arrival_date as date) as close_on,
    {
        'automatic': coalesce(payload.automatic, false),
        'reconciliation_status': payload.reconciliation_status,
        'failure_code': payload.failure_code,
        'original_payout': payload.original_payout,
        'reversed_by': payload.reversed_by
    } as attributes
from input
