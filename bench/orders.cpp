#include "orders.hpp"

#include "base/time/instant.hpp"
#include "operate/demo/seeded_random.hpp"
#include "trouble.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <vector>

namespace meshline::bench {
namespace {

constexpr std::int64_t first_id = 5'000'000'000'001;
/// 2025-01-01T00:00:00Z, and a year of microseconds.
constexpr std::int64_t first_micros = 1'735'689'600'000'000;
constexpr std::int64_t micros_per_year = 365LL * 86'400 * 1'000'000;
constexpr std::int64_t product_count = 500;
constexpr std::size_t write_bytes = 4 << 20;

std::string pounds(std::int64_t pence) {
    return fmt::format("{}.{:02}", pence / 100, pence % 100);
}

struct Line {
    std::int64_t product = 0;
    std::int64_t quantity = 1;
    std::int64_t price = 0;
    std::int64_t discount = 0;
    std::int64_t tax = 0;
};

struct Totals {
    std::int64_t goods = 0;
    std::int64_t discount = 0;
    std::int64_t tax = 0;
};

std::vector<Line> make_lines(SeededRandom& numbers, Totals& totals) {
    std::vector<Line> lines(static_cast<std::size_t>(1 + numbers.below(2)));
    const bool is_discounted = numbers.below(4) == 0;
    for (Line& line : lines) {
        line.product = numbers.below(product_count);
        line.quantity = 1 + numbers.below(3);
        line.price = 500 + line.product * 25;
        const std::int64_t goods = line.price * line.quantity;
        line.discount = is_discounted ? goods / 10 : 0;
        line.tax = (goods - line.discount) / 5;
        totals.goods += goods;
        totals.discount += line.discount;
        totals.tax += line.tax;
    }
    return lines;
}

void append_lines(const std::vector<Line>& lines, std::int64_t id, std::string& out) {
    out += "\"line_items\":[";
    for (std::size_t index = 0; index < lines.size(); ++index) {
        const Line& line = lines[index];
        if (index > 0) out += ',';
        fmt::format_to(
            std::back_inserter(out),
            R"({{"id":{},"product_id":{},"variant_id":{},"sku":"SKU-{:04}","title":"Product {}",)"
            R"("quantity":{},"price":"{}","gift_card":false,"discount_allocations":[)",
            id * 10 + static_cast<std::int64_t>(index), 7000 + line.product,
            70000 + line.product * 10, line.product, line.product, line.quantity,
            pounds(line.price));
        if (line.discount > 0) {
            fmt::format_to(std::back_inserter(out), R"({{"amount":"{}"}})", pounds(line.discount));
        }
        fmt::format_to(std::back_inserter(out),
                       R"(],"tax_lines":[{{"title":"VAT","price":"{}","rate":0.2}}]}})",
                       pounds(line.tax));
    }
    out += "],";
}

void append_buyer(SeededRandom& numbers, std::string& out) {
    constexpr std::array countries = {"GB", "IE", "FR", "DE"};
    constexpr std::array landings = {
        R"("/products/lamp?utm_source=google&utm_medium=cpc&utm_campaign=spring")",
        R"("/?utm_source=newsletter&utm_medium=email&utm_campaign=march")", R"("/")", "null"};
    const std::int64_t customer = numbers.below(2'000'000);
    const char* country = countries[static_cast<std::size_t>(numbers.below(4))];
    fmt::format_to(std::back_inserter(out),
                   R"("email":"buyer{0}@example.test","customer":{{"id":{1},)"
                   R"("email":"buyer{0}@example.test","first_name":"Ines","last_name":"Moreau"}},)"
                   R"("billing_address":{{"first_name":"Ines","country_code":"{2}"}},)"
                   R"("shipping_address":{{"first_name":"Ines","country_code":"{2}"}},)"
                   R"("landing_site":{3},"referring_site":null,)",
                   customer, 900'000'000 + customer, country,
                   landings[static_cast<std::size_t>(numbers.below(4))]);
}

class OrderReader : public InputFile {
  public:
    explicit OrderReader(const Orders& orders) : orders_(orders) {}

