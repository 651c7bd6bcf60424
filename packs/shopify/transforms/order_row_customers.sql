-- Grain: one row per order with a customer.
-- Input: a warehouse's table of Shopify orders. Output: customer records.
-- Why: ties the customer id to the e-mail where no table of customers is captured.
select
    position,
    1 as line_no,
    'customer' as record_type,
    payload.customer_id as object_id,
    payload.customer_id as customer_ref,
    lower(trim(payload.email)) as email,
    payload.id as order_ref
from input
where nullif(payload.customer_id, '') is not null
    and not coalesce(payload.test, false)
    and not coalesce(payload._fivetran_deleted, false)
