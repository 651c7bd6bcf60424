-- Grain: one record per deal, archived ones too.
-- Inputs: deals of the CRM API. Outputs: records deal, with the stage history as attributes.
-- Why: state over time, also of deals that were archived and therefore book nothing.
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
