-- Grain: one record per stage of a pipeline.
-- Inputs: rows of a warehouse's table of pipeline stages. Outputs: records deal_stage.
-- Why: stage ids are local to the portal; this says which of them are won, lost or open.
select
    position,
    1 as line_no,
    'deal_stage' as record_type,
    payload.stage_id as object_id,
    case
        when coalesce(payload.closed_won, false) then 'won'
        when coalesce(payload.is_closed, false) then 'lost'
        else 'open'
    end as stage,
    nullif(payload.label, '') as name,
    {
        'pipeline': payload.pipeline_id,
        'probability': nullif(payload.probability, ''),
        'display_order': payload.display_order,
        'archived': coalesce(payload._fivetran_deleted, false)
    } as attributes
from input
