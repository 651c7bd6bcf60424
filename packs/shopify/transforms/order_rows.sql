-- Grain: up to six rows per order, from its totals.
-- Input: a warehouse's table of Shopify orders. Output: commerce entries on the order's day.
-- Why: this table knows no lines; the totals are the record of the sale. What total_price holds
-- beyond subtotal and tax is what the customer paid for delivery (with tips and duties, which the
-- table does not name). Tax that prices include is taken out of the sale.
with
orders as (
    select
        position,
        payload,
        coalesce(payload.processed_at, payload.created_at) as sold_at,
        coalesce(payload.total_discounts, 0) as discount,
        coalesce(payload.total_tax, 0) as tax,
        case when coalesce(payload.taxes_included, false) then coalesce(payload.total_tax, 0)
             else 0 end as included_tax,
        coalesce(payload.total_line_items_price,
                 payload.subtotal_price + coalesce(payload.total_discounts, 0)) as price
    from input
    where not coalesce(payload.test, false)
        and not coalesce(payload._fivetran_deleted, false)
),
movements as (
    select position, 'gross_sale' as entry_type, price - included_tax as amount, null as quantity
    from orders
    union all
    select position, 'discount', -discount, null
    from orders
    where discount <> 0
    union all
    select position, 'tax', tax, null
    from orders
    where tax <> 0
    union all
    select position, 'shipping',
        payload.total_price - payload.subtotal_price - (tax - included_tax), null
    from orders
    where payload.total_price - payload.subtotal_price - (tax - included_tax) <> 0
    union all
    select position, 'order_count', 0, 1
    from orders
    union all
    select position, 'order_total', payload.total_price, null
    from orders
)
select
    movements.position,
    movements.entry_type,
    1 as line_no,
    orders.sold_at as occurred_at,
    cast(movements.amount as decimal(18, 6)) as amount,
    orders.payload.currency,
    movements.quantity,
    orders.payload.id as order_ref,
    nullif(orders.payload.customer_id, '') as customer_ref,
    struct_pack(
        order_name := orders.payload.name,
        country := nullif(orders.payload.shipping_address_country_code, ''),
        source_name := orders.payload.source_name) as attributes
from movements
-- Many movements to one order.
join orders on orders.position = movements.position
