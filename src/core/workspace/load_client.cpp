#include "core/workspace/loaders.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace meshline {
namespace {

constexpr int settle_days_max = 366;
constexpr std::array weekday_names = {"monday", "tuesday",  "wednesday", "thursday",
                                      "friday", "saturday", "sunday"};

Zone read_zone(const YamlReader& reader, const DefinitionFile& definition, const KeptZones& zones) {
    const std::string name = reader.text("zone", Need::required);
    if (name.empty()) return Zone::utc();
    auto zone = zones.open(definition.name, name);
    if (zone.ok()) return std::move(zone).value();
    reader.file().problems.push_back(std::move(zone).error().at(reader.place("zone")));
    return Zone::utc();
}

Currency read_currency(const YamlReader& reader, const CurrencyTable& currencies) {
    const std::string code = reader.text("currency", Need::required);
    if (!code.empty()) {
        auto currency = currencies.find(code);
        if (currency.ok()) return std::move(currency).value();
        Error error = std::move(currency).error();
        error.hint += " Others can be added to currencies.yaml.";
        reader.file().problems.push_back(std::move(error).at(reader.place("currency")));
    }
    // Stands in until the client is given up for the problem above; XXX is ISO 4217's "none".
    return Currency::from_code("XXX").value();
}

std::optional<BusinessDate> read_date(const PlacedText& text, YamlFile& file) {
    auto date = BusinessDate::parse(text.text);
    if (date.ok()) return *date;
    file.problems.push_back(std::move(date).error().at(text.where));
    return std::nullopt;
}

ClosedDays read_closed(const YamlReader& reader) {
    ClosedDays closed;
    const auto part = read_part(reader, "closed", Need::optional, {"weekdays", "dates"});
    if (!part) return closed;
    for (const PlacedText& weekday : part->names("weekdays", Need::optional)) {
        const auto found = std::ranges::find(weekday_names, weekday.text);
        if (found != weekday_names.end()) {
            closed.weekdays[static_cast<std::size_t>(found - weekday_names.begin())] = true;
            continue;
        }
        const std::vector<std::string> known(weekday_names.begin(), weekday_names.end());
        reader.file().report(weekday.where, "workspace.unknown_value",
                             fmt::format("unknown weekday \"{}\"", weekday.text),
                             hint_for_name(weekday.text, known));
    }
    for (const PlacedText& date : part->texts("dates", Need::optional)) {
        if (const auto day = read_date(date, reader.file())) closed.dates.insert(*day);
    }
    return closed;
}

std::optional<BusinessDate> read_starts_on(const YamlReader& reader) {
    const std::string text = reader.text("starts_on", Need::optional);
    if (text.empty()) return std::nullopt;
    return read_date({text, reader.place("starts_on")}, reader.file());
}

}  // namespace

bool ClosedDays::contains(BusinessDate day) const {
    return weekdays[static_cast<std::size_t>(day.weekday())] || dates.contains(day);
}

const SourceDefinition* ClientDefinition::find(std::string_view source) const {
    for (const SourceDefinition& one : sources) {
        if (one.head.name == source) return &one;
    }
    return nullptr;
}

std::map<std::string, Zone> ClientDefinition::zones() const {
    std::map<std::string, Zone> named = transform_zones;
    named.emplace(calendar.zone().name(), calendar.zone());
    for (const SourceDefinition& source : sources) {
        for (const auto& [stream, options] : source.read) {
            if (options.zone) named.emplace(options.zone->name(), *options.zone);
        }
    }
    return named;
}

ClientDefinition load_client(const DefinitionFile& definition, const KeptZones& zones) {
    const YamlReader reader(definition.root, "client",
                            {"client", "owner", "title", "zone", "cutoff_hour", "currency",
                             "settle_days", "starts_on", "closed"},
                            definition.file);
    DefinitionHead head = read_head(reader, "client", definition);
    const int cutoff_hour = reader.integer("cutoff_hour", Need::optional, {0, 23}).value_or(0);
    const auto settle_days = reader.integer("settle_days", Need::optional, {0, settle_days_max});
    return ClientDefinition{
        .head = std::move(head),
        .id = ClientId(definition.name),
        .calendar = BusinessCalendar(read_zone(reader, definition, zones), cutoff_hour),
        .currency = read_currency(reader, definition.currencies),
        .currencies = definition.currencies,
        .settle_days = settle_days.value_or(1),
        .starts_on = read_starts_on(reader),
        .closed = read_closed(reader),
        .sources = {},
        .transform_zones = {}};
}

}  // namespace meshline
