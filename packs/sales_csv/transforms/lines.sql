-- Grain: one row for a line's value, and one for each of discount, tax and shipping that it has.
-- Input: sales lines. Output: commerce entries on the day of the sale.
-- Why: quantity x unit price is the value of the goods; a negative one is goods coming back. A
-- discount is what is taken off, so on a returned line it has the line's sign.
with
lines as (
    select
        position,
        payload,
        -- Of a product's twelve digits the figures keep six.
        round_to(payload.quantity * payload.unit_price, 6, half_away_from_zero) as value,
        -- Spreadsheets write whole numbers of a column with gaps as 17850.0.
        regexp_replace(trim(payload.customer_ref), '^([0-9]+)\.0$', '\1') as customer_ref
    from input
),
movements as (
    select position, case when value < 0 then 'return' else 'gross_sale' end as entry_type,
        value as amount, payload.quantity as quantity
    from lines
    union all
    select position, 'discount', -payload.discount, null
    from lines
    where coalesce(payload.discount, 0) <> 0
    union all
    select position, case when payload.tax < 0 then 'tax_refund' else 'tax' end, payload.tax, null
    from lines
    where coalesce(payload.tax, 0) <> 0
    union all
    select position, case when payload.shipping < 0 then 'shipping_refund' else 'shipping' end,
        payload.shipping, null
    from lines
    where coalesce(payload.shipping, 0) <> 0
)
select
    movements.position,
    movements.entry_type,
    1 as line_no,
    lines.payload.sold_at as occurred_at,
    movements.amount,
    lines.payload.currency,
    movements.quantity,
    nullif(trim(lines.payload.order_ref), '') as order_ref,
    nullif(lines.customer_ref, '') as customer_ref,
    nullif(trim(lines.payload.product_ref), '') as product_ref,
    nullif(trim(lines.payload.channel), '') as channel,
    nullif(trim(lines.payload.campaign), '') as campaign,
    struct_pack(
        country := nullif(trim(lines.payload.country), ''),
        refund_id := nullif(trim(lines.payload.refund_id), ''),
        description := lines.payload.description) as attributes
from movements
-- One to four movements to one line.
join lines on lines.position = movements.position
