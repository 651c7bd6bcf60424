-- Grain: one row for the value that came back with a refunded line, one for its tax.
-- Input: a warehouse's table of refunded lines. Output: commerce entries.
-- Why: the table has no day of its own; the day of the sync stands in unless the export adds
-- refunded_at, and the attribute date_basis says which of the two it was. Nor does it know whether
-- the prices include tax, or that a line was a gift card or a tip: the export adds that too.
with
amounts as (
    select
        position,
        case
            when coalesce(payload.gift_card, false) then 'gift_card_sale'
            when nullif(payload.tip_payment_gateway, '') is not null then 'tip'
            else 'return'
        end as entry_type,
        case
            when coalesce(payload.total_tax, 0) = 0 or payload.taxes_included = false
                then -payload.subtotal
            when payload.taxes_included then payload.total_tax - payload.subtotal
            else error('whether the prices include the tax of this line cannot be told: '
                       || 'join taxes_included to it, or add it as a constant of the source')
        end as amount,
        -payload.quantity as quantity
    from input
    union all
    select position, 'tax_refund', -payload.total_tax, null
    from input
    where coalesce(payload.total_tax, 0) <> 0
)
select
    amounts.position,
    amounts.entry_type,
    1 as line_no,
    coalesce(input.payload.refunded_at, input.payload._fivetran_synced) as occurred_at,
    amounts.amount,
    input.payload.currency,
    amounts.quantity,
    nullif(input.payload.order_id, '') as order_ref,
    struct_pack(
        refund_id := input.payload.refund_id,
        order_line_id := input.payload.order_line_id,
        date_basis := case when input.payload.refunded_at is null then 'synced' else 'processed' end
    ) as attributes
from amounts
-- One or two amounts to one row.
join input on input.position = amounts.position
