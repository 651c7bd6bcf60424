-- Grain: one record per contact and e-mail address, at least one per contact.
-- Inputs: contacts of the CRM API. Outputs: records contact.
-- Why: customers are matched by e-mail, and a contact may have several.
with contact as (
    select
        position,
        payload.id as contact_ref,
        payload.properties as property,
        coalesce(payload.archived, false) as is_archived,
        -- The primary address first, then the others; blank ones and repetitions fall out.
        list_distinct([
            lower(trim(address))
            for address in list_prepend(
                payload.properties.email,
                string_split(coalesce(payload.properties.hs_additional_emails, ''), ';')
            )
            if trim(address) <> ''
        ]) as emails
    from input
),
address as (
    select
        contact.*,
        unnest(case when len(emails) = 0 then [null] else list_sort(emails) end) as email,
        generate_subscripts(
            case when len(emails) = 0 then [null] else list_sort(emails) end, 1
        ) as line_no
    from contact
)
select
    position,
    line_no,
    'contact' as record_type,
    contact_ref as object_id,
    email,
    contact_ref as customer_ref,
    case when is_archived then 'archived' else nullif(property.lifecyclestage, '') end as stage,
    nullif(trim(concat_ws(' ', trim(property.firstname), trim(property.lastname))), '') as name,
    {
        'archived': is_archived,
        'is_primary': coalesce(email = lower(trim(property.email)), false),
        'merged_ids': [
            trim(merged) for merged in string_split(property.hs_merged_object_ids, ';')
        ]
    } as attributes
from address
