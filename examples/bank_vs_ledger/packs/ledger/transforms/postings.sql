-- Grain: one row per ledger posting. Input: postings. Output: accounting entries.
-- Why: payment_ref is the payment's own end-to-end id; the reference, which both sides write, is an
-- attribute. The reconciliation matches by the one and falls back to the other.
select
    position,
    'posting' as entry_type,
    1 as line_no,
    payload.posted_at as occurred_at,
    payload.amount,
    payload.currency,
    nullif(trim(payload.end_to_end_id), '') as payment_ref,
    struct_pack(
        reference := nullif(trim(payload.reference), ''),
        account := payload.account_id,
        description := payload.description) as attributes
from input
