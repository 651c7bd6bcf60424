// Arrays and their items.
#include "base/jsonschema/evaluation.hpp"
#include "base/jsonschema/unique_items.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace meshline {

bool Evaluation::judge_array(const SchemaNode& node, JsonValue value, const Where& where) {
    const ArrayChecks& checks = *node.array;
    const std::size_t count = value.size();
    bool is_good = true;
    if (count < checks.count_min) {
        is_good = fail(node, where, "minItems", fmt::format("{} items are too few", count));
    }
    if (count > checks.count_max) {
        is_good = fail(node, where, "maxItems", fmt::format("{} items are too many", count));
    }
    if (!is_good && is_over()) return false;
    if (checks.is_unique && count > 1) {
        if (const auto pair = find_equal_items(value)) {
            is_good = fail(node, where, "uniqueItems",
                           fmt::format("items {} and {} are equal", pair->first, pair->second));
        }
    }
    if (!is_good && is_over()) return false;
    if (!checks.prefix.empty() || checks.rest != no_schema) {
        is_good &= judge_items(node, value, where);
    }
    if (checks.contains == no_schema || (!is_good && is_over())) return is_good;
    return judge_contains(node, value, where) && is_good;
}

bool Evaluation::judge_items(const SchemaNode& node, JsonValue value, const Where& where) {
    const ArrayChecks& checks = *node.array;
    if (value.size() == 0) return true;
    bool is_good = true;
    JsonValue item = value.first();
    for (std::size_t index = 0;; item = item.next()) {
        const bool is_prefix = index < checks.prefix.size();
        const SchemaId id = is_prefix ? checks.prefix[index] : checks.rest;
        if (id == no_schema) break;
        const Spot spot{.parent = where.spot, .index = index, .is_element = true};
        const Way way{where.way, is_prefix ? checks.prefix_keyword : checks.rest_keyword, "", index,
                      is_prefix ? Way::Choice::index : Way::Choice::none};
        is_good &= judge(id, item, {&spot, &way, where.scope, nullptr});
        if (!is_good && is_over()) return false;
        if (where.marks != nullptr) marks_.mark(*where.marks, index);
        if (++index == value.size()) break;
    }
    return is_good;
}

bool Evaluation::judge_contains(const SchemaNode& node, JsonValue value, const Where& where) {
    const ArrayChecks& checks = *node.array;
    std::size_t found = 0;
    if (value.size() > 0) {
        JsonValue item = value.first();
        for (std::size_t index = 0;; item = item.next()) {
            if (holds(checks.contains, item, {nullptr, nullptr, where.scope, nullptr})) {
                ++found;
                const bool evaluates = where.marks != nullptr && checks.contains_evaluates;
                if (evaluates) marks_.mark(*where.marks, index);
            }
            if (++index == value.size()) break;
        }
    }
    if (found < checks.contains_min) {
        const bool is_given = checks.contains_min != 1;
        return fail(
            node, where, is_given ? "minContains" : "contains",
            fmt::format("{} items of the wanted kind, {} needed", found, checks.contains_min));
    }
    if (found <= checks.contains_max) return true;
    return fail(node, where, "maxContains",
                fmt::format("{} items of the kind, {} allowed", found, checks.contains_max));
}

}  // namespace meshline
