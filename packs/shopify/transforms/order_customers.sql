-- Grain: one row per order with a customer.
-- Input: Shopify orders. Output: customer records.
-- Why: many shops capture orders only; the order's customer ties the customer id to an e-mail.
select
    position,
    1 as line_no,
    'customer' as record_type,
    coalesce(payload.customer.id, payload.id) as object_id,
    payload.customer.id as customer_ref,
    lower(trim(coalesce(payload.email, payload.customer.email))) as email,
    payload.id as order_ref,
    nullif(trim(concat_ws(
        ' ', payload.customer.first_name, payload.customer.last_name)), '') as name
from input
where not coalesce(payload.test, false)
    and coalesce(payload.customer.id, payload.email, payload.customer.email) is not null
