-- Grain: one record per balance that was read and currency.
-- Inputs: balances with the day they hold for. Outputs: records balance, of no named account.
-- Why: available and pending funds together are what the nets of the balance transactions come to;
-- that one turns into the other moves nothing.
with
funds as (
    select
        position,
        unnest(list_concat(payload.available, payload.pending)) as fund
    from input
),
totals as (
    select
        position,
        upper(fund.currency) as currency,
        sum(fund.amount) as amount_minor
    from funds
    group by position, upper(fund.currency)
)
select
    totals.position,
    -- The currency's place in the alphabet of this balance: the same in every order of the list.
    cast(count(*) over (
        partition by totals.position
        order by totals.currency
    ) as integer) as line_no,
    'balance' as record_type,
    from_minor_units(cast(totals.amount_minor as bigint), totals.currency) as amount,
    totals.currency
from totals
