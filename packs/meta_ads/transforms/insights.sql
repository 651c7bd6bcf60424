-- Grain: up to three entries per campaign and day: spend always, clicks and impressions if any.
-- Inputs: insights at campaign level with a time increment of one day. Outputs: entries, book ads.
-- Why: Meta restates past days; a later row of the same day reverses the earlier one.
with campaign_day as (
    select
        position,
        -- A row over several days has no day of its own: it is left without a date, which the
        -- engine refuses, rather than booked whole on its first day.
        case when payload.date_stop = payload.date_start then payload.date_start end
            as business_on,
        payload.spend as spend,
        coalesce(payload.inline_link_clicks, payload.clicks, 0) as clicks,
        case when payload.inline_link_clicks is null then 'all' else 'link' end as click_kind,
        coalesce(payload.impressions, 0) as impressions,
        upper(coalesce(payload.account_currency, payload.currency)) as currency,
        payload.campaign_id as campaign_id,
        coalesce(nullif(trim(payload.campaign_name), ''), payload.campaign_id) as campaign,
        payload.account_id as account_id
    from input
),
-- One to three rows per campaign and day.
measure as (
    select
        *,
        unnest([
            {'entry_type': 'ad_spend', 'amount': spend, 'quantity': null},
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
    'paid_social' as channel,
    campaign,
    {
        'campaign_id': campaign_id,
        'account_id': account_id,
        'click_kind': case when value.entry_type = 'ad_clicks' then click_kind end
    } as attributes
from measure
where value.entry_type = 'ad_spend' or value.quantity <> 0
