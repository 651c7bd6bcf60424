-- Grain: up to three entries per campaign, day, network and device: spend always, the rest if any.
-- Inputs: rows of a warehouse's table of campaign statistics. Outputs: entries of the book ads.
-- Why: the table has no campaign name, so `campaign` is its id; names are in campaign_history.
with campaign_day as (
    select
        position,
        payload.date as business_on,
        from_micros(payload.cost_micros) as cost,
        coalesce(payload.clicks, 0) as clicks,
        coalesce(payload.impressions, 0) as impressions,
        upper(payload.currency) as currency,
        payload.id as campaign_id,
        case payload.ad_network_type
            when 'CONTENT' then 'display'
            when 'YOUTUBE' then 'paid_video'
            when 'YOUTUBE_SEARCH' then 'paid_video'
            when 'YOUTUBE_WATCH' then 'paid_video'
            when 'MIXED' then 'cross_network'
            else 'paid_search'
        end as channel,
        payload.ad_network_type as network,
        payload.device as device,
        payload.customer_id as account_id
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
    campaign_id as campaign,
    {
        'campaign_id': campaign_id,
        'account_id': account_id,
        'network': network,
        'device': device
    } as attributes
from measure
where value.entry_type = 'ad_spend' or value.quantity <> 0
