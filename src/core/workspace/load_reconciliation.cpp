#include "core/workspace/loaders.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace meshline {
namespace {

constexpr int lag_days_limit = 3660;
// In the order of MatchKind.
const std::vector<std::string> match_keys = {"one_to_one", "many_to_one", "one_to_many"};
constexpr std::array side_names = {"left", "right"};
constexpr std::array doubts_names = {"left", "right", "both"};

Decimal whole(std::int64_t number) {
    return Decimal::from_micros(static_cast<__int128>(number) * Decimal::scale).value();
}

/// "+tip" and "-tip" are the entries of a type on one side of zero.
void read_side_entries(const YamlReader& reader, SideDefinition& side) {
    static const std::vector<std::string> known = [] {
        std::vector<std::string> names(entry_type_names.begin(), entry_type_names.end());
        for (const char* name : entry_type_names) {
            names.push_back(fmt::format("+{}", name));
            names.push_back(fmt::format("-{}", name));
        }
        return names;
    }();
    bool has_sides = false;
    for (const std::string& text : reader.known_texts(
             "entries", Need::required, known, "entry type", "workspace.unknown_entry_type")) {
        const bool is_signed = text.starts_with('+') || text.starts_with('-');
        const std::string type = is_signed ? text.substr(1) : text;
        const bool is_repeated = std::ranges::find(side.entries, type) != side.entries.end();
        has_sides |= is_signed;
        if (is_repeated && has_sides) {
            reader.file().report(reader.place("entries"), "workspace.contradiction",
                                 fmt::format("\"entries\" names \"{}\" twice", type),
                                 "Keep one: the type alone has both sides of zero.");
            continue;
        }
        side.entries.push_back(type);
        if (is_signed) {
            (text.starts_with('+') ? side.above_zero : side.below_zero).push_back(type);
        }
    }
}

SideDefinition read_side(const YamlReader& parent, std::string_view key,
                         const DefinitionFile& definition,
                         const std::vector<std::string>& clients) {
    SideDefinition side;
    const auto reader =
        read_part(parent, key, Need::required, {"book", "entries", "item", "source", "negate"});
    if (!reader) return side;
    side.book = read_book(*reader);
    read_side_entries(*reader, side);
    side.is_negated = reader->boolean("negate").value_or(false);
    side.source = reader->name("source", Need::optional);
    if (!side.source.empty()) {
        definition.references.push_back({.kind = ReferenceKind::source,
                                         .name = {side.source, reader->place("source")},
                                         .stream = {},
                                         .clients = clients});
    }
    const AskedOf of{.book = side.book, .source = side.source, .clients = clients};
    const std::string item = read_column(*reader, "item", Need::optional, of, definition);
    if (!item.empty()) side.item = item;
    return side;
}

/// What both sides are asked for.
struct SidesAsked {
    AskedOf left;
    AskedOf right;
};

void read_keys(const YamlReader& reader, const SidesAsked& sides, const DefinitionFile& definition,
               MatchRule& rule) {
    const bool has_pair = reader.has("left_key") || reader.has("right_key");
    if (!has_pair) {
        const std::size_t asked_before = definition.asked.size();
        rule.left_key = read_column(reader, "key", Need::required, sides.left, definition);
        rule.right_key = rule.left_key;
        // What is asked of the left side is asked of the right one too.
        if (definition.asked.size() > asked_before) {
            const AskedColumn left = definition.asked.back();
            definition.asked.push_back(
                {left.name, left.where, sides.right.book, sides.right.source, sides.right.clients});
        }
        return;
    }
    if (reader.has("key")) {
        reader.file().report(reader.place("key"), "workspace.contradiction",
                             "the match rule has both \"key\" and a key per side",
                             "Keep \"key\", or left_key and right_key.");
    }
    rule.left_key = read_column(reader, "left_key", Need::required, sides.left, definition);
    rule.right_key = read_column(reader, "right_key", Need::required, sides.right, definition);
}

void read_tolerance(const YamlReader& reader, MatchRule& rule) {
    const auto part = read_part(reader, "tolerance", Need::optional, {"absolute", "percent"});
    if (!part) return;
    const DecimalRange amounts{.min = Decimal(),
                               .max = Decimal::from_micros(Decimal::micros_max).value()};
    rule.tolerance_absolute =
        part->decimal("absolute", Need::optional, amounts).value_or(Decimal());
    const auto percent = part->decimal("percent", Need::optional, {Decimal(), whole(100)});
    if (!percent) return;
    constexpr std::int64_t thousandth = Decimal::scale / 1000;
    if (percent->micros() % thousandth != 0) {
        reader.file().report(part->place("percent"), "workspace.out_of_range",
                             "\"percent\" has more than three digits after the point",
                             "Write thousandths of a percent at the finest: 0.125.");
    }
    rule.tolerance_percent_milli = static_cast<int>(percent->micros() / thousandth);
}

void read_lag(const YamlReader& reader, MatchRule& rule) {
    const auto part = read_part(reader, "lag", Need::optional, {"days", "days_min", "days_max"});
    if (!part) return;
    rule.is_lag_checked = true;
    if (part->has("days")) {
        if (part->has("days_min") || part->has("days_max")) {
            reader.file().report(part->place("days"), "workspace.contradiction",
                                 "\"lag\" has both \"days\" and its bounds",
                                 "Keep \"days\" (0 to that many), or days_min and days_max.");
        }
        rule.lag_days_max = part->integer("days", Need::required, {0, lag_days_limit}).value_or(0);
        return;
    }
    const IntegerRange range{-lag_days_limit, lag_days_limit};
    rule.lag_days_min = part->integer("days_min", Need::required, range).value_or(0);
    rule.lag_days_max = part->integer("days_max", Need::required, range).value_or(0);
    if (rule.lag_days_min > rule.lag_days_max) {
        reader.file().report(part->place("days_min"), "workspace.contradiction",
                             "\"days_min\" is greater than \"days_max\"",
                             fmt::format("Let days_min be {} or less.", rule.lag_days_max));
    }
}

std::optional<MatchRule> read_rule(const YamlNode& node, std::size_t index, const SidesAsked& sides,
                                   const DefinitionFile& definition) {
    const YamlReader outer(node, "match rule", match_keys, definition.file);
    const auto kind = outer.exactly_one(match_keys);
    if (!kind) return std::nullopt;
    const auto reader =
        read_part(outer, match_keys[*kind], Need::required,
                  {"name", "key", "left_key", "right_key", "tolerance", "lag", "confirm", "final"});
    MatchRule rule;
    rule.kind = static_cast<MatchKind>(*kind);
    rule.name = reader->name("name", Need::optional);
    if (rule.name.empty()) rule.name = fmt::format("rule_{}", index + 1);
    read_keys(*reader, sides, definition, rule);
    read_tolerance(*reader, rule);
    read_lag(*reader, rule);
    rule.is_confirmed = reader->boolean("confirm").value_or(true);
    rule.is_final = reader->boolean("final").value_or(true);
    return rule;
}

std::vector<MatchRule> read_rules(const YamlReader& reader, const SidesAsked& sides,
                                  const DefinitionFile& definition) {
    std::vector<MatchRule> rules;
    for (const YamlNode* node : reader.list("match", Need::required)) {
        auto rule = read_rule(*node, rules.size(), sides, definition);
        if (!rule) continue;
        const bool is_repeated = std::any_of(rules.begin(), rules.end(), [&](const auto& earlier) {
            return earlier.name == rule->name;
        });
        if (is_repeated) {
            reader.file().report(reader.file().place(*node), "workspace.duplicate_name",
                                 fmt::format("two match rules are named \"{}\"", rule->name),
                                 "Rename one of them.");
        }
        rules.push_back(std::move(*rule));
    }
    return rules;
}

/// Every reason gets a policy; those that the file leaves out fall to the reconciliation's owner.
std::map<std::string, BreakPolicy> read_breaks(const YamlReader& parent,
                                               const DefinitionFile& definition,
                                               const std::string& owner) {
    const std::vector<std::string> reasons(std::begin(break_reasons), std::end(break_reasons));
    std::map<std::string, BreakPolicy> policies;
    for (const std::string& reason : reasons)
        policies[reason].owner = owner;
    const auto reader = read_part(parent, "breaks", Need::optional, reasons);
    if (!reader) return policies;
    for (const std::string& reason : reasons) {
        const auto part = read_part(*reader, reason, Need::optional, {"severity", "owner", "fix"});
        if (!part) continue;
        BreakPolicy& policy = policies[reason];
        policy.severity = read_severity(*part, "severity");
        policy.fix = read_fix(*part);
        const std::string named = part->name("owner", Need::optional);
        if (named.empty()) continue;
        policy.owner = named;
        definition.refer(ReferenceKind::owner, {named, part->place("owner")});
    }
    return policies;
}

}  // namespace

