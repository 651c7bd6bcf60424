-- Grain: one row per thing a refund gives back: each line, its tax, shipping, duty, fee, discrepancy.
-- Input: Shopify refunds captured on their own. Output: commerce entries on the refund's day.
-- Why: for orders that are captured without their refunds only; order_entries.sql books the same
-- refunds where they come inside the order. A refund does not say whether the shop's prices include
-- tax: taxes_included is added to it, or its own transactions tell, else it fails.
with
heads as (
    select
        position,
        payload,
        coalesce(payload.processed_at, payload.created_at) as refunded_at,
        coalesce(payload.refund_line_items[1].subtotal_set.shop_money.currency_code,
                 payload.refund_shipping_lines[1].subtotal_amount_set.shop_money.currency_code,
                 payload.order_adjustments[1].amount_set.shop_money.currency_code,
                 payload.total_duties_set.shop_money.currency_code,
                 payload.total_additional_fees_set.shop_money.currency_code,
                 payload.transactions[1].currency) as currency,
        coalesce(list_sum([coalesce(line.subtotal_amount_set.shop_money.amount, 0)
                           for line in payload.refund_shipping_lines]), 0) as shipping_lines
    from input
),
-- Which adjustments give shipping back. `kind` is gone from 2024-10 on: the reason tells then, or
-- that the amount is that of the refunded shipping lines.
refunds as (
    select
        *,
        [case
             when line.kind is not null then line.kind = 'shipping_refund'
             when line.reason is not null then lower(line.reason) like '%shipping%'
             else shipping_lines <> 0
                 and coalesce(line.amount_set.shop_money.amount, line.amount) = -shipping_lines
         end for line in payload.order_adjustments] as are_shipping
    from heads
),
lines as (
    select
        position,
        line_no,
        line.quantity as quantity,
        line.line_item.product_id as product_ref,
        line.line_item.variant_id as variant_id,
        line.line_item.sku as sku,
        case
            when coalesce(line.line_item.gift_card, false) then 'gift_card_sale'
            when coalesce(line.line_item.tip_payment_gateway, line.line_item.tip_payment_method,
                          line.line_item.tip) is not null then 'tip'
            else 'return'
        end as entry_type,
        coalesce(line.subtotal_set.shop_money.amount,
                 round_to(line.subtotal, 6, half_away_from_zero)) as subtotal,
        coalesce(line.total_tax_set.shop_money.amount,
                 round_to(line.total_tax, 6, half_away_from_zero), 0) as tax
    from (
        select
            position,
            unnest(payload.refund_line_items) as line,
            generate_subscripts(payload.refund_line_items, 1) as line_no
        from refunds
    )
),
-- Shopify signs these amounts itself, and the tax comes on top of them.
adjustments as (
    select
        position,
        20000 + line_no as line_no,
        is_shipping,
        coalesce(line.amount_set.shop_money.amount, line.amount) as amount,
        coalesce(line.tax_amount_set.shop_money.amount, line.tax_amount, 0) as tax
    from (
        select
            position,
            unnest(are_shipping) as is_shipping,
            unnest(payload.order_adjustments) as line,
            generate_subscripts(payload.order_adjustments, 1) as line_no
        from refunds
    )
),
-- Where both lists tell of refunded shipping, the adjustment does: it alone has the tax.
shipping as (
    select
        position,
        10000 + line_no as line_no,
        line.subtotal_amount_set.shop_money.amount as amount,
        coalesce(line.tax_amount_set.shop_money.amount, 0) as tax
    from (
        select
            position,
            unnest(payload.refund_shipping_lines) as line,
            generate_subscripts(payload.refund_shipping_lines, 1) as line_no
        from refunds
        where not coalesce(list_contains(are_shipping, true), false)
    )
),
charges as (
    select
        position,
        coalesce(payload.total_duties_set.shop_money.amount,
                 list_sum([part.amount_set.shop_money.amount for part in payload.duties]), 0)
            as duty,
        coalesce(payload.total_additional_fees_set.shop_money.amount,
                 list_sum([part.amount_set.shop_money.amount
                           for part in payload.additional_fees]), 0) as surcharge
    from refunds
),
-- What the refund comes to where the tax of its lines is included, and what its transactions say.
sums as (
    select
        refunds.position,
        coalesce(lines.subtotal, 0) + coalesce(shipping.amount, 0)
            - coalesce(adjustments.amount, 0) + charges.duty + charges.surcharge as with_tax,
        coalesce(lines.tax, 0) as line_tax,
        list_sum([part.amount for part in refunds.payload.transactions
                  if part.kind = 'refund' and part.status = 'success'
                     and coalesce(part.currency, refunds.currency) = refunds.currency]) as paid
    from refunds
    join charges on charges.position = refunds.position
    left join (select position, sum(subtotal) as subtotal, sum(tax) as tax from lines
               group by position) as lines on lines.position = refunds.position
    left join (select position, sum(amount + tax) as amount from shipping
               group by position) as shipping on shipping.position = refunds.position
    left join (select position, sum(amount + tax) as amount from adjustments
               group by position) as adjustments on adjustments.position = refunds.position
),
taxes as (
    select
        refunds.position,
        case
            when refunds.payload.taxes_included is not null then refunds.payload.taxes_included
            when sums.line_tax = 0 or sums.paid = sums.with_tax + sums.line_tax then false
            when sums.paid = sums.with_tax then true
            else error('whether the prices include the tax of this refund cannot be told: '
                       || 'add taxes_included to it, as a constant of the source')
        end as is_included
    from refunds
    join sums on sums.position = refunds.position
),
movements as (
    select lines.position, entry_type, line_no,
        -(subtotal - case when taxes.is_included then tax else 0 end) as amount,
        -quantity as quantity, product_ref, variant_id, sku
    from lines
    join taxes on taxes.position = lines.position
    union all
    select position, 'tax_refund', line_no, -tax, null, product_ref, variant_id, sku
    from lines
    where tax <> 0
    union all
    select position, 'shipping_refund', line_no, -amount, null, null, null, null
    from shipping
    where amount is distinct from 0
    union all
    select position, 'tax_refund', line_no, -tax, null, null, null, null
    from shipping
    where tax <> 0
    union all
    select position, case when is_shipping then 'shipping_refund' else 'adjustment' end,
        line_no, amount, null, null, null, null
    from adjustments
    where amount is distinct from 0
    union all
    select position, 'tax_refund', line_no, tax, null, null, null, null
    from adjustments
    where tax <> 0
    union all
    select position, 'duty', 1, -duty, null, null, null, null
    from charges
    where duty <> 0
    union all
    select position, 'surcharge', 1, -surcharge, null, null, null, null
    from charges
    where surcharge <> 0
    union all
    select refunds.position, 'refund_total', 1, -sums.paid, null, null, null, null
    from refunds
    join sums on sums.position = refunds.position
    where len([part for part in refunds.payload.transactions
               if part.kind = 'refund'
                  and (coalesce(part.status, 'pending') <> 'success' or part.amount is null
                       or coalesce(part.currency, refunds.currency) <> refunds.currency)]) = 0
        and sums.paid is not null
)
select
    movements.position,
    movements.entry_type,
    movements.line_no,
    refunds.refunded_at as occurred_at,
    cast(movements.amount as decimal(18, 6)) as amount,
    refunds.currency,
    movements.quantity,
    refunds.payload.order_id as order_ref,
    movements.product_ref,
    struct_pack(
        variant_id := movements.variant_id,
        sku := movements.sku,
        refund_id := refunds.payload.id) as attributes
from movements
-- Many movements to one refund.
join refunds on refunds.position = movements.position
