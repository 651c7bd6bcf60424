-- Grain: one row per order that says where its customer came from.
-- Input: Shopify orders: landing_site (first page with its query), referring_site.
-- Output: the last touch known to the shop, tied to the order.
-- Why: Shopify gives no time for the visit; the earlier of created_at and processed_at is the
-- latest moment at which it can have been, so that it never lies after the sale it led to.
select
    position,
    1 as line_no,
    least(payload.created_at, coalesce(payload.processed_at, payload.created_at)) as occurred_at,
    payload.customer.id as customer_ref,
    lower(trim(coalesce(payload.email, payload.customer.email))) as email,
    payload.id as order_ref,
    nullif(url_decode(replace(
        regexp_extract(payload.landing_site, '[?&]utm_source=([^&#]*)', 1),
        '+', ' ')), '') as utm_source,
    nullif(url_decode(replace(
        regexp_extract(payload.landing_site, '[?&]utm_medium=([^&#]*)', 1),
        '+', ' ')), '') as utm_medium,
    nullif(url_decode(replace(
        regexp_extract(payload.landing_site, '[?&]utm_campaign=([^&#]*)', 1),
        '+', ' ')), '') as utm_campaign,
    payload.referring_site as referrer,
    payload.landing_site as landing_page
from input
where not coalesce(payload.test, false)
    and coalesce(nullif(payload.landing_site, ''), nullif(payload.referring_site, '')) is not null
