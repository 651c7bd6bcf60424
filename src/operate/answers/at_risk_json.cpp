#include "operate/answers/at_risk_json.hpp"

#include <string_view>

namespace meshline {
namespace {

void write_amount(JsonWriter& writer, std::string_view key, const WideMoney& money) {
    writer.member(key, money.amount.text(money.currency.minor_digits()));
}

}  // namespace

void write_at_risk(JsonWriter& writer, const std::vector<MoneyAtRisk>& risks) {
    writer.key("at_risk").begin_array();
    for (const MoneyAtRisk& risk : risks) {
        writer.begin_object().member("client", risk.client.text());
        writer.member("currency", risk.counted.currency.code());
        write_amount(writer, "amount", risk.counted);
        write_amount(writer, "estimated", risk.estimated);
        writer.key("is_at_least").boolean(risk.is_at_least).end_object();
    }
    writer.end_array();
}

}  // namespace meshline
