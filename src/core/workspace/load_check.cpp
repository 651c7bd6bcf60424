#include "base/money/currency.hpp"
#include "core/packs/yaml_scalar.hpp"
#include "core/relations/relations.hpp"
#include "core/workspace/loaders.hpp"

#include <array>
#include <fmt/format.h>
#include <map>

namespace meshline {
namespace {

constexpr int hours_max = 24 * 366;
constexpr int window_days_max = 3660;
// In the order of CheckKind.
const std::vector<std::string> kind_keys = {"row",       "cross",  "invariant",
                                            "freshness", "volume", "balance"};
constexpr std::array severity_names = {"note", "quarantine", "hold"};

Decimal whole(std::int64_t number) {
    return Decimal::from_micros(static_cast<__int128>(number) * Decimal::scale).value();
}

const DecimalRange& any_amount() {
    static const Decimal most = Decimal::from_micros(Decimal::micros_max).value();
    static const DecimalRange range{.min = most.negated(), .max = most};
    return range;
}

const DecimalRange& not_negative() {
    static const DecimalRange range{.min = Decimal(), .max = any_amount().max};
    return range;
}

/// How the column compares; a key of the attributes is text.
ColumnType type_of(const std::string& column) {
    const RelationColumn* known = find_entry_column(column);
    return known ? known->type() : ColumnType::text;
}

/// A number, or of amounts one for each currency that is named: a thousand dollars are many rupiah.
std::map<std::string, Decimal> read_bound(const YamlReader& reader, std::string_view key,
                                          const std::string& column,
                                          const CurrencyTable& currencies,
                                          const DecimalRange& range = any_amount()) {
    std::map<std::string, Decimal> bounds;
    const YamlNode* node = reader.node(key, Need::optional);
    if (!node) return bounds;
    if (node->kind != YamlKind::mapping || column != "amount") {
        if (const auto bound = reader.decimal(key, Need::optional, range))
            bounds.emplace("", *bound);
        return bounds;
    }
    for (const auto& [code, value] : reader.members(key, Need::optional)) {
        const auto currency = currencies.find(code.text);
        if (!currency.ok()) {
            reader.file().problems.push_back(Error(currency.error()).at(code.where));
            continue;
        }
        if (const auto bound = read_decimal(*value, code.text, range, reader.file()))
            bounds.emplace(code.text, *bound);
    }
    return bounds;
}

void read_number_bounds(const YamlReader& reader, const CurrencyTable& currencies,
                        CheckDefinition& check) {
    check.at_least = read_bound(reader, "at_least", check.column, currencies);
    check.at_most = read_bound(reader, "at_most", check.column, currencies);
    for (const auto& [least_of, least] : check.at_least) {
        for (const auto& [most_of, most] : check.at_most) {
            const bool is_of_same = least_of == most_of || least_of.empty() || most_of.empty();
            if (!is_of_same || least <= most) continue;
            return reader.file().report(reader.place("at_most"), "workspace.contradiction",
                                        "no value can be \"at_least\" and \"at_most\" here",
                                        fmt::format("Let at_most be {} or more.", least.text()));
        }
    }
}

/// A date is the start of its day in UTC.
std::optional<Instant> read_moment(const YamlReader& reader, std::string_view key,
                                   ColumnType type) {
    const std::string text = reader.text(key, Need::optional);
    if (text.empty()) return std::nullopt;
    if (type == ColumnType::date) {
        const auto date = BusinessDate::parse(text);
        constexpr std::int64_t micros_per_day = 86'400'000'000;
        if (date.ok()) return Instant{date->days * micros_per_day};
        reader.file().problems.push_back(Error(date.error()).at(reader.place(key)));
        return std::nullopt;
    }
    const auto instant = parse_instant(text, std::nullopt);
    if (instant.ok()) return *instant;
    reader.file().problems.push_back(Error(instant.error()).at(reader.place(key)));
    return std::nullopt;
}

void read_moment_bounds(const YamlReader& reader, ColumnType type, CheckDefinition& check) {
    check.not_before = read_moment(reader, "at_least", type);
    check.not_after = read_moment(reader, "at_most", type);
    if (check.not_before && check.not_after && *check.not_before > *check.not_after) {
        reader.file().report(reader.place("at_most"), "workspace.contradiction",
                             "no value can be \"at_least\" and \"at_most\" here",
                             "Let at_most be the later one.");
    }
}

void read_row(const YamlReader& reader, const DefinitionFile& definition, CheckDefinition& check) {
    check.book = read_book(reader);
    check.entries = read_entries(reader, "entries", Need::required);
    check.column =
        read_column(reader, "column", Need::required,
                    {.book = check.book, .source = "", .clients = check.clients}, definition);
    const ColumnType type = type_of(check.column);
    check.one_of = texts_of(reader.texts("one_of", Need::optional));
    check.is_required = reader.boolean("required").value_or(false);
    check.above = read_bound(reader, "above", "amount", definition.currencies, not_negative());

    if (!reader.has("at_least") && !reader.has("at_most") && !reader.has("one_of") &&
        !check.is_required) {
        reader.file().report(reader.place("entries"), "workspace.missing_key",
                             "the row check demands nothing",
                             "Add at_least, at_most, one_of or \"required: true\".");
    }
    const char* misfit = type == ColumnType::text ? (reader.has("at_least")  ? "at_least"
                                                     : reader.has("at_most") ? "at_most"
                                                                             : nullptr)
                                                  : (reader.has("one_of") ? "one_of" : nullptr);
    if (!check.column.empty() && misfit) {
        reader.file().report(
            reader.place(misfit), "workspace.contradiction",
            fmt::format("\"{}\" does not fit column \"{}\"", misfit, check.column),
            "Bounds are for numbers, dates and instants, one_of for text columns.");
        return;
    }
    if (type == ColumnType::decimal) read_number_bounds(reader, definition.currencies, check);
    if (type == ColumnType::date || type == ColumnType::instant)
        read_moment_bounds(reader, type, check);
}

void read_cross(const YamlReader& reader, const DefinitionFile& definition,
                CheckDefinition& check) {
    check.book = read_book(reader);
    check.group_by =
        read_column(reader, "group_by", Need::required,
                    {.book = check.book, .source = "", .clients = check.clients}, definition);
    check.entries = read_entries(reader, "entries", Need::required);
    check.limit_book = read_book(reader, "limit_book");
    check.limit_entries = read_entries(reader, "limit_entries", Need::required);
    check.tolerance =
        reader.decimal("tolerance", Need::optional, not_negative()).value_or(Decimal());
}

void read_invariant(const YamlReader& reader, const DefinitionFile& definition,
                    CheckDefinition& check) {
    check.metric = reader.name("metric", Need::required);
    if (!check.metric.empty()) {
        definition.refer(ReferenceKind::metric, {check.metric, reader.place("metric")});
    }
    for (const PlacedText& part : reader.texts("equals", Need::required)) {
        const char sign = part.text.front();
        const std::string metric = part.text.substr(1);
        if ((sign != '+' && sign != '-') || !is_name(metric)) {
            reader.file().report(part.where, "workspace.bad_part",
                                 fmt::format("\"{}\" is no signed metric", part.text),
                                 "Write +METRIC or -METRIC.");
            continue;
        }
        check.parts.emplace_back(sign == '+' ? 1 : -1, metric);
        definition.references.push_back({.kind = ReferenceKind::metric,
                                         .name = {metric, part.where},
                                         .stream = {},
                                         .clients = {},
                                         .beside = check.metric});
    }
}

void read_source(const YamlReader& reader, Need need, const DefinitionFile& definition,
                 CheckDefinition& check) {
    // A stream without its source would be nobody's.
    check.source = reader.name("source", reader.has("stream") ? Need::required : need);
    check.stream = reader.name("stream", need);
    if (check.source.empty()) return;
    definition.references.push_back({.kind = ReferenceKind::source,
                                     .name = {check.source, reader.place("source")},
                                     .stream = {check.stream, reader.place("stream")},
                                     .clients = check.clients});
}

void read_volume(const YamlReader& reader, const DefinitionFile& definition,
                 CheckDefinition& check) {
    check.measure = reader.name("measure", Need::required);
    const bool is_events = check.measure == "events";
    if (!check.measure.empty() && !is_events) {
        definition.refer(ReferenceKind::measure, {check.measure, reader.place("measure")});
    }
    // Events are counted on a stream; a metric may do without.
    read_source(reader, is_events ? Need::required : Need::optional, definition, check);
    const Decimal thousandth = Decimal::from_micros(Decimal::scale / 1000).value();
    if (const auto threshold =
            reader.decimal("threshold", Need::optional, {thousandth, whole(100)})) {
        check.threshold_milli = static_cast<int>(threshold->micros() / thousandth.micros());
    }
    check.window_days =
        reader.integer("window_days", Need::optional, {1, window_days_max}).value_or(56);
    check.history_days_min =
        reader.integer("history_days_min", Need::optional, {1, window_days_max}).value_or(14);
    if (check.history_days_min > check.window_days) {
        reader.file().report(reader.place("history_days_min"), "workspace.contradiction",
                             "\"history_days_min\" is longer than \"window_days\"",
                             fmt::format("Ask for {} days at most.", check.window_days));
    }
}

void read_balance(const YamlReader& reader, const DefinitionFile& definition,
                  CheckDefinition& check) {
    check.book = read_book(reader);
    check.source = reader.name("source", Need::optional);
    if (!check.source.empty()) {
        definition.references.push_back({.kind = ReferenceKind::source,
                                         .name = {check.source, reader.place("source")},
                                         .stream = {},
                                         .clients = check.clients});
    }
    check.account_column = read_column(
        reader, "account", Need::optional,
        {.book = check.book, .source = check.source, .clients = check.clients}, definition);
    if (check.account_column.empty()) check.account_column = "account";
    check.tolerance =
        reader.decimal("tolerance", Need::optional, not_negative()).value_or(Decimal());
}

void read_kind(const YamlReader& reader, const DefinitionFile& definition, CheckDefinition& check) {
    const auto kind = reader.exactly_one(kind_keys);
    if (!kind) return;
    check.kind = static_cast<CheckKind>(*kind);
    static const std::vector<std::vector<std::string>> keys = {
        {"book", "entries", "column", "at_least", "at_most", "one_of", "required", "above"},
        {"group_by", "book", "entries", "limit_book", "limit_entries", "tolerance"},
        {"metric", "equals"},
        {"source", "stream", "within_hours"},
        {"source", "stream", "measure", "threshold", "window_days", "history_days_min"},
        {"book", "source", "account", "tolerance"}};
    const auto part = read_part(reader, kind_keys[*kind], Need::required, keys[*kind]);
    switch (check.kind) {
        case CheckKind::row:
            read_row(*part, definition, check);
            break;
        case CheckKind::cross:
            read_cross(*part, definition, check);
            break;
        case CheckKind::invariant:
            read_invariant(*part, definition, check);
            break;
        case CheckKind::freshness:
            read_source(*part, Need::required, definition, check);
            check.within_hours =
                part->integer("within_hours", Need::required, {1, hours_max}).value_or(0);
            break;
        case CheckKind::volume:
            read_volume(*part, definition, check);
            break;
        case CheckKind::balance:
            read_balance(*part, definition, check);
            break;
    }
    const bool has_rows = check.kind == CheckKind::row || check.kind == CheckKind::cross;
    if (check.severity == CheckSeverity::quarantine && !has_rows) {
        reader.file().report(
            reader.place("severity"), "workspace.contradiction",
            fmt::format("a check of kind \"{}\" has no rows to quarantine", kind_keys[*kind]),
            "Use note or hold.");
    }
}

}  // namespace

CheckDefinition load_check(const DefinitionFile& definition) {
    const YamlReader reader(definition.root, "check",
                            {"check", "owner", "title", "severity", "exception_severity", "clients",
                             "fix", "row", "cross", "invariant", "freshness", "volume", "balance"},
                            definition.file);
    CheckDefinition check;
    check.head = read_head(reader, "check", definition);
    check.clients = read_clients(reader, definition);
    check.severity = static_cast<CheckSeverity>(
        reader.choice("severity", Need::required, severity_names).value_or(0));
    check.exception_severity = read_severity(reader, "exception_severity");
    check.fix = read_fix(reader);
    read_kind(reader, definition, check);
    return check;
}

}  // namespace meshline
