#include "stages/capture/previewed_records.hpp"

#include "base/text/text.hpp"
#include "core/contract/read_value.hpp"
#include "core/records/identify.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <string_view>

namespace meshline {
namespace {

/// Seconds that a date-time text says its clock is ahead of UTC; nothing where it says none.
std::optional<std::int64_t> stated_offset(std::string_view text) {
    constexpr std::size_t with_colon = 6;     // +02:00
    constexpr std::size_t without_colon = 5;  // +0200
    const bool has_colon = text.size() > with_colon && text[text.size() - 3] == ':';
    const std::size_t size = has_colon ? with_colon : without_colon;
    if (text.size() <= size || text.find_first_of("T ") == std::string_view::npos) return {};
    const std::string_view offset = text.substr(text.size() - size);
    if (offset[0] != '+' && offset[0] != '-') return {};
    int hours = 0;
    int minutes = 0;
    const char* const end = offset.data() + offset.size();
    if (std::from_chars(offset.data() + 1, offset.data() + 3, hours).ptr != offset.data() + 3)
        return {};
    if (std::from_chars(end - 2, end, minutes).ptr != end) return {};
    const std::int64_t seconds = (hours * 60 + minutes) * std::int64_t{60};
    return offset[0] == '-' ? -seconds : seconds;
}

/// "country_code" and "countryCode" are one name.
std::string plain_name(std::string_view name) {
    std::string plain;
    for (const char letter : name) {
        if (letter != '_')
            plain += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    }
    return plain;
}

bool is_place_field(const std::string& name) {
    const std::string plain = plain_name(name);
    return is_zone_field(name) || plain.ends_with("country") || plain.ends_with("countrycode");
}

/// Those of the record and of what it holds, but for its lists: an order has one place, its lines
/// have many.
void find_places(const PayloadType& type, const FieldPath& at, std::vector<FieldPath>& found) {
    for (const PayloadType& field : type.fields) {
        FieldPath path = at;
        path.push_back(field.name);
        if (field.kind == PayloadKind::structure) find_places(field, path, found);
        if (field.kind == PayloadKind::text && is_place_field(field.name)) found.push_back(path);
    }
}

}  // namespace

bool is_zone_field(const std::string& field) {
    return plain_name(field).ends_with("timezone");
}

PreviewedRecords::PreviewedRecords(const ClientDefinition& client, const SourceDefinition& source,
                                   const StreamDefinition& stream)
    : client_(client),
      stream_(stream),
      read_(source.read.at(stream.name)),
      zone_(read_.zone ? *read_.zone : client.calendar.zone()),
      calendar_(zone_, 0) {
    const PayloadType type = stream.contract->payload_type();
    for (const PayloadType& field : type.fields) {
        if (field.kind == PayloadKind::money) money_fields_.push_back(field.name);
    }
    find_places(type, {}, place_fields_);
}

void PreviewedRecords::take(const Event& event, JsonValue record) {
    ++kept;
    const BusinessDate day = calendar_.business_on(event.occurred_at);
    ++days[day];
    first_on = std::min(first_on.value_or(day), day);
    last_on = std::max(last_on.value_or(day), day);
    if (client_.starts_on && day < *client_.starts_on) ++before_start;
    if (event.occurred_at > event.received_at) ++ahead;
    take_offset(record, event.occurred_at);
    const std::string currency = currency_of(record);
    ++currencies[currency];
    for (const std::string& field : money_fields_)
        add_money(record, field, currency);
    for (const FieldPath& path : place_fields_) {
        const auto place = value_at(record, path, read_);
        if (place && place->is(JsonType::string))
            ++places[join(path, ".")][std::string(place->text())];
    }
}

std::string PreviewedRecords::currency_of(JsonValue record) const {
    static const FieldPath usual = {"currency"};
    const FieldPath& path = stream_.at_risk_currency.empty() ? usual : stream_.at_risk_currency;
    const auto constant = read_.constants.find(path.front());
    if (path.size() == 1 && constant != read_.constants.end()) return constant->second;
    const auto code = value_at(record, path, read_);
    if (!code || !code->is(JsonType::string)) return "";
    const auto currency = read_.currencies.find(code->text());
    return currency.ok() ? std::string(currency->code()) : "";
}

void PreviewedRecords::take_offset(JsonValue record, Instant occurred_at) {
    const auto value = value_at(record, stream_.occurred_at, read_);
    if (!value || !value->is(JsonType::string)) return;
    const auto offset = stated_offset(value->text());
    // UTC is how systems write times, wherever they stand.
    if (!offset || *offset == 0) return;
    ++offsets;
    constexpr std::int64_t micros_per_second = 1'000'000;
    const std::int64_t of_zone =
        (zone_.local_micros(occurred_at) - occurred_at.micros) / micros_per_second;
    if (of_zone == *offset) return;
    ++other_offsets;
    other_offset = *offset;
}

void PreviewedRecords::add_money(JsonValue record, const std::string& field,
                                 const std::string& currency) {
    const auto value = value_at(record, {field}, read_);
    if (!value) return;
    const auto amount = read_money(*value, read_);
    if (!amount.ok() || !*amount) return;
    WideDecimal& sum = sums[{field, currency}];
    const auto added = sum.plus(**amount);
    if (added.ok()) sum = *added;
}

}  // namespace meshline