    Result<std::size_t> read(char* into, std::size_t size) override {
        if (at_ == text_.size()) {
            text_.clear();
            at_ = 0;
            while (text_.size() < size && next_ < orders_.count()) {
                orders_.append(next_++, text_);
                text_ += '\n';
            }
        }
        const std::size_t taken = std::min(size, text_.size() - at_);
        std::memcpy(into, text_.data() + at_, taken);
        at_ += taken;
        return taken;
    }

  private:
    const Orders orders_;
    std::int64_t next_ = 0;
    std::string text_;
    std::size_t at_ = 0;
};

}  // namespace

std::string Orders::id_of(std::int64_t index) const {
    return std::to_string(first_id + index);
}

void Orders::append(std::int64_t index, std::string& out) const {
    // An order follows from its index alone, so that any can be made without those before it.
    SeededRandom numbers(static_cast<std::uint64_t>(index), "bench orders");
    Totals totals;
    const std::vector<Line> lines = make_lines(numbers, totals);
    const std::int64_t shipping = 499;
    // Divided first: a year in microseconds times millions of orders leaves 64 bits.
    const std::int64_t micros = first_micros + micros_per_year / count_ * index;
    const std::string at = Instant{micros / 1'000'000 * 1'000'000}.text();
    const std::string total = pounds(totals.goods - totals.discount + totals.tax + shipping);
    fmt::format_to(
        std::back_inserter(out),
        R"({{"id":{0},"name":"#{1}","order_number":{1},"created_at":"{2}","processed_at":"{2}",)"
        R"("updated_at":"{2}","test":false,"source_name":"web","financial_status":"paid",)"
        R"("fulfillment_status":"fulfilled","payment_gateway_names":["stripe"],"currency":"GBP",)"
        R"("presentment_currency":"GBP","taxes_included":false,"total_line_items_price":"{3}",)"
        R"("total_discounts":"{4}","subtotal_price":"{5}","total_tax":"{6}","total_price":"{7}",)"
        R"("total_price_set":{{"shop_money":{{"amount":"{7}","currency_code":"GBP"}},)"
        R"("presentment_money":{{"amount":"{7}","currency_code":"GBP"}}}},)",
        first_id + index, 1001 + index, at, pounds(totals.goods), pounds(totals.discount),
        pounds(totals.goods - totals.discount), pounds(totals.tax), total);
    append_buyer(numbers, out);
    append_lines(lines, first_id + index, out);
    fmt::format_to(std::back_inserter(out),
                   R"("shipping_lines":[{{"id":{},"code":"standard","title":"Standard",)"
                   R"("price":"{}","discounted_price":"{}","tax_lines":[]}}],"refunds":[]}})",
                   (first_id + index) * 10 + 9, pounds(shipping), pounds(shipping));
}

Result<void> Orders::write_ndjson(const std::string& path) const {
    std::ofstream file(path, std::ios::binary);
    std::string text;
    for (std::int64_t index = 0; index < count_; ++index) {
        append(index, text);
        text += '\n';
        if (text.size() < write_bytes && index + 1 < count_) continue;
        file.write(text.data(), static_cast<std::streamsize>(text.size()));
        text.clear();
    }
    file.flush();
    if (!file) return trouble("cannot write \"" + path + "\"");
    return {};
}

Result<std::unique_ptr<InputFile>> OrderFiles::open(const std::string&) {
    return std::unique_ptr<InputFile>(std::make_unique<OrderReader>(orders_));
}

Result<std::string> OrderFiles::read_text(const std::string& path) {
    return trouble("\"" + path + "\" is not read as a whole");
}

Result<FileList> OrderFiles::list(const std::string& path, const std::vector<std::string>&) {
    return FileList{{path}, {}};
}

Result<void> OrderFiles::write_text(const std::string& path, const std::string&) {
    return trouble("\"" + path + "\" cannot be written");
}

}  // namespace meshline::bench
