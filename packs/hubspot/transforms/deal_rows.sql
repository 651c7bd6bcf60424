-- Grain: one entry per deal that is not deleted.
-- Inputs: rows of a warehouse's table of deals. Outputs: entries of the book crm.
-- Why: the table names the stage but not whether it is won (that is in the table of stages), so a
-- deal is open unless the table carries HubSpot's own flag.
with deal as (
    select
        position,
        payload.deal_id as deal_ref,
        coalesce(payload.property_hs_is_closed_won, false) as is_won,
        coalesce(payload.property_hs_is_closed, false) as is_closed,
        coalesce(payload.property_closedate, payload.property_createdate) as occurred_at,
        payload.property_closedate as close_at,
        payload.property_amount as amount,
        upper(coalesce(payload.property_deal_currency_code, payload.currency)) as currency,
        nullif(trim(payload.property_order_id), '') as order_ref,
        nullif(payload.deal_pipeline_id, '') as pipeline,
        nullif(payload.deal_pipeline_stage_id, '') as stage
    from input
    where not coalesce(payload.is_deleted, false)
)
select
    position,
    case
        when is_won and amount < 0 then 'refund'
        when is_won then 'deal_won'
        when is_closed then 'deal_lost'
        else 'deal_open'
    end as entry_type,
    1 as line_no,
    occurred_at,
    -- A bare date, held as midnight in UTC, means that date in whatever zone.
    case when close_at = date_trunc('day', close_at) then cast(close_at as date) end
        as business_on,
    coalesce(amount, 0) as amount,
    currency,
    deal_ref as object_id,
    deal_ref,
    order_ref,
    {
        'pipeline': pipeline,
        'stage': stage,
        'dated_by': case when close_at is null then 'created' else 'closedate' end,
        'amount_missing': amount is null
    } as attributes
from deal
