#include "operate/demo/generated_records.hpp"

#include "base/result/check.hpp"
#include "base/text/text.hpp"

namespace meshline {
namespace {

constexpr std::int64_t micros_per_unit = 1'000'000;

JsonValue at(JsonValue value, std::string_view name) {
    const auto found = value.find(name);
    MESHLINE_CHECK(found.has_value());
    return *found;
}

std::string text_at(JsonValue value, std::string_view name) {
    const JsonValue found = at(value, name);
    return found.is(JsonType::null) ? std::string() : std::string(found.text());
}

std::int64_t money(std::string_view text) {
    const auto read = Decimal::parse(text, Rounding::exact);
    MESHLINE_CHECK(read.ok());
    return read->micros();
}

std::int64_t money_at(JsonValue value, std::string_view name) {
    return money(at(value, name).text());
}

std::int64_t integer_at(JsonValue value, std::string_view name) {
    return money_at(value, name) / micros_per_unit;
}

template <class Visit>
void each(JsonValue list, const Visit& visit) {
    if (list.size() == 0) return;
    JsonValue item = list.first();
    for (std::size_t index = 0; index < list.size(); ++index) {
        visit(item);
        if (index + 1 < list.size()) item = item.next();
    }
}

SeenRefund read_refund(JsonValue refund) {
    SeenRefund seen{.processed_on = text_at(refund, "processed_at").substr(0, 10)};
    each(at(refund, "refund_line_items"), [&](JsonValue line) {
        seen.goods += money_at(line, "subtotal");
        seen.tax += money_at(line, "total_tax");
    });
    each(at(refund, "transactions"),
         [&](JsonValue sent) { seen.sent_back += money_at(sent, "amount"); });
    return seen;
}

void read_order(JsonValue order, SeenShop& shop) {
    SeenOrder seen{.id = text_at(order, "id"),
                   .created_on = text_at(order, "created_at").substr(0, 10),
                   .email = text_at(order, "email"),
                   .landing_site = text_at(order, "landing_site"),
                   .referring_site = text_at(order, "referring_site"),
                   .is_tax_included = at(order, "taxes_included").boolean(),
                   .total = money_at(order, "total_price"),
                   .total_tax = money_at(order, "total_tax")};
    each(at(order, "line_items"), [&](JsonValue line) {
        seen.goods += money_at(line, "price") * integer_at(line, "quantity");
        each(at(line, "discount_allocations"),
             [&](JsonValue discount) { seen.discount += money_at(discount, "amount"); });
        each(at(line, "tax_lines"),
             [&](JsonValue tax) { seen.line_tax += money_at(tax, "price"); });
    });
    each(at(order, "shipping_lines"),
         [&](JsonValue line) { seen.shipping += money_at(line, "price"); });
    each(at(order, "refunds"),
         [&](JsonValue refund) { seen.refunds.push_back(read_refund(refund)); });
    shop.orders[seen.id] = std::move(seen);
}

void read_movement(JsonValue movement, SeenShop& shop) {
    const JsonValue source = at(movement, "source");
    SeenMovement seen{.id = text_at(movement, "id"),
                      .kind = text_at(movement, "reporting_category"),
                      .source_id = text_at(source, "id"),
                      .payout_ref = text_at(movement, "payout"),
                      .created = integer_at(movement, "created"),
                      .amount = integer_at(movement, "amount") * shop.minor_micros,
                      .fee = integer_at(movement, "fee") * shop.minor_micros,
                      .net = integer_at(movement, "net") * shop.minor_micros};
    if (seen.kind == "charge") seen.email = text_at(source, "receipt_email");
    if (seen.kind != "payout") seen.order_ref = text_at(at(source, "metadata"), "order_id");
    shop.movements[seen.id] = std::move(seen);
}

void read_deal(JsonValue deal, SeenShop& shop) {
    const JsonValue properties = at(deal, "properties");
    SeenDeal seen{.id = text_at(deal, "id"),
                  .order_ref = text_at(properties, "order_id"),
                  .is_won = text_at(properties, "hs_is_closed_won") == "true",
                  .amount = money_at(properties, "amount")};
    shop.deals[seen.id] = std::move(seen);
}

void read_ad_day(JsonValue row, SeenShop& shop) {
    if (const auto campaign = row.find("campaign")) {
        const std::string id = text_at(*campaign, "id");
        shop.campaign_names[id] = text_at(*campaign, "name");
        const std::int64_t micros = integer_at(at(row, "metrics"), "costMicros");
        shop.spend[id + "/" + text_at(at(row, "segments"), "date")] =
            Decimal::from_micros(micros)->text();
        return;
    }
    const std::string id = text_at(row, "campaign_id");
    shop.campaign_names[id] = text_at(row, "campaign_name");
    const JsonValue spend = at(row, "spend");
    shop.spend[id + "/" + text_at(row, "date_start")] =
        std::string(spend.is(JsonType::string) ? spend.text() : spend.raw());
}

/// The fields of a CSV line; quotes only around whole fields, none inside.
std::vector<std::string> csv_fields(std::string_view line, char separator) {
    std::vector<std::string> fields(1);
    bool is_quoted = false;
    for (const char letter : line) {
        if (letter == '"') {
            is_quoted = !is_quoted;
        } else if (letter == separator && !is_quoted) {
            fields.emplace_back();
        } else {
            fields.back().push_back(letter);
        }
    }
    return fields;
}

void read_bank(const DemoDelivery& delivery, SeenShop& shop) {
    const bool is_german = shop.currency == "EUR";
    const std::vector<std::string_view> lines = split(delivery.text, '\n');
    for (std::size_t index = 1; index + 1 < lines.size(); ++index) {
        std::string_view line = lines[index];
        line.remove_suffix(1);
        const auto fields = csv_fields(line, is_german ? ';' : ',');
        std::string amount;
        for (const char letter : fields[3]) {
            if (letter == (is_german ? '.' : ',')) continue;
            amount.push_back(letter == ',' ? '.' : letter);
        }
        MESHLINE_CHECK(fields[4] == shop.currency);
        shop.bank_lines.push_back({.payout_ref = fields[2], .amount = money(amount)});
    }
}

void read_json(const DemoDelivery& delivery, SeenShop& shop, JsonDocument& document) {
    const auto root = document.parse(delivery.text);
    MESHLINE_CHECK(root.ok());
    const auto list = [&](const char* envelope) { return at(*root, envelope); };
    if (delivery.stream == "balance_transactions") {
        each(list("data"), [&](JsonValue one) { read_movement(one, shop); });
    } else if (delivery.stream == "payouts") {
        each(list("data"), [&](JsonValue one) {
            shop.payouts[text_at(one, "id")] = {
                .status = text_at(one, "status"),
                .arrival = integer_at(one, "arrival_date"),
                .amount = integer_at(one, "amount") * shop.minor_micros};
        });
    } else if (delivery.stream == "deals") {
        each(list("results"), [&](JsonValue one) { read_deal(one, shop); });
    } else if (delivery.stream == "contacts") {
        each(list("results"), [&](JsonValue one) {
            shop.contact_emails[text_at(one, "id")] = text_at(at(one, "properties"), "email");
        });
    } else {
        const bool is_google = delivery.stream == "campaign_days";
        MESHLINE_CHECK(is_google || delivery.stream == "insights");
        each(list(is_google ? "results" : "data"), [&](JsonValue one) { read_ad_day(one, shop); });
    }
}

void read_delivery(const DemoDelivery& delivery, SeenShop& shop, JsonDocument& document) {
    if (delivery.stream == "statement_lines") return read_bank(delivery, shop);
    if (delivery.stream != "orders") return read_json(delivery, shop, document);
    for (const std::string_view line : split(delivery.text, '\n')) {
        if (line.empty()) continue;
        const auto order = document.parse(line);
        MESHLINE_CHECK(order.ok());
        read_order(*order, shop);
    }
}

void read_round(const DemoRound& round, std::map<std::string, SeenShop>& shops) {
    JsonDocument document;
    for (const DemoDelivery& delivery : round.deliveries) {
        read_delivery(delivery, shops.at(delivery.client), document);
    }
}

}  // namespace

const Demo& shared_demo() {
    static const Demo generated = generate_demo(demo_seed).value();
    return generated;
}

const std::map<std::string, SeenShop>& seen_after_first_round() {
    static const auto seen = [] {
        std::map<std::string, SeenShop> shops;
        shops["harbor_coffee"] = {.currency = "USD", .minor_micros = 10'000};
        shops["kiosk_berlin"] = {.currency = "EUR", .minor_micros = 10'000};
        shops["sakura_goods"] = {.currency = "JPY", .minor_micros = micros_per_unit};
        read_round(shared_demo().rounds[0], shops);
        return shops;
    }();
    return seen;
}

const std::map<std::string, SeenShop>& seen_after_both_rounds() {
    static const auto seen = [] {
        std::map<std::string, SeenShop> shops = seen_after_first_round();
        read_round(shared_demo().rounds[1], shops);
        return shops;
    }();
    return seen;
}

}  // namespace meshline
