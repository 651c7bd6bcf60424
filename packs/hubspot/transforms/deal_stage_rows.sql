-- Grain: one record per stage that a deal entered.
-- Inputs: rows of a warehouse's stage history. Outputs: records deal, dated when the stage began.
-- Why: the history of a deal, for state as of any day.
select
    position,
    1 as line_no,
    'deal' as record_type,
    payload.deal_id as object_id,
    payload.deal_id as deal_ref,
    payload.value as stage,
    {
        'is_current': payload._fivetran_active,
        'ended_at': payload._fivetran_end,
        'changed_by': nullif(payload.source, '')
    } as attributes
from input
