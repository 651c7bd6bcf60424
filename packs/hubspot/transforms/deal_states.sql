-- Grain: one record per deal, archived ones too, and one per deal that was merged into it.
-- Inputs: deals of the CRM API. Outputs: records deal, with the stage history as attributes, and
-- merged, by the id that is gone.
-- Why: state over time, also of deals that were archived and therefore book nothing. Merging makes
-- a new deal: as long as the old ones are not captured as archived, they count beside it.
with merged as (
    select
        position,
        payload.id as deal_ref,
        unnest(list_distinct([
            trim(gone)
            for gone in string_split(coalesce(payload.properties.hs_merged_object_ids, ''), ';')
            if trim(gone) <> '' and trim(gone) <> payload.id
        ])) as gone_ref
    from input
)
select
    position,
    1 as line_no,
    'deal' as record_type,
    payload.id as object_id,
    payload.associations.contacts.results[1].id as customer_ref,
    payload.id as deal_ref,
    nullif(trim(payload.properties.order_id), '') as order_ref,
    payload.properties.dealstage as stage,
    payload.properties.dealname as name,
    payload.properties.amount as amount,
    upper(coalesce(payload.properties.deal_currency_code, payload.currency)) as currency,
    cast(payload.properties.closedate as date) as close_on,
    {
        'archived': coalesce(payload.archived, false),
        'pipeline': payload.properties.pipeline,
        'owner': payload.properties.hubspot_owner_id,
        'is_closed_won': payload.properties.hs_is_closed_won,
        'merged_ids': nullif(payload.properties.hs_merged_object_ids, ''),
        'stage_history': [
            {'stage': step.value, 'at': step.timestamp}
            for step in payload.propertiesWithHistory.dealstage
        ]
    } as attributes
from input
union all
select
    position,
    1 + row_number() over (partition by position order by gone_ref) as line_no,
    'merged' as record_type,
    gone_ref as object_id,
    null as customer_ref,
    deal_ref,
    null as order_ref,
    null as stage,
    null as name,
    null as amount,
    null as currency,
    null as close_on,
    null as attributes
from merged
