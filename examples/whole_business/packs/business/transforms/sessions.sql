-- Grain: one row per session. Input: website sessions. Output: touchpoints.
-- Why: the session's source is the only mark of where it came from; the channel rules map it.
select
    position,
    1 as line_no,
    payload.session_date as occurred_at,
    nullif(payload.customer_id, '') as customer_ref,
    nullif(lower(trim(payload.source)), '') as utm_source,
    payload.landing_page as landing_page,
    struct_pack(device := payload.device_type) as attributes
from input
