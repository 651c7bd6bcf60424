-- Grain: one row for the adjustment, one for its tax.
-- Input: a warehouse's table of order adjustments. Output: commerce entries, signed by Shopify.
-- Why: the table has no day of its own; the day of the sync stands in unless the export adds
-- refunded_at, and the attribute date_basis says which of the two it was.
with
amounts as (
    select
        position,
        -- Without `kind` (2024-10 on) the reason tells.
        case
            when nullif(payload.kind, '') is null then
                case when lower(payload.reason) like '%shipping%' then 'shipping_refund'
                     else 'adjustment' end
            when payload.kind = 'shipping_refund' then 'shipping_refund'
            else 'adjustment'
        end as entry_type,
        payload.amount as amount
    from input
    union all
    select position, 'tax_refund', payload.tax_amount
    from input
    where coalesce(payload.tax_amount, 0) <> 0
)
select
    amounts.position,
    amounts.entry_type,
    1 as line_no,
    coalesce(input.payload.refunded_at, input.payload._fivetran_synced) as occurred_at,
    amounts.amount,
    input.payload.currency,
    input.payload.order_id as order_ref,
    struct_pack(
        refund_id := input.payload.refund_id,
        date_basis := case when input.payload.refunded_at is null then 'synced' else 'processed' end
    ) as attributes
from amounts
-- One or two amounts to one row.
join input on input.position = amounts.position
