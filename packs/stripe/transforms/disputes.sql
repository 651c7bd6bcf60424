-- Grain: one record per dispute.
-- Inputs: disputes, `charge` expanded or not. Outputs: records dispute.
-- Why: the money of a dispute is its balance transactions (none while it is an inquiry); what is
-- still at stake, until when evidence is due and how it ended is found here.
with dispute as (
    select
        position,
        payload.id as dispute_ref,
        payload.amount as amount_minor,
        upper(payload.currency) as currency,
        payload.status as stage,
        payload.reason as reason,
        payload.evidence_details as evidence,
        payload.charge as charge_text,
        case when starts_with(payload.charge, '{') then payload.charge end as charge_object,
        payload.metadata.order_id as order_id,
        payload.metadata.order_ref as order_ref_text
    from input
)
select
    position,
    1 as line_no,
    'dispute' as record_type,
    dispute_ref as object_id,
    coalesce(
        nullif(trim(order_id), ''),
        nullif(trim(order_ref_text), ''),
        nullif(trim(json_extract_string(charge_object, '$.metadata.order_id')), ''),
        nullif(trim(json_extract_string(charge_object, '$.metadata.order_ref')), '')
    ) as order_ref,
    coalesce(
        json_extract_string(charge_object, '$.customer.id'),
        json_extract_string(charge_object, '$.customer')
    ) as customer_ref,
    stage,
    -- Claimed back: negative, as in the books.
    -from_minor_units(amount_minor, currency) as amount,
    currency,
    cast(evidence.due_by as date) as close_on,
    {
        'charge_ref': coalesce(json_extract_string(charge_object, '$.id'), charge_text),
        'reason': reason,
        'evidence_due_at': evidence.due_by,
        'has_evidence': evidence.has_evidence,
        'past_due': evidence.past_due
    } as attributes
from dispute
