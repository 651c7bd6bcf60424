-- Grain: up to three entries per campaign and day: spend always, clicks and impressions if any.
-- Inputs: rows of a search stream, one per campaign and day. Outputs: entries of the book ads.
-- Why: Google restates past days; a later row of the same day reverses the earlier one.
with campaign_day as (
    select
        position,
        -- The account's own date; Google Ads reports no instants.
        payload.segments.date as business_on,
        from_micros(payload.metrics.costMicros) as cost,
        coalesce(payload.metrics.clicks, 0) as clicks,
        coalesce(payload.metrics.impressions, 0) as impressions,
        upper(coalesce(payload.customer.currencyCode, payload.currency)) as currency,
        payload.campaign.id as campaign_id,
        coalesce(nullif(trim(payload.campaign.name), ''), payload.campaign.id) as campaign,
        case payload.campaign.advertisingChannelType
            when 'DISPLAY' then 'display'
            when 'SHOPPING' then 'paid_shopping'
            when 'VIDEO' then 'paid_video'
            when 'PERFORMANCE_MAX' then 'cross_network'
            when 'DEMAND_GEN' then 'cross_network'
            when 'DISCOVERY' then 'cross_network'
            else 'paid_search'
        end as channel,
        payload.customer.id as account_id
    from input
),
-- One to three rows per campaign and day.
measure as (
    select
        *,
        unnest([
            {'entry_type': 'ad_spend', 'amount': cost, 'quantity': null},
            {'entry_type': 'ad_clicks', 'amount': 0, 'quantity': clicks},
            {'entry_type': 'ad_impressions', 'amount': 0, 'quantity': impressions}
        ]) as value
    from campaign_day
)
select
    position,
    value.entry_type as entry_type,
    1 as line_no,
    business_on,
    value.amount as amount,
    currency,
    value.quantity as quantity,
    channel,
    campaign,
    {'campaign_id': campaign_id, 'account_id': account_id} as attributes
from measure
where value.entry_type = 'ad_spend' or value.quantity <> 0
