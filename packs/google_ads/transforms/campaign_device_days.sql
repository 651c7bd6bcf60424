-- Grain: up to three entries per campaign, day, network and device: spend always, the rest if any.
-- Inputs: rows of a search stream, segmented by network and device. Outputs: entries of book ads.
-- Why: Google restates past days; a later row of the same key reverses the earlier one.
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
        case payload.segments.adNetworkType
            when 'CONTENT' then 'display'
            when 'YOUTUBE' then 'paid_video'
            when 'YOUTUBE_SEARCH' then 'paid_video'
            when 'YOUTUBE_WATCH' then 'paid_video'
            when 'MIXED' then 'cross_network'
            else 'paid_search'
        end as channel,
        payload.segments.adNetworkType as network,
        payload.segments.device as device,
        payload.customer.id as account_id
    from input
),
-- One to three rows per key.
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
    {
        'campaign_id': campaign_id,
        'account_id': account_id,
        'network': network,
        'device': device
    } as attributes
from measure
where value.entry_type = 'ad_spend' or value.quantity <> 0
