-- Grain: one record per version of a campaign.
-- Inputs: rows of a warehouse's table of campaigns. Outputs: records campaign.
-- Why: names of campaigns over time.
select
    position,
    1 as line_no,
    'campaign' as record_type,
    payload.id as object_id,
    nullif(trim(payload.name), '') as name,
    {'account_id': payload.account_id} as attributes
from input
