#include "operate/demo/demo_workspace.hpp"

#include "operate/demo/shop_profile.hpp"
#include "operate/demo/shop_template.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

std::string client_text(const ShopProfile& profile) {
    return fmt::format(
        "client: {}\n"
        "owner: operations\n"
        "title: {}\n"
        "zone: {}\n"
        "currency: {}\n"
        "settle_days: 2\n",
        profile.client, profile.title, profile.zone, profile.currency);
}

std::string source_text(const char* source, const char* owner, const char* pack,
                        const char* streams) {
    return fmt::format(
        "source: {}\n"
        "owner: {}\n"
        "pack: {}\n"
        "streams: [{}]\n",
        source, owner, pack, streams);
}

/// The columns of bank_records.cpp's dialects.
std::string bank_text(const ShopProfile& profile) {
    std::string text = source_text("bank", "finance", "bank_csv", "statement_lines");
    if (profile.currency == "EUR") {
        return text +
               "date_order: day_month_year\n"
               "decimal_mark: \",\"\n"
               "columns:\n"
               "  statement_lines: {booked_on: Buchungstag, description: Verwendungszweck, "
               "payout_ref: Kundenreferenz, amount: Betrag, currency: Währung}\n";
    }
    if (profile.currency == "JPY") {
        return text +
               "columns:\n"
               "  statement_lines: {booked_on: 取引日, description: 摘要, "
               "payout_ref: 照会番号, amount: 金額, currency: 通貨}\n";
    }
    return text +
           "date_order: month_day_year\n"
           "columns:\n"
           "  statement_lines: {booked_on: Date, description: Description, payout_ref: Reference, "
           "amount: Amount, currency: Currency}\n";
}

void add_client(const ShopProfile& profile, std::vector<DemoWorkspaceFile>& files) {
    const std::string folder = "clients/" + profile.client + "/";
    const auto add = [&](const char* source, std::string text) {
        files.push_back({folder + "sources/" + source + ".yaml", std::move(text)});
    };
    files.push_back({folder + "client.yaml", client_text(profile)});
    add("bank", bank_text(profile));
    add("google_ads", source_text("google_ads", "marketing", "google_ads", "campaign_days"));
    add("hubspot", source_text("hubspot", "sales", "hubspot", "deals, contacts"));
    add("meta_ads", source_text("meta_ads", "marketing", "meta_ads", "insights"));
    add("shop", source_text("shop", "operations", "shopify", "orders"));
    add("stripe", source_text("stripe", "finance", "stripe", "balance_transactions, payouts"));
}

}  // namespace

std::vector<DemoWorkspaceFile> demo_workspace_files() {
    std::vector<DemoWorkspaceFile> files;
    for (const EmbeddedFile& file : shop_template()) {
        const bool is_replaced = file.path == "meshline.yaml" || file.path == "README.md" ||
                                 file.path.starts_with("clients/");
        if (!is_replaced) files.push_back({std::string(file.path), std::string(file.bytes)});
    }
    files.push_back({"meshline.yaml", "workspace: demo_agency\n"});
    for (const ShopProfile& profile : demo_shops())
        add_client(profile, files);
    return files;
}

}  // namespace meshline