ReconciliationDefinition load_reconciliation(const DefinitionFile& definition) {
    const YamlReader reader(definition.root, "reconciliation",
                            {"reconciliation", "owner", "title", "clients", "left", "right",
                             "match", "due", "optional_side", "doubts", "breaks"},
                            definition.file);
    ReconciliationDefinition read;
    read.head = read_head(reader, "reconciliation", definition);
    read.clients = read_clients(reader, definition);
    read.left = read_side(reader, "left", definition, read.clients);
    read.right = read_side(reader, "right", definition, read.clients);
    const SidesAsked sides{
        .left = {.book = read.left.book, .source = read.left.source, .clients = read.clients},
        .right = {.book = read.right.book, .source = read.right.source, .clients = read.clients}};
    read.rules = read_rules(reader, sides, definition);
    if (const auto due = read_part(reader, "due", Need::optional, {"right_days", "left_days"})) {
        const IntegerRange range{0, lag_days_limit};
        read.due_days_right = due->integer("right_days", Need::optional, range).value_or(0);
        read.due_days_left = due->integer("left_days", Need::optional, range).value_or(0);
    }
    if (const auto side = reader.choice("optional_side", Need::optional, side_names)) {
        read.is_left_optional = *side == 0;
        read.is_right_optional = *side == 1;
    }
    if (const auto side = reader.choice("doubts", Need::optional, doubts_names)) {
        read.is_left_doubtful = *side != 1;
        read.is_right_doubtful = *side != 0;
    }
    read.breaks = read_breaks(reader, definition, read.head.owner);
    return read;
}

}  // namespace meshline
