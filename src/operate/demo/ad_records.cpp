#include "base/json/json.hpp"
#include "operate/demo/faults.hpp"
#include "operate/demo/records.hpp"

namespace meshline {
namespace {

using Platform = DemoCampaign::Platform;

/// A day's row is there when the day is over at the account.
bool is_reported(const Trade& trade, const TradeAdDay& row, const ExportWindow& window) {
    return window.holds(trade.at(row.day + 1, 0));
}

/// "act_220117730041" is the account 220117730041 where Meta writes it as a field.
std::string account_number(const std::string& account) {
    return account.substr(account.find('_') + 1);
}

}  // namespace

std::string write_google_campaign_days(const Trade& trade, const ExportWindow& window,
                                       bool is_corrected) {
    const std::string& account = trade.profile.google_account;
    JsonWriter json;
    json.begin_object().key("results").begin_array();
    for (const TradeAdDay& row : trade.ad_days) {
        const DemoCampaign& campaign = trade.profile.campaigns[row.campaign];
        if (campaign.platform != Platform::google) continue;
        const bool is_reread = is_corrected && row.spend_at_first != 0;
        if (!is_reread && !is_reported(trade, row, window)) continue;
        const bool is_low = row.spend_at_first != 0 && !is_reread;
        const std::int64_t spend = is_low ? row.spend_at_first : row.spend;
        json.begin_object();
        json.key("customer")
            .begin_object()
            .member("resourceName", "customers/" + account)
            .member("id", account)
            .member("currencyCode", trade.profile.currency)
            .member("timeZone", trade.profile.zone)
            .end_object();
        json.key("campaign")
            .begin_object()
            .member("resourceName", "customers/" + account + "/campaigns/" + campaign.id)
            .member("id", campaign.id)
            .member("name", campaign.name)
            .member("status", "ENABLED")
            .member("advertisingChannelType", "SEARCH")
            .end_object();
        json.key("segments").begin_object().member("date", trade.date_of(row.day).text());
        json.end_object();
        // Whole numbers of 64 bits are text in the API's JSON.
        json.key("metrics")
            .begin_object()
            .member("costMicros", std::to_string(money_of(trade, spend).amount.micros()))
            .member("clicks", std::to_string(row.clicks))
            .member("impressions", std::to_string(row.impressions))
            .end_object();
        json.end_object();
    }
    json.end_array();
    json.member("fieldMask",
                "customer.id,customer.currencyCode,customer.timeZone,campaign.id,campaign.name,"
                "campaign.status,campaign.advertisingChannelType,segments.date,"
                "metrics.costMicros,metrics.clicks,metrics.impressions");
    json.end_object();
    return json.take();
}

std::string write_meta_insights(const Trade& trade, const ExportWindow& window) {
    JsonWriter json;
    json.begin_object().key("data").begin_array();
    for (const TradeAdDay& row : trade.ad_days) {
        const DemoCampaign& campaign = trade.profile.campaigns[row.campaign];
        if (campaign.platform != Platform::meta || !is_reported(trade, row, window)) continue;
        const std::string date = trade.date_of(row.day).text();
        const std::string spend = amount_text(trade, row.spend);
        json.begin_object()
            .member("account_id", account_number(trade.profile.meta_account))
            .member("account_currency", trade.profile.currency)
            .member("campaign_id", campaign.id)
            .member("campaign_name", campaign.name)
            .member("date_start", date)
            .member("date_stop", date);
        json.key("spend");
        if (row.is_schema_changed) {
            json.begin_object()
                .member("amount", spend)
                .member("currency", trade.profile.currency)
                .end_object();
        } else {
            json.string(spend);
        }
        json.member("clicks", std::to_string(row.clicks))
            .member("impressions", std::to_string(row.impressions))
            .end_object();
    }
    json.end_array();
    json.key("paging").begin_object().end_object();
    json.end_object();
    return json.take();
}

}  // namespace meshline
