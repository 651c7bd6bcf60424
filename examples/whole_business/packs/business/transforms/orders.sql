-- Grain: up to six rows per order that is a sale.
-- Input: orders. Output: commerce entries on the order's day.
-- Why: the totals are the record of the sale, since the items of this shop do not add up to them.
-- Pending orders are not sold yet and cancelled ones never were; a refunded order was a sale, and
-- what it gave back is booked from the returns.
with
orders as (
    select
        position,
        payload
    from input
    where payload.status in ('completed', 'shipped', 'refunded')
),
movements as (
    select position, 'gross_sale' as entry_type, payload.subtotal as amount, null as quantity
    from orders
    where payload.subtotal <> 0
    union all
    select position, 'discount', -payload.discount_amount, null
    from orders
    where coalesce(payload.discount_amount, 0) <> 0
    union all
    select position, 'tax', payload.tax_amount, null
    from orders
    where coalesce(payload.tax_amount, 0) <> 0
    union all
    select position, 'shipping', payload.shipping_cost, null
    from orders
    where coalesce(payload.shipping_cost, 0) <> 0
    union all
    select position, 'order_total', payload.total_amount, null
    from orders
    where payload.total_amount <> 0
    union all
    select position, 'order_count', 0, 1
    from orders
)
select
    movements.position,
    movements.entry_type,
    1 as line_no,
    orders.payload.order_date as occurred_at,
    cast(movements.amount as decimal(18, 6)) as amount,
    orders.payload.currency,
    movements.quantity,
    orders.payload.order_id as order_ref,
    nullif(orders.payload.customer_id, '') as customer_ref,
    struct_pack(
        status := orders.payload.status,
        coupon_code := nullif(orders.payload.coupon_code, '')) as attributes
from movements
-- Many movements to one order.
join orders on orders.position = movements.position
