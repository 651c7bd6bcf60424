-- Grain: one record per contact, and one per id merged into it.
-- Inputs: rows of a warehouse's table of contacts. Outputs: records contact.
-- Why: customers are matched by e-mail, and what still names a merged id must find the same person.
with contact as (
    select
        position,
        payload.id as contact_ref,
        coalesce(payload._fivetran_deleted, false) as is_archived,
        lower(coalesce(
            nullif(trim(payload.property_email), ''), nullif(trim(payload.property_email_1), '')
        )) as email,
        nullif(
            trim(concat_ws(
                ' ', trim(payload.property_firstname), trim(payload.property_lastname)
            )),
            ''
        ) as name,
        -- Sorted, so that the same contact always gives the same lines.
        list_sort(list_distinct([
            trim(merged)
            for merged in string_split(coalesce(payload.property_hs_merged_object_ids, ''), ';')
            if trim(merged) <> '' and trim(merged) <> payload.id
        ])) as merged_ids
    from input
),
line as (
    select
        *,
        unnest(list_concat([contact_ref], merged_ids)) as customer_ref,
        generate_subscripts(list_concat([contact_ref], merged_ids), 1) as line_no
    from contact
)
select
    position,
    line_no,
    'contact' as record_type,
    contact_ref as object_id,
    email,
    customer_ref,
    case when is_archived then 'archived' end as stage,
    name,
    {'archived': is_archived, 'merged_ids': merged_ids} as attributes
from line
