-- Grain: one record per e-mail address of a contact (at least one), and one per id merged into it.
-- Inputs: contacts of the CRM API. Outputs: records contact.
-- Why: customers are matched by e-mail. A merge gives the contact a new id, so what still names an
-- old one (a deal, an order) must find the same person.
with contact as (
    select
        position,
        payload.id as contact_ref,
        payload.properties as property,
        coalesce(payload.archived, false) as is_archived,
        nullif(lower(trim(payload.properties.email)), '') as primary_email,
        -- Sorted, so that the same contact always gives the same lines.
        list_sort(list_distinct([
            lower(trim(address))
            for address in string_split(coalesce(payload.properties.hs_additional_emails, ''), ';')
            if trim(address) <> ''
                and lower(trim(address)) <> coalesce(lower(trim(payload.properties.email)), '')
        ])) as other_emails,
        list_sort(list_distinct([
            trim(merged)
            for merged in string_split(coalesce(payload.properties.hs_merged_object_ids, ''), ';')
            if trim(merged) <> '' and trim(merged) <> payload.id
        ])) as merged_ids
    from input
),
identity as (
    select
        *,
        list_concat(
            [{'customer_ref': contact_ref, 'email': primary_email}],
            [{'customer_ref': contact_ref, 'email': address} for address in other_emails],
            [{'customer_ref': merged, 'email': primary_email} for merged in merged_ids]
        ) as known_as
    from contact
),
line as (
    select
        *,
        unnest(known_as) as known,
        generate_subscripts(known_as, 1) as line_no
    from identity
)
select
    position,
    line_no,
    'contact' as record_type,
    contact_ref as object_id,
    known.email as email,
    known.customer_ref as customer_ref,
    case when is_archived then 'archived' else nullif(property.lifecyclestage, '') end as stage,
    nullif(trim(concat_ws(' ', trim(property.firstname), trim(property.lastname))), '') as name,
    {'archived': is_archived, 'merged_ids': merged_ids} as attributes
from line
