-- Grain: one record per version of a campaign.
-- Inputs: rows of a warehouse's table of campaigns. Outputs: records campaign.
-- Why: names and states of campaigns over time.
select
    position,
    1 as line_no,
    'campaign' as record_type,
    payload.id as object_id,
    nullif(payload.status, '') as stage,
    nullif(trim(payload.name), '') as name,
    {
        'account_id': payload.customer_id,
        'channel_type': nullif(payload.advertising_channel_type, '')
    } as attributes
from input
