#include "operate/demo/shop_profile.hpp"

namespace meshline {
namespace {

using Platform = DemoCampaign::Platform;

ShopProfile harbor_coffee() {
    return {
        .client = "harbor_coffee",
        .title = "Harbor Coffee",
        .zone = "America/New_York",
        .currency = "USD",
        .domain = "harbor-coffee.example",
        .order_prefix = "HC",
        .order_id_first = 5871400000000,
        .orders_per_day = 50,
        .weekday_per_mille = {950, 930, 960, 1000, 1080, 1120, 960},
        .growth_per_mille = 120,
        .prices_include_tax = false,
        .shipping_price = 695,
        .free_shipping_from = 6000,
        .shipping_tax_per_100k = 8875,
        .fee_per_100k = 2900,
        .fee_fixed = 30,
        .is_paid_out_weekly = false,
        .google_account = "4418820173",
        .meta_account = "act_220117730041",
        .products = {{7301, "HC-ESP-250", "Pier Espresso 250 g", 1450, 8875},
                     {7302, "HC-ESP-1000", "Pier Espresso 1 kg", 4900, 8875},
                     {7303, "HC-FLT-250", "Lighthouse Filter 250 g", 1600, 8875},
                     {7304, "HC-DEC-250", "Night Tide Decaf 250 g", 1550, 8875},
                     {7305, "HC-CLD-6", "Cold Brew Cans, 6", 2400, 8875},
                     {7306, "HC-MUG-01", "Harbor Mug", 1800, 8875},
                     {7307, "HC-DRP-01", "Brass Dripper", 5200, 8875},
                     {7308, "HC-GRD-01", "Hand Grinder", 12900, 8875}},
        .campaigns = {{Platform::google, "19822410071", "brand_search", 5, 0, 89, 5200},
                      {Platform::google, "19822410088", "spring_beans", 4, 20, 89, 7400},
                      {Platform::meta, "120209811450010", "cold_brew_launch", 4, 38, 89, 6800},
                      {Platform::meta, "120209811450027", "grinder_gifts", 2, 0, 60, 3900},
                      {Platform::email, "", "newsletter", 3, 0, 89, 0}},
        .countries = {"US", "CA"},
        .first_names = {"Ada", "Ben", "Carla", "Derek", "Elena", "Frank", "Grace", "Hank", "Iris",
                        "Jonah", "Kate", "Liam", "Mona", "Noel", "Olive", "Pete", "Rosa", "Sam"},
        .last_names = {"Adler", "Brooks", "Castro", "Dunn", "Ellis", "Flores", "Grant", "Hayes",
                       "Irwin", "Jensen", "Keller", "Lopez", "Mercer", "Nolan", "Ortiz", "Price"},
    };
}

ShopProfile kiosk_berlin() {
    return {
        .client = "kiosk_berlin",
        .title = "Kiosk Berlin",
        .zone = "Europe/Berlin",
        .currency = "EUR",
        .domain = "kiosk-berlin.example",
        .order_prefix = "KB",
        .order_id_first = 6120300000000,
        .orders_per_day = 38,
        .weekday_per_mille = {1000, 980, 970, 1000, 1050, 1060, 940},
        .growth_per_mille = 80,
        .prices_include_tax = true,
        .shipping_price = 490,
        .free_shipping_from = 5000,
        .shipping_tax_per_100k = 19000,
        .fee_per_100k = 1500,
        .fee_fixed = 25,
        .is_paid_out_weekly = false,
        .google_account = "7730015582",
        .meta_account = "act_771200945512",
        .products = {{8101, "KB-MAG-01", "Stadtmagazin", 850, 7000},
                     {8102, "KB-BUC-04", "Taschenbuch Kiez", 1490, 7000},
                     {8103, "KB-PST-12", "Poster Oberbaum", 2490, 19000},
                     {8104, "KB-TAS-02", "Stofftasche", 1690, 19000},
                     {8105, "KB-LIM-12", "Limonade, 12 Flaschen", 2160, 19000},
                     {8106, "KB-SCH-06", "Schokolade, 6 Tafeln", 1980, 7000},
                     {8107, "KB-RAD-01", "Radkarte", 1290, 7000},
                     {8108, "KB-LMP-01", "Leuchte Spree", 8900, 19000}},
        .campaigns = {{Platform::google, "20533180412", "kiosk_marke", 5, 0, 89, 3100},
                      {Platform::google, "20533180490", "geschenke_berlin", 3, 0, 89, 4200},
                      {Platform::meta, "120310077220015", "fruehlingsedition", 4, 30, 89, 4600},
                      {Platform::meta, "120310077220046", "poster_winter", 3, 0, 75, 3300},
                      {Platform::email, "", "newsletter", 3, 0, 89, 0}},
        .countries = {"DE", "AT"},
        .first_names = {"Anja", "Bernd", "Clara", "Dirk", "Eva", "Felix", "Greta", "Hanno", "Ina",
                        "Jan", "Katja", "Lukas", "Mia", "Nils", "Oda", "Paul", "Ronja", "Sven"},
        .last_names = {"Ahrens", "Becker", "Conrad", "Dietz", "Engel", "Fischer", "Gerlach", "Hahn",
                       "Jansen", "Krause", "Lorenz", "Maurer", "Neumann", "Otto", "Petersen",
                       "Richter"},
    };
}

ShopProfile sakura_goods() {
    return {
        .client = "sakura_goods",
        .title = "Sakura Goods",
        .zone = "Asia/Tokyo",
        .currency = "JPY",
        .domain = "sakura-goods.example",
        .order_prefix = "SG",
        .order_id_first = 4990200000000,
        .orders_per_day = 28,
        .weekday_per_mille = {960, 950, 960, 980, 1020, 1080, 1060},
        .growth_per_mille = 100,
        .prices_include_tax = true,
        .shipping_price = 660,
        .free_shipping_from = 8000,
        .shipping_tax_per_100k = 10000,
        .fee_per_100k = 3600,
        .fee_fixed = 0,
        .is_paid_out_weekly = true,
        .google_account = "1906634420",
        .meta_account = "act_905511008123",
        .products = {{9201, "SG-CHA-080", "Sencha 80 g", 1480, 8000},
                     {9202, "SG-MAT-030", "Matcha 30 g", 2480, 8000},
                     {9203, "SG-CUP-02", "Yunomi Cups, 2", 3960, 10000},
                     {9204, "SG-POT-01", "Kyusu Teapot", 7800, 10000},
                     {9205, "SG-FUR-03", "Furoshiki Cloth", 1980, 10000},
                     {9206, "SG-WAG-10", "Wagashi Box, 10", 3200, 8000},
                     {9207, "SG-CHS-01", "Chasen Whisk", 2860, 10000},
                     {9208, "SG-BTO-01", "Bento Box", 5400, 10000}},
        .campaigns = {{Platform::google, "21770450933", "teaware_search", 5, 0, 89, 4300},
                      {Platform::google, "21770450971", "hanami_season", 4, 60, 89, 6200},
                      {Platform::meta, "120440190870033", "matcha_gifts", 4, 10, 89, 5400},
                      {Platform::email, "", "newsletter", 3, 0, 89, 0}},
        .countries = {"JP", "TW"},
        .first_names = {"Aiko", "Daichi", "Emi", "Fumio", "Hana", "Isamu", "Jun", "Kaori", "Kenta",
                        "Mai", "Naoki", "Rei", "Sayuri", "Takumi", "Umi", "Yuki"},
        .last_names = {"Abe", "Endo", "Fujita", "Hayashi", "Inoue", "Kato", "Matsuda", "Nakano",
                       "Ogawa", "Sato", "Shimizu", "Tanaka", "Ueda", "Watanabe", "Yamada"},
    };
}

}  // namespace

std::vector<ShopProfile> demo_shops() {
    return {harbor_coffee(), kiosk_berlin(), sakura_goods()};
}

}  // namespace meshline
