#include "floors.hpp"

#include "base/text/text.hpp"
#include "drivers/duckdb/engine.hpp"
#include "measure.hpp"
#include "trouble.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <simdjson.h>
#include <unistd.h>
#include <vector>

namespace meshline::bench {
namespace {

constexpr std::size_t piece_bytes = 4 << 20;

/// The fields of Orders as the contract types them.
constexpr const char* order_columns =
    "{id: 'bigint', name: 'varchar', created_at: 'timestamp', processed_at: 'timestamp',"
    " updated_at: 'timestamp', test: 'boolean', source_name: 'varchar',"
    " financial_status: 'varchar', currency: 'varchar', presentment_currency: 'varchar',"
    " taxes_included: 'boolean', total_discounts: 'decimal(18, 6)', total_tax: 'decimal(18, 6)',"
    " total_price: 'decimal(18, 6)',"
    " total_price_set: 'struct(shop_money struct(amount decimal(18, 6), currency_code varchar),"
    "  presentment_money struct(amount decimal(18, 6), currency_code varchar))',"
    " email: 'varchar', landing_site: 'varchar', referring_site: 'varchar',"
    " customer: 'struct(id bigint, email varchar, first_name varchar, last_name varchar)',"
    " billing_address: 'struct(country_code varchar)',"
    " shipping_address: 'struct(country_code varchar)',"
    " line_items: 'struct(id bigint, product_id bigint, variant_id bigint, sku varchar,"
    "  price decimal(18, 6), quantity bigint, gift_card boolean,"
    "  discount_allocations struct(amount decimal(18, 6))[],"
    "  tax_lines struct(price decimal(18, 6))[])[]',"
    " shipping_lines: 'struct(price decimal(18, 6), discounted_price decimal(18, 6),"
    "  tax_lines struct(price decimal(18, 6))[])[]',"
    " refunds: 'struct(id bigint)[]'}";

Result<void> parse_all(const std::string& path) {
    simdjson::padded_string text;
    if (simdjson::padded_string::load(path).get(text) != simdjson::SUCCESS)
        return trouble("simdjson cannot read \"" + path + "\"");
    simdjson::dom::parser parser;
    simdjson::dom::document_stream orders;
    if (parser.parse_many(text).get(orders) != simdjson::SUCCESS)
        return trouble("simdjson cannot parse \"" + path + "\"");
    for (auto order : orders) {
        if (order.error() != simdjson::SUCCESS)
            return trouble("simdjson cannot parse a line of \"" + path + "\"");
    }
    return {};
}

Result<void> write_durably(const std::string& path, const std::string& to) {
    std::ifstream from(path, std::ios::binary);
    const int descriptor = ::open(to.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) return trouble("cannot write \"" + to + "\"");
    std::vector<char> piece(piece_bytes);
    bool is_written = true;
    while (is_written && from) {
        from.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        const auto size = static_cast<std::size_t>(from.gcount());
        is_written = ::write(descriptor, piece.data(), size) == static_cast<ssize_t>(size);
    }
    is_written = is_written && ::fdatasync(descriptor) == 0;
    ::close(descriptor);
    ::unlink(to.c_str());
    if (!is_written) return trouble("cannot write \"" + to + "\"");
    return {};
}

}  // namespace

Result<double> seconds_to_parse(const std::string& path) {
    return seconds_of([&] { return parse_all(path); });
}

Result<double> seconds_to_write(const std::string& path, const std::string& to) {
    return seconds_of([&] { return write_durably(path, to); });
}

Result<double> seconds_to_read_with_duckdb(const std::string& path) {
    auto opened = Engine::open("", {{"threads", "2"}});
    if (const auto* reason = std::get_if<EngineError>(&opened)) return trouble(reason->message);
    const Engine engine = std::move(std::get<Engine>(opened));
    const std::string sql = fmt::format(
        "select count(columns(*)) from read_json({}, format = 'newline_delimited', columns = {})",
        quote_literal(path), order_columns);
    return seconds_of([&]() -> Result<void> {
        QueryResult result = engine.query(sql);
        if (!result.ok()) return trouble(result.error().message);
        return {};
    });
}

}  // namespace meshline::bench
