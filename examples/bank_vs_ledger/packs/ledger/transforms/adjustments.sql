-- Grain: one row per adjustment. Input: adjustments. Output: accounting entries of their own type.
-- Why: an adjustment is not a posting; it never takes part in matching postings to the statement.
select
    position,
    'adjustment' as entry_type,
    1 as line_no,
    payload.adjustment_date as business_on,
    payload.amount,
    payload.currency,
    nullif(trim(payload.end_to_end_id), '') as payment_ref,
    struct_pack(
        reference := nullif(trim(payload.reference), ''),
        reason := payload.reason) as attributes
from input
