-- Grain: one entry per deal that is not archived.
-- Inputs: deals of the CRM API. Outputs: entries of the book crm: deal_won, deal_lost or deal_open;
-- refund where a deal was won at a negative amount, which is how money given back is recorded.
-- Why: a deal counts once, in its present state; an update reverses the state before it.
with deal as (
    select
        position,
        payload.id as deal_ref,
        payload.properties as property,
        payload.createdAt as created_at,
        upper(coalesce(payload.properties.deal_currency_code, payload.currency)) as currency,
        -- The stages of HubSpot's default pipeline serve where the flags were not asked for.
        coalesce(
            payload.properties.hs_is_closed_won, payload.properties.dealstage = 'closedwon', false
        ) as is_won,
        coalesce(
            payload.properties.hs_is_closed_lost,
            payload.properties.hs_is_closed,
            payload.properties.dealstage = 'closedlost',
            false
        ) as is_closed,
        -- When the present stage was set last.
        list_max([
            step.timestamp
            for step in payload.propertiesWithHistory.dealstage
            if step.value = payload.properties.dealstage
        ]) as stage_at,
        payload.associations.contacts.results[1].id as contact_ref
    from input
    where not coalesce(payload.archived, false)
),
dated as (
    select
        *,
        property.closedate as close_at,
        case
            when property.closedate is not null then 'closedate'
            when stage_at is not null and (is_won or is_closed) then 'stage_history'
            else 'created'
        end as dated_by
    from deal
)
select
    position,
    case
        when is_won and property.amount < 0 then 'refund'
        when is_won then 'deal_won'
        when is_closed then 'deal_lost'
        else 'deal_open'
    end as entry_type,
    1 as line_no,
    case dated_by
        when 'closedate' then close_at
        when 'stage_history' then stage_at
        else created_at
    end as occurred_at,
    -- A close date set by an integration or import is a bare date, held as midnight in UTC: that
    -- very date is meant, in whatever zone. Other instants fall into the client's calendar.
    case when close_at = date_trunc('day', close_at) then cast(close_at as date) end
        as business_on,
    coalesce(property.amount, 0) as amount,
    currency,
    deal_ref as object_id,
    deal_ref,
    nullif(trim(property.order_id), '') as order_ref,
    contact_ref as customer_ref,
    {
        'pipeline': property.pipeline,
        'stage': property.dealstage,
        'dated_by': dated_by,
        'amount_missing': property.amount is null,
        'amount_in_home_currency': cast(property.amount_in_home_currency as varchar)
    } as attributes
from dated
