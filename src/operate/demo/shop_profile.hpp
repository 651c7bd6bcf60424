#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace meshline {

/// Amounts in this module are int64 in the currency's smallest unit until they are written.
struct DemoProduct {
    std::int64_t id;
    std::string sku;
    std::string title;
    std::int64_t price;
    int tax_per_100k;  ///< 8.875 % is 8875.
};

/// Where the buyers of a share of the orders come from.
struct DemoCampaign {
    enum class Platform : std::uint8_t { google, meta, email };
    Platform platform;
    std::string id;  ///< As the platform numbers it; empty for email.
    std::string name;
    int weight;     ///< Share of the campaign orders.
    int day_first;  ///< Days of the demo on which it runs, both included.
    int day_last;
    std::int64_t daily_spend;  ///< 0 for email.
};

/// What a shop is like: everything that the generator does not draw.
struct ShopProfile {
    std::string client;
    std::string title;
    std::string zone;
    std::string currency;
    std::string domain;
    std::string order_prefix;  ///< Of order names: "HC" in "#HC1001".
    std::int64_t order_id_first;
    int orders_per_day;
    std::array<int, 7> weekday_per_mille;  ///< Monday first.
    int growth_per_mille;                  ///< From the first day to the last.
    bool prices_include_tax;
    std::int64_t shipping_price;
    std::int64_t free_shipping_from;
    int shipping_tax_per_100k;
    int fee_per_100k;  ///< The processor's share of a charge.
    std::int64_t fee_fixed;
    bool is_paid_out_weekly;  ///< On Fridays; else on every working day.
    std::string google_account;
    std::string meta_account;
    std::vector<DemoProduct> products;
    std::vector<DemoCampaign> campaigns;
    std::vector<std::string> countries;  ///< Of buyers; the first is most of them.
    std::vector<std::string> first_names;
    std::vector<std::string> last_names;
};

/// Harbor Coffee, Kiosk Berlin, Sakura Goods.
std::vector<ShopProfile> demo_shops();

}  // namespace meshline
