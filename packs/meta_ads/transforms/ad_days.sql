-- Grain: up to three entries per ad and day: spend always, clicks and impressions if any.
-- Inputs: rows of a warehouse's table of ads by day. Outputs: entries of the book ads.
-- Why: the table names the ad, not its campaign, so `campaign` stays empty.
with ad_day as (
    select
        position,
        payload.date as business_on,
        payload.spend as spend,
        coalesce(payload.inline_link_clicks, payload.clicks, 0) as clicks,
        case when payload.inline_link_clicks is null then 'all' else 'link' end as click_kind,
        coalesce(payload.impressions, 0) as impressions,
        upper(payload.currency) as currency,
        payload.ad_id as ad_id,
        payload.account_id as account_id
    from input
),
-- One to three rows per ad and day.
measure as (
    select
        *,
        unnest([
            {'entry_type': 'ad_spend', 'amount': spend, 'quantity': null},
            {'entry_type': 'ad_clicks', 'amount': 0, 'quantity': clicks},
            {'entry_type': 'ad_impressions', 'amount': 0, 'quantity': impressions}
        ]) as value
    from ad_day
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
    {
        'ad_id': ad_id,
        'account_id': account_id,
        'click_kind': case when value.entry_type = 'ad_clicks' then click_kind end
    } as attributes
from measure
where value.entry_type = 'ad_spend' or value.quantity <> 0
