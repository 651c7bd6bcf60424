-- Grain: one record per deal, deleted ones too, and one per deal that was merged into it.
-- Inputs: rows of a warehouse's table of deals. Outputs: records deal, and merged, by the id that is
-- gone.
-- Why: state of the deal as the table has it; the stages over time are in deal_stage_rows. A merged
-- deal counts beside the new one until its row is marked deleted.
with merged as (
    select
        position,
        payload.deal_id as deal_ref,
        unnest(list_distinct([
            trim(gone)
            for gone in string_split(coalesce(payload.property_hs_merged_object_ids, ''), ';')
            if trim(gone) <> '' and trim(gone) <> payload.deal_id
        ])) as gone_ref
    from input
)
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
union all
select
    position,
    1 + row_number() over (partition by position order by gone_ref) as line_no,
    'merged' as record_type,
    gone_ref as object_id,
    deal_ref,
    null as order_ref,
    null as stage,
    null as name,
    null as amount,
    null as currency,
    null as close_on,
    null as attributes
from merged
