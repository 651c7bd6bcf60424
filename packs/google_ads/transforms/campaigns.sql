-- Grain: one record per row that names its campaign.
-- Inputs: rows of a search stream. Outputs: records campaign, one per day that it ran.
-- Why: touch data is held against the campaigns that exist; names change, so each day says its own.
select
    position,
    1 as line_no,
    'campaign' as record_type,
    payload.campaign.id as object_id,
    payload.campaign.status as stage,
    trim(payload.campaign.name) as name,
    {
        'account_id': payload.customer.id,
        'channel_type': payload.campaign.advertisingChannelType
    } as attributes
from input
where trim(payload.campaign.name) <> ''
