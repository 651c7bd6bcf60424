-- Grain: one record per deal, deleted ones too.
-- Inputs: rows of a warehouse's table of deals. Outputs: records deal.
-- Why: state of the deal as the table has it; the stages over time are in deal_stage_rows.
select
    position,
    1 as line_no,
    'deal' as record_type,
    payload.deal_id as object_id,
    payload.deal_id as deal_ref,
    nullif(trim(payload.property_order_id), '') as order_ref,
    nullif(payload.deal_pipeline_stage_id, '') as stage,
    nullif(payload.property_dealname, '') as name,
    payload.property_amount as amount,
    upper(coalesce(payload.property_deal_currency_code, payload.currency)) as currency,
    cast(payload.property_closedate as date) as close_on,
    {
        'archived': coalesce(payload.is_deleted, false),
        'pipeline': nullif(payload.deal_pipeline_id, '')
    } as attributes
from input
