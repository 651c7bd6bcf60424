#include "core/workspace/loaders.hpp"

namespace meshline {
namespace {

constexpr int settle_days_max = 366;

Zone read_zone(const YamlReader& reader, const DefinitionFile& definition, const KeptZones& zones) {
    const std::string name = reader.text("zone", Need::required);
    if (name.empty()) return Zone::utc();
    auto zone = zones.open(definition.name, name);
    if (zone.ok()) return std::move(zone).value();
    reader.file().problems.push_back(std::move(zone).error().at(reader.place("zone")));
    return Zone::utc();
}

Currency read_currency(const YamlReader& reader) {
    const std::string code = reader.text("currency", Need::required);
    if (!code.empty()) {
        auto currency = Currency::from_code(code);
        if (currency.ok()) return std::move(currency).value();
        reader.file().problems.push_back(std::move(currency).error().at(reader.place("currency")));
    }
    // Stands in until the workspace is given up for the problem above; XXX is ISO 4217's "none".
    return Currency::from_code("XXX").value();
}

}  // namespace

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
    const YamlReader reader(
        definition.root, "client",
        {"client", "owner", "title", "zone", "cutoff_hour", "currency", "settle_days"},
        definition.file);
    DefinitionHead head = read_head(reader, "client", definition);
    const int cutoff_hour = reader.integer("cutoff_hour", Need::optional, {0, 23}).value_or(0);
    const auto settle_days = reader.integer("settle_days", Need::optional, {0, settle_days_max});
    return ClientDefinition{
        .head = std::move(head),
        .id = ClientId(definition.name),
        .calendar = BusinessCalendar(read_zone(reader, definition, zones), cutoff_hour),
        .currency = read_currency(reader),
        .settle_days = settle_days.value_or(1)};
}

}  // namespace meshline
