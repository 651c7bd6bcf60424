-- Grain: one row per customer. Input: customers. Output: customer records.
select
    position,
    1 as line_no,
    'customer' as record_type,
    payload.customer_id as customer_ref,
    lower(trim(payload.email)) as email,
    nullif(trim(concat_ws(' ', payload.first_name, payload.last_name)), '') as name,
    payload.customer_segment as stage,
    struct_pack(country := payload.country) as attributes
from input
