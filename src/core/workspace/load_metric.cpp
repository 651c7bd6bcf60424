#include "core/workspace/loaders.hpp"

#include <array>

namespace meshline {
namespace {

// In the order of Aggregate.
const std::vector<std::string> aggregate_keys = {"sum", "sum_quantity", "count_distinct"};
constexpr std::array date_basis_names = {"order_day", "processed_day", "settlement_day",
                                         "bank_day",  "touch_day",     "close_day"};

}  // namespace

MetricDefinition load_metric(const DefinitionFile& definition) {
    const YamlReader reader(
        definition.root, "metric",
        {"metric", "owner", "title", "book", "date_basis", "sum", "sum_quantity", "count_distinct",
         "negate", "dimensions", "attribution"},
        definition.file);
    MetricDefinition metric;
    metric.head = read_head(reader, "metric", definition);
    metric.book = read_book(reader);
    if (const auto basis = reader.choice("date_basis", Need::required, date_basis_names)) {
        metric.date_basis = date_basis_names[*basis];
    }
    metric.is_negated = reader.boolean("negate").value_or(false);
    const AskedOf of{.book = metric.book, .source = "", .clients = {}};
    metric.dimensions = read_columns(reader, "dimensions", Need::optional, of, definition);
    metric.attribution = reader.name("attribution", Need::optional);
    if (!metric.attribution.empty()) {
        definition.refer(ReferenceKind::attribution,
                         {metric.attribution, reader.place("attribution")});
    }

    const auto aggregate = reader.exactly_one(aggregate_keys);
    if (!aggregate) return metric;
    metric.aggregate = static_cast<Aggregate>(*aggregate);
    if (metric.aggregate != Aggregate::count_distinct) {
        metric.entries = read_entries(reader, aggregate_keys[*aggregate], Need::required);
        return metric;
    }
    if (const auto count =
            read_part(reader, "count_distinct", Need::required, {"column", "entries"})) {
        metric.count_column = read_column(*count, "column", Need::required, of, definition);
        metric.entries = read_entries(*count, "entries", Need::required);
    }
    return metric;
}

const MetricDefinition* Workspace::find_metric(std::string_view wanted) const {
    for (const MetricDefinition& metric : metrics) {
        if (metric.head.name == wanted) return &metric;
    }
    return nullptr;
}

}  // namespace meshline
