-- Grain: one record per contact.
-- Inputs: rows of a warehouse's table of contacts. Outputs: records contact.
-- Why: customers are matched by e-mail; merged ids lead from the contact that is gone to this one.
select
    position,
    1 as line_no,
    'contact' as record_type,
    payload.id as object_id,
    lower(coalesce(
        nullif(trim(payload.property_email), ''), nullif(trim(payload.property_email_1), '')
    )) as email,
    payload.id as customer_ref,
    case when coalesce(payload._fivetran_deleted, false) then 'archived' end as stage,
    nullif(
        trim(concat_ws(' ', trim(payload.property_firstname), trim(payload.property_lastname))), ''
    ) as name,
    {
        'archived': coalesce(payload._fivetran_deleted, false),
        'merged_ids': [
            trim(merged)
            for merged in string_split(nullif(payload.property_hs_merged_object_ids, ''), ';')
        ]
    } as attributes
from input
