-- Grain: one row per thing a refund gives back: each line, its tax, shipping, duty, discrepancy.
-- Input: Shopify refunds captured on their own. Output: commerce entries on the refund's day.
-- Why: for orders that are captured without their refunds only; order_entries.sql books the same
-- refunds where they come inside the order. The refund does not say whether the shop's prices
-- include tax, so its subtotal is taken as written.
with
refunds as (
    select
        position,
        payload,
        coalesce(payload.processed_at, payload.created_at) as refunded_at,
        coalesce(payload.refund_line_items[1].subtotal_set.shop_money.currency_code,
                 payload.refund_shipping_lines[1].subtotal_amount_set.shop_money.currency_code,
                 payload.order_adjustments[1].amount_set.shop_money.currency_code,
                 payload.total_duties_set.shop_money.currency_code,
                 payload.transactions[1].currency) as currency
    from input
),
lines as (
    select
        position,
        line_no,
        line.quantity as quantity,
        line.line_item as sold,
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
shipping as (
    select
        position,
        10000 + line_no as line_no,
        coalesce(line.subtotal_amount_set.shop_money.amount, 0) as amount,
        coalesce(line.tax_amount_set.shop_money.amount, 0) as tax
    from (
        select
            position,
            unnest(payload.refund_shipping_lines) as line,
            generate_subscripts(payload.refund_shipping_lines, 1) as line_no
        from refunds
    )
),
-- Shopify signs these amounts itself. The shipping refund that versions before 2024-10 write here
-- must not count beside refund_shipping_lines.
adjustments as (
    select
        position,
        20000 + line_no as line_no,
        coalesce(line.kind = 'shipping_refund', false) as is_shipping,
        coalesce(line.amount_set.shop_money.amount, line.amount, 0) as amount,
        coalesce(line.tax_amount_set.shop_money.amount, line.tax_amount, 0) as tax
    from (
        select
            position,
            coalesce(len(payload.refund_shipping_lines), 0) > 0 as has_shipping_lines,
            unnest(payload.order_adjustments) as line,
            generate_subscripts(payload.order_adjustments, 1) as line_no
        from refunds
    )
    where not (has_shipping_lines and coalesce(line.kind = 'shipping_refund', false))
),
movements as (
    select position,
        case when coalesce(sold.gift_card, false) then 'gift_card_sale' else 'return' end
            as entry_type,
        line_no, -subtotal as amount, -quantity as quantity,
        sold.product_id as product_ref, sold.variant_id as variant_id, sold.sku as sku
    from lines
    union all
    select position, 'tax_refund', line_no, -tax, null, sold.product_id, sold.variant_id, sold.sku
    from lines
    where tax <> 0
    union all
    select position, 'shipping_refund', line_no, -amount, null, null, null, null
    from shipping
    where amount <> 0
    union all
    select position, 'tax_refund', line_no, -tax, null, null, null, null
    from shipping
    where tax <> 0
    union all
    select position, case when is_shipping then 'shipping_refund' else 'adjustment' end,
        line_no, amount, null, null, null, null
    from adjustments
    where amount <> 0
    union all
    select position, 'tax_refund', line_no, tax, null, null, null, null
    from adjustments
    where tax <> 0
    union all
    select position, 'duty', 1, -payload.total_duties_set.shop_money.amount, null, null, null, null
    from refunds
    where coalesce(payload.total_duties_set.shop_money.amount, 0) <> 0
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
