-- Grain: up to nine rows per order, from its totals.
-- Input: a warehouse's table of Shopify orders. Output: commerce entries on the order's day.
-- Why: this table knows no lines; the totals are the record of the sale. What total_price holds
-- beyond subtotal and tax is booked as what the columns say it is, never as shipping because it is
-- the rest: a row with such a rest that no column names fails. Tax that prices include is taken out
-- of the sale.
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
                 payload.subtotal_price + coalesce(payload.total_discounts, 0)) as price,
        coalesce(payload.total_shipping_price,
                 round_to(payload.total_shipping_price_set ->> '$.shop_money.amount', 6,
                          half_away_from_zero)) as shipping,
        coalesce(payload.total_tip_received, 0) as tip,
        coalesce(round_to(payload.original_total_duties_set ->> '$.shop_money.amount', 6,
                          half_away_from_zero), 0) as duty,
        coalesce(round_to(payload.original_total_additional_fees_set ->> '$.shop_money.amount', 6,
                          half_away_from_zero), 0) as surcharge
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
        case
            when shipping is not null then shipping
            when payload.total_price - payload.subtotal_price - (tax - included_tax)
                     - tip - duty - surcharge <> 0
                then error('the total holds more than the columns name: '
                           || 'map total_shipping_price or total_shipping_price_set')
            else 0
        end, null
    from orders
    where shipping is null or shipping <> 0
    union all
    select position, 'tip', tip, null
    from orders
    where tip <> 0
    union all
    select position, 'duty', duty, null
    from orders
    where duty <> 0
    union all
    select position, 'surcharge', surcharge, null
    from orders
    where surcharge <> 0
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
