-- Grain: one row per sale movement of an order: each line, each line's discount, shipping, tax,
-- duty, tip, and the same again for what its refunds give back.
-- Input: Shopify orders (REST shape), shop money where the order has it.
-- Output: commerce entries on Shopify's own days: a sale on the day the order was processed, a
-- return on the day its refund was.
-- Why: gross_sale + discount + return = net sales; the sale's gross_sale, discount, shipping, tax,
-- duty, tip, surcharge and gift_card_sale = order_total. Where prices include tax, that tax is taken
-- out of the sale, the discount and the shipping, so that these mean the same in every shop.
with
orders as (
    select
        position,
        payload,
        coalesce(payload.processed_at, payload.created_at) as sold_at,
        coalesce(payload.taxes_included, false) as is_tax_included,
        coalesce(payload.duties_included, false) as is_duty_included,
        -- One minor unit of the currency in micros, to round to.
        cast(round_to(from_minor_units(1, payload.currency) * 1000000, 0, toward_zero) as hugeint)
            as unit_micros
    from input
    where not coalesce(payload.test, false)
),
-- What every movement of an order repeats, without the payload: it is joined to each of them.
heads as (
    select
        position,
        payload.currency as currency,
        payload.id as order_ref,
        payload.customer.id as customer_ref,
        payload.name as order_name,
        coalesce(payload.shipping_address.country_code,
                 payload.billing_address.country_code) as country,
        payload.source_name as source_name,
        payload.presentment_currency as presentment_currency
    from orders
),
line_items as (
    select
        position,
        sold_at,
        is_tax_included,
        is_duty_included,
        unit_micros,
        unnest(payload.line_items) as line,
        generate_subscripts(payload.line_items, 1) as line_no
    from orders
),
priced_lines as (
    select
        position,
        sold_at,
        unit_micros,
        line_no,
        line.product_id as product_ref,
        line.variant_id as variant_id,
        line.sku as sku,
        line.quantity as quantity,
        case
            when coalesce(line.gift_card, false) then 'gift_card_sale'
            when coalesce(line.tip_payment_gateway, line.tip_payment_method, line.tip) is not null
                then 'tip'
            else 'gross_sale'
        end as entry_type,
        cast(coalesce(line.price_set.shop_money.amount, line.price) * line.quantity
             as decimal(18, 6)) as price,
        cast(line.price_set.presentment_money.amount * line.quantity
             as decimal(18, 6)) as presentment_price,
        cast(coalesce(list_sum([coalesce(allocation.amount_set.shop_money.amount, allocation.amount)
                                for allocation in line.discount_allocations]), 0)
             as decimal(18, 6)) as discount,
        cast(list_sum([allocation.amount_set.presentment_money.amount
                       for allocation in line.discount_allocations])
             as decimal(18, 6)) as presentment_discount,
        cast(case when is_tax_included then
                 coalesce(list_sum([coalesce(tax.price_set.shop_money.amount, tax.price)
                                    for tax in line.tax_lines]), 0)
             else 0 end as decimal(18, 6)) as included_tax,
        cast(case when is_duty_included then
                 coalesce(list_sum([coalesce(duty.shop_money.amount, 0) for duty in line.duties]), 0)
             else 0 end as decimal(18, 6)) as included_duty
    from line_items
),
-- The tax included in a discount: the tax of the discounted price in proportion, rounded half up
-- to the currency's minor unit. In whole micros, so that no figure passes through a float;
-- amounts have six digits, so nothing is cut off.
split_lines as (
    select
        *,
        case
            when included_tax = 0 or discount = 0 or price = discount then cast(0 as decimal(18, 6))
            else cast((2 * cast(round_to(included_tax * 1000000, 0, toward_zero) as hugeint)
                         * cast(round_to(discount * 1000000, 0, toward_zero) as hugeint)
                       + cast(round_to((price - discount) * 1000000, 0, toward_zero) as hugeint)
                         * unit_micros)
                      // (2 * cast(round_to((price - discount) * 1000000, 0, toward_zero) as hugeint)
                         * unit_micros)
                      * unit_micros as decimal(38, 0)) * cast(0.000001 as decimal(7, 6))
        end as discount_tax
    from priced_lines
),
shipping_items as (
    select
        position,
        sold_at,
        is_tax_included,
        unnest(payload.shipping_lines) as line,
        generate_subscripts(payload.shipping_lines, 1) as line_no
    from orders
),
shipping as (
    select
        position,
        sold_at,
        line_no,
        cast(case
                 when len(line.discount_allocations) > 0 then
                     coalesce(line.price_set.shop_money.amount, line.price)
                     - list_sum([coalesce(cut.amount_set.shop_money.amount, cut.amount)
                                 for cut in line.discount_allocations])
                 else coalesce(line.discounted_price_set.shop_money.amount, line.discounted_price,
                               line.price_set.shop_money.amount, line.price)
             end as decimal(18, 6)) as price,
        cast(coalesce(line.discounted_price_set.presentment_money.amount,
                      line.price_set.presentment_money.amount)
             as decimal(18, 6)) as presentment_price,
        cast(case when is_tax_included then
                 coalesce(list_sum([coalesce(tax.price_set.shop_money.amount, tax.price)
                                    for tax in line.tax_lines]), 0)
             else 0 end as decimal(18, 6)) as included_tax
    from shipping_items
    where not coalesce(line.is_removed, false)
),
totals as (
    select
        position,
        sold_at,
        is_tax_included,
        is_duty_included,
        coalesce(payload.current_total_price_set.shop_money.amount, payload.current_total_price,
                 case when payload.cancelled_at is not null or payload.financial_status = 'voided'
                      then 0 end) as current_total,
        payload.cancelled_at is not null or payload.financial_status = 'voided'
            or coalesce(len(payload.refunds), 0) > 0 as is_given_back,
        -- Shopify does not say whether what stands counts an amount given back without a line.
        len(list_filter(flatten([refund.order_adjustments for refund in payload.refunds]),
                        lambda line: not coalesce(line.kind = 'shipping_refund',
                                                  lower(line.reason) like '%shipping%', false)))
            > 0 as has_amount_given_back,
        coalesce(payload.total_price_set.shop_money.amount, payload.total_price) as total,
        payload.total_price_set.presentment_money.amount as presentment_total,
        cast(coalesce(payload.total_tax_set.shop_money.amount, payload.total_tax,
                      list_sum([coalesce(tax.price_set.shop_money.amount, tax.price)
                                for tax in payload.tax_lines]), 0) as decimal(18, 6)) as tax,
        payload.total_tax_set.presentment_money.amount as presentment_tax,
        coalesce(payload.original_total_duties_set.shop_money.amount, 0) as duty,
        payload.original_total_duties_set.presentment_money.amount as presentment_duty,
        coalesce(payload.original_total_additional_fees_set.shop_money.amount, 0) as surcharge,
        coalesce(payload.total_tip_received, 0) as tip,
        coalesce(payload.total_discounts_set.shop_money.amount,
                 payload.total_discounts, 0) as discount,
        payload.total_discounts_set.presentment_money.amount as presentment_discount,
        len(list_filter(flatten([[line.discount_allocations for line in payload.line_items],
                                 [line.discount_allocations for line in payload.shipping_lines
                                  if not coalesce(line.is_removed, false)]]),
                        lambda allocations: len(allocations) > 0)) > 0 as is_discount_allocated
    from orders
),
-- One row per order (position), so the joins below keep the number of orders.
line_sums as (
    select
        position,
        sum(included_tax) as included_tax,
        sum(included_duty) as included_duty,
        sum(case when entry_type = 'tip' then price else 0 end) as tip
    from priced_lines
    group by position
),
shipping_sums as (
    select
        position,
        sum(included_tax) as included_tax
    from shipping
    group by position
),
rests as (
    select
        totals.*,
        case when totals.is_tax_included then
            totals.tax - coalesce(line_sums.included_tax, 0)
            - coalesce(shipping_sums.included_tax, 0)
        else 0 end as tax_on_no_line,
        case when totals.is_duty_included then totals.duty - coalesce(line_sums.included_duty, 0)
             else 0 end as duty_on_no_line,
        totals.tip - coalesce(line_sums.tip, 0) as tip_on_no_line
    from totals
    left join line_sums on line_sums.position = totals.position
    left join shipping_sums on shipping_sums.position = totals.position
),
-- What an order has once. One list per order instead of one pass over the orders for each.
order_movements as (
    select
        position,
        sold_at,
        unnest([
            {'entry_type': 'order_count', 'line_no': 1, 'amount': cast(0 as decimal(18, 6)),
             'quantity': 1, 'presentment_amount': cast(null as decimal(18, 6))},
            {'entry_type': 'order_total', 'line_no': 1, 'amount': total,
             'quantity': null, 'presentment_amount': presentment_total},
            -- Only where it can differ from the total.
            {'entry_type': 'current_total', 'line_no': 1,
             'amount': case when not coalesce(has_amount_given_back, false)
                                and (is_given_back or current_total <> total)
                            then current_total end,
             'quantity': null, 'presentment_amount': null},
            {'entry_type': 'tax', 'line_no': 1, 'amount': tax,
             'quantity': null, 'presentment_amount': presentment_tax},
            {'entry_type': 'duty', 'line_no': 1, 'amount': duty,
             'quantity': null, 'presentment_amount': presentment_duty},
            {'entry_type': 'surcharge', 'line_no': 1, 'amount': surcharge,
             'quantity': null, 'presentment_amount': null},
            {'entry_type': 'tip', 'line_no': 0, 'amount': greatest(tip_on_no_line, 0),
             'quantity': null, 'presentment_amount': null},
            {'entry_type': 'gross_sale', 'line_no': 0, 'amount': -tax_on_no_line - duty_on_no_line,
             'quantity': null, 'presentment_amount': null},
            {'entry_type': 'discount', 'line_no': 0,
             'amount': case when is_discount_allocated then 0 else -discount end,
             'quantity': null, 'presentment_amount': -presentment_discount}
        ]) as movement
    from rests
),
refund_heads as (
    select
        *,
        coalesce(refund.processed_at, refund.created_at) as refunded_at,
        coalesce(list_sum([coalesce(line.subtotal_amount_set.shop_money.amount, 0)
                           for line in refund.refund_shipping_lines]), 0) as shipping_lines
    from (
        select
            position,
            is_tax_included,
            is_duty_included,
            payload.currency as currency,
            payload.total_cash_rounding_refund_adjustment_set.shop_money.amount as rounded_by,
            len(payload.refunds) as refund_count,
            payload.line_items as line_items,
            unnest(payload.refunds) as refund,
            generate_subscripts(payload.refunds, 1) as refund_no
        from orders
    )
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
         end for line in refund.order_adjustments] as are_shipping
    from refund_heads
),
refund_items as (
    select
        position,
        is_tax_included,
        refund_no,
        refund.id as refund_id,
        refunded_at,
        line_items,
        unnest(refund.refund_line_items) as line,
        generate_subscripts(refund.refund_line_items, 1) as line_no
    from refunds
),
refund_lines as (
    select
        position,
        refund_id,
        refunded_at,
        -- Room for ten thousand lines in a refund keeps the numbers unique within the order.
        refund_no * 10000 + line_no as line_no,
        line.quantity as quantity,
        coalesce(line.line_item.product_id, found.product_id) as product_ref,
        coalesce(line.line_item.variant_id, found.variant_id) as variant_id,
        coalesce(line.line_item.sku, found.sku) as sku,
        -- What comes back is of the kind that was sold.
        case
            when coalesce(line.line_item.gift_card, found.gift_card, false) then 'gift_card_sale'
            when coalesce(line.line_item.tip_payment_gateway, line.line_item.tip_payment_method,
                          line.line_item.tip, found.tip_payment_gateway, found.tip_payment_method,
                          found.tip) is not null then 'tip'
            else 'return'
        end as entry_type,
        -- Shopify writes these two as floats, exact text only in the sets.
        coalesce(line.subtotal_set.shop_money.amount,
                 round_to(line.subtotal, 6, half_away_from_zero)) as subtotal,
        line.subtotal_set.presentment_money.amount as presentment_subtotal,
        coalesce(line.total_tax_set.shop_money.amount,
                 round_to(line.total_tax, 6, half_away_from_zero), 0) as tax,
        is_tax_included
    from (
        select
            *,
            list_filter(line_items, lambda candidate:
                candidate.id = line.line_item_id)[1] as found
        from refund_items
    )
),
-- Amounts are signed by Shopify: what the customer got is negative; the tax comes on top of the
-- amount, in every shop.
adjustments as (
    select
        position,
        refund_id,
        refunded_at,
        refund_no * 10000 + 5000 + line_no as line_no,
        is_shipping,
        coalesce(line.amount_set.shop_money.amount, line.amount) as amount,
        line.amount_set.presentment_money.amount as presentment_amount,
        coalesce(line.tax_amount_set.shop_money.amount, line.tax_amount, 0) as tax
    from (
        select
            position,
            refund_no,
            refund.id as refund_id,
            refunded_at,
            unnest(are_shipping) as is_shipping,
            unnest(refund.order_adjustments) as line,
            generate_subscripts(refund.order_adjustments, 1) as line_no
        from refunds
    )
),
-- Where both lists tell of refunded shipping, the adjustment does: it alone has the tax.
refund_shipping as (
    select
        position,
        refund_id,
        refunded_at,
        refund_no * 10000 + line_no as line_no,
        line.subtotal_amount_set.shop_money.amount as amount,
        line.subtotal_amount_set.presentment_money.amount as presentment_amount,
        coalesce(line.tax_amount_set.shop_money.amount, 0) as tax
    from (
        select
            position,
            refund.id as refund_id,
            refunded_at,
            refund_no,
            unnest(refund.refund_shipping_lines) as line,
            generate_subscripts(refund.refund_shipping_lines, 1) as line_no
        from refunds
        where not coalesce(list_contains(are_shipping, true), false)
    )
),
-- Duties and fees of a refund, each once; the total where it is stated.
refund_charges as (
    select
        position,
        refund_id,
        refunded_at,
        refund_no * 10000 as line_no,
        unnest([
            {'entry_type': 'duty', 'amount': duty, 'presentment_amount': presentment_duty},
            -- Where prices include duty, the value of the lines that came back held it.
            {'entry_type': 'return', 'amount': case when is_duty_included then -duty else 0 end,
             'presentment_amount': null},
            {'entry_type': 'surcharge', 'amount': surcharge,
             'presentment_amount': presentment_surcharge}
        ]) as charge
    from (
        select
            position,
            refund_no,
            refund.id as refund_id,
            refunded_at,
            is_duty_included,
            coalesce(refund.total_duties_set.shop_money.amount,
                     list_sum([part.amount_set.shop_money.amount for part in refund.duties]), 0)
                as duty,
            refund.total_duties_set.presentment_money.amount as presentment_duty,
            coalesce(refund.total_additional_fees_set.shop_money.amount,
                     list_sum([part.amount_set.shop_money.amount
                               for part in refund.additional_fees]), 0) as surcharge,
            refund.total_additional_fees_set.presentment_money.amount as presentment_surcharge
        from refunds
    )
    where duty <> 0 or surcharge <> 0
),
-- What a refund's own transactions gave back: known once none is pending, and all are in the
-- shop's currency. Cash is rounded, what was given back is not: the order states the difference
-- of all its refunds, taken off the last.
refund_payments as (
    select
        position,
        refund_no * 10000 as line_no,
        refund.id as refund_id,
        refunded_at,
        coalesce(list_sum([part.amount for part in parts if part.status = 'success']), 0)
            - case when refund_no = refund_count then coalesce(rounded_by, 0) else 0 end as amount
    from (
        select
            *,
            [part for part in refund.transactions if part.kind = 'refund'] as parts
        from refunds
    )
    where len(parts) > 0
        and len([part for part in parts
                 if coalesce(part.status, 'pending') = 'pending' or part.amount is null
                    or coalesce(part.currency, currency) <> currency]) = 0
),
-- An order that was cancelled before anything was refunded: Shopify writes no refund then, and its
-- reports take the sale back on the day of the cancellation.
cancellations as (
    select
        position,
        payload.cancelled_at as cancelled_at,
        sold_at,
        -- Nobody has to pay what was called off before it was paid, or to give it back.
        case when payload.financial_status in ('pending', 'authorized', 'voided', 'expired')
             then coalesce(payload.total_price_set.shop_money.amount, payload.total_price)
        end as uncollected
    from orders
    where payload.cancelled_at is not null and coalesce(len(payload.refunds), 0) = 0
),
sales as (
    select position, entry_type, line_no, sold_at as occurred_at,
        case when entry_type = 'gross_sale'
                 then price - included_tax - discount_tax - included_duty
             else price - discount - included_tax end as amount,
        quantity, product_ref, variant_id, sku, null as refund_id,
        presentment_price as presentment_amount
    from split_lines
    union all
    select position, 'discount', line_no, sold_at, discount_tax - discount,
        null, product_ref, variant_id, sku, null, -presentment_discount
    from split_lines
    where discount <> 0 and entry_type = 'gross_sale'
    union all
    select position, 'shipping', line_no, sold_at, price - included_tax,
        null, null, null, null, null, presentment_price
    from shipping
    where price <> 0
    union all
    select position, movement.entry_type, movement.line_no, sold_at, movement.amount,
        movement.quantity, null, null, null, null, movement.presentment_amount
    from order_movements
    where movement.amount <> 0 or movement.entry_type = 'order_count'
        or (movement.entry_type = 'current_total' and movement.amount is not null)
),
movements as (
    select *
    from sales
    union all
    select sales.position,
        case entry_type
            when 'gross_sale' then 'return'
            when 'discount' then 'return'
            when 'shipping' then 'shipping_refund'
            when 'tax' then 'tax_refund'
            else entry_type
        end,
        case when entry_type = 'discount' then 20000 else 10000 end + line_no,
        cancelled_at, -amount, -quantity, product_ref, variant_id, sku, null, -presentment_amount
    from sales
    -- At most one cancellation to an order.
    join cancellations on cancellations.position = sales.position
    where entry_type not in ('order_count', 'order_total', 'current_total')
    union all
    select position, 'uncollected', 1, sold_at, -uncollected,
        null, null, null, null, null, null
    from cancellations
    where uncollected <> 0
    union all
    select position, 'uncollected', 2, cancelled_at, uncollected,
        null, null, null, null, null, null
    from cancellations
    where uncollected <> 0
    union all
    select position, entry_type, line_no, refunded_at,
        -(subtotal - case when is_tax_included then tax else 0 end),
        -quantity, product_ref, variant_id, sku, refund_id, -presentment_subtotal
    from refund_lines
    union all
    select position, 'tax_refund', line_no, refunded_at, -tax,
        null, product_ref, variant_id, sku, refund_id, null
    from refund_lines
    where tax <> 0
    union all
    select position, 'shipping_refund', line_no, refunded_at, -amount,
        null, null, null, null, refund_id, -presentment_amount
    from refund_shipping
    where amount is distinct from 0
    union all
    select position, 'tax_refund', line_no + 3000, refunded_at, -tax,
        null, null, null, null, refund_id, null
    from refund_shipping
    where tax <> 0
    union all
    select position, case when is_shipping then 'shipping_refund' else 'adjustment' end,
        line_no, refunded_at, amount,
        null, null, null, null, refund_id, presentment_amount
    from adjustments
    where amount is distinct from 0
    union all
    select position, 'tax_refund', line_no, refunded_at, tax,
        null, null, null, null, refund_id, null
    from adjustments
    where tax <> 0
    union all
    select position, charge.entry_type, line_no, refunded_at, -charge.amount,
        null, null, null, null, refund_id, -charge.presentment_amount
    from refund_charges
    where charge.amount <> 0
    union all
    select position, 'refund_total', line_no, refunded_at, -amount,
        null, null, null, null, refund_id, null
    from refund_payments
)
select
    movements.position,
    movements.entry_type,
    movements.line_no,
    movements.occurred_at,
    cast(movements.amount as decimal(18, 6)) as amount,
    heads.currency,
    movements.quantity,
    heads.order_ref,
    heads.customer_ref,
    movements.product_ref,
    struct_pack(
        order_name := heads.order_name,
        country := heads.country,
        source_name := heads.source_name,
        variant_id := movements.variant_id,
        sku := movements.sku,
        refund_id := movements.refund_id,
        presentment_amount := cast(movements.presentment_amount as varchar),
        presentment_currency := heads.presentment_currency) as attributes
from movements
-- Many movements to one order.
join heads on heads.position = movements.position
