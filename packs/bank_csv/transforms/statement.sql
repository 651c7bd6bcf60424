-- Grain: one row per statement line.
-- Input: bank statement lines, amount signed from the account holder's side.
-- Output: bank entries on the day the bank booked them.
-- Why: what comes in is a credit, what goes out a debit; the booking day is the bank's own date.
select
    position,
    case when payload.amount > 0 then 'bank_credit' else 'bank_debit' end as entry_type,
    1 as line_no,
    payload.booked_on as business_on,
    payload.amount,
    payload.currency,
    nullif(trim(payload.order_ref), '') as order_ref,
    nullif(trim(payload.payment_ref), '') as payment_ref,
    nullif(trim(payload.payout_ref), '') as payout_ref,
    struct_pack(
        reference := nullif(trim(payload.reference), ''),
        description := payload.description,
        counterparty := payload.counterparty,
        account := payload.account,
        value_on := cast(payload.value_on as varchar)) as attributes
from input
