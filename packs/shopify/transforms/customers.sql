-- Grain: one row per customer. Input: Shopify customers. Output: customer records.
select
    position,
    1 as line_no,
    'customer' as record_type,
    payload.id as customer_ref,
    lower(trim(payload.email)) as email,
    payload.state as stage,
    nullif(trim(concat_ws(' ', payload.first_name, payload.last_name)), '') as name
from input
