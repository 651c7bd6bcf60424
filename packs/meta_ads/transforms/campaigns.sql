-- Grain: one record per row that names its campaign.
-- Inputs: insights at campaign level. Outputs: records campaign, one per day that it ran.
-- Why: touch data is held against the campaigns that exist; names change, so each day says its own.
select
    position,
    1 as line_no,
    'campaign' as record_type,
    payload.campaign_id as object_id,
    trim(payload.campaign_name) as name,
    {'account_id': payload.account_id} as attributes
from input
where trim(payload.campaign_name) <> ''
