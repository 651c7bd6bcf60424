#include "stages/enrich/touch_sql.hpp"

#include "base/text/text.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

std::string lower_list(const std::vector<std::string>& texts) {
    std::string list;
    for (const std::string& text : texts) {
        if (!list.empty()) list += ", ";
        list += quote_literal(to_lower_ascii(trim(text)));
    }
    return list;
}

std::string condition_sql(const std::string& field, const std::vector<std::string>& values) {
    const std::string column = field == "referrer" ? "referrer" : "utm_" + field;
    for (const std::string& value : values) {
        if (value == "*") return fmt::format("{} <> ''", column);
    }
    // A referrer is a URL: it holds the value rather than being it.
    if (field == "referrer") {
        std::string any;
        for (const std::string& value : values) {
            if (!any.empty()) any += " or ";
            any += fmt::format("contains({}, {})", column, quote_literal(to_lower_ascii(value)));
        }
        return "(" + any + ")";
    }
    return fmt::format("{} in ({})", column, lower_list(values));
}

std::string channel_sql(const AttributionDefinition& model) {
    if (model.channels.empty()) return "'unknown'";
    std::string sql = "case";
    for (const ChannelRule& rule : model.channels) {
        std::string all;
        for (const auto& [field, values] : rule.when) {
            if (!all.empty()) all += " and ";
            all += condition_sql(field, values);
        }
        sql += fmt::format(" when {} then {}", all.empty() ? "true" : all,
                           quote_literal(rule.channel));
    }
    return sql + " else 'unknown' end";
}

std::string mapped_campaign_sql(const AttributionDefinition& model) {
    if (model.campaign_mappings.empty()) return "utm_campaign";
    std::string sql = "case utm_campaign";
    for (const auto& [written, meant] : model.campaign_mappings) {
        sql += fmt::format(" when {} then {}", quote_literal(to_lower_ascii(trim(written))),
                           quote_literal(to_lower_ascii(trim(meant))));
    }
    return sql + " else utm_campaign end";
}

}  // namespace

bool is_campaign_checked(const AttributionDefinition& model) {
    return !model.campaigns_known.empty() || !model.campaigns_known_from.empty();
}

std::string known_campaigns_cte(const ClientDefinition& client,
                                const AttributionDefinition& model) {
    std::string sql = "known_campaigns as (select '' as name";
    if (!model.campaigns_known.empty()) {
        sql += fmt::format(" union select unnest([{}])", lower_list(model.campaigns_known));
    }
    if (!model.campaigns_known_from.empty()) {
        sql += fmt::format(
            " union select lower(trim(name)) from records where client_id = {} and source in ({})"
            " and record_type = 'campaign' and name is not null",
            quote_literal(client.id.text()), lower_list(model.campaigns_known_from));
    }
    return sql + ")";
}

std::string touches_cte(const ClientDefinition& client, const AttributionDefinition& model) {
    // customers has one row per source and reference, so the join multiplies nothing.
    return fmt::format(
        "cleaned as (select t.position, t.occurred_at, t.order_ref,"
        "  coalesce(k.customer_id, t.source || '/' || t.customer_ref) as customer_id,"
        "  lower(trim(coalesce(utm_source, ''))) as utm_source,"
        "  lower(trim(coalesce(utm_medium, ''))) as utm_medium,"
        "  lower(trim(coalesce(utm_campaign, ''))) as utm_campaign,"
        "  lower(trim(coalesce(referrer, ''))) as referrer"
        "  from touchpoints t left join customers k on k.client_id = t.client_id"
        "   and k.source = t.source and k.customer_ref = t.customer_ref"
        "  where t.client_id = {0}"
        "   and t.position not in (select position from supersessions where client_id = {0})),"
        " mapped as (select *, {1} as channel, {2} as mapped_campaign from cleaned),"
        " touches as (select position, occurred_at, order_ref, customer_id, channel,"
        "  utm_campaign as written_campaign, {3} as campaign from mapped)",
        quote_literal(client.id.text()), channel_sql(model), mapped_campaign_sql(model),
        is_campaign_checked(model)
            ? "case when mapped_campaign in (select name from known_campaigns) then mapped_campaign"
              " else 'unknown' end"
            : "mapped_campaign");
}

}  // namespace meshline
