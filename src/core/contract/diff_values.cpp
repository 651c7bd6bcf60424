// What one schema says of its own values, without the schemas inside it.
#include "base/json/for_each_child.hpp"
#include "base/json/json.hpp"
#include "base/json/json_equal.hpp"
#include "base/text/shorten.hpp"
#include "core/contract/annotation.hpp"
#include "core/contract/contract_diff.hpp"

#include <array>
#include <fmt/format.h>

namespace meshline {
namespace {

/// A bound and what a larger value of it means.
struct Bound {
    std::string_view keyword;
    ChangeKind when_raised;
};

constexpr std::array bounds = {
    Bound{"minimum", ChangeKind::breaking},
    Bound{"maximum", ChangeKind::additive},
    Bound{"exclusiveMinimum", ChangeKind::breaking},
    Bound{"exclusiveMaximum", ChangeKind::additive},
    Bound{"minLength", ChangeKind::breaking},
    Bound{"maxLength", ChangeKind::additive},
    Bound{"minItems", ChangeKind::breaking},
    Bound{"maxItems", ChangeKind::additive},
    Bound{"minProperties", ChangeKind::breaking},
    Bound{"maxProperties", ChangeKind::additive},
    Bound{"minContains", ChangeKind::breaking},
    Bound{"maxContains", ChangeKind::additive},
};

/// Conditions of which one form cannot be compared with another.
constexpr std::array<std::string_view, 4> conditions = {"pattern", "multipleOf", "uniqueItems",
                                                        "dependentRequired"};

/// Values that are compared each with each; longer lists are only told to be the same or not.
constexpr std::size_t enum_pairs_max = 1'000'000;

std::string shown(JsonValue value) {
    constexpr std::size_t bytes_max = 60;
    return shortened(canonical_json(value), bytes_max);
}

ChangeKind other(ChangeKind kind) {
    return kind == ChangeKind::breaking ? ChangeKind::additive : ChangeKind::breaking;
}

}  // namespace

ContractDiff::Written ContractDiff::member(JsonValue schema, std::string_view name) {
    return schema.is(JsonType::object) ? schema.find(name) : std::nullopt;
}

void ContractDiff::compare_types(JsonValue before, JsonValue after, const std::string& field) {
    const auto types_of = [](JsonValue schema) -> std::set<std::string> {
        std::set<std::string> types;
        const auto written = member(schema, "type");
        if (!written) return {"array", "boolean", "integer", "null", "number", "object", "string"};
        if (written->is(JsonType::string)) types.emplace(written->text());
        for_each_child(*written, [&](JsonValue type) { types.emplace(type.text()); });
        if (types.contains("number")) types.emplace("integer");
        return types;
    };
    const std::set<std::string> old_types = types_of(before);
    const std::set<std::string> new_types = types_of(after);
    for (const std::string& type : old_types) {
        if (!new_types.contains(type)) {
            note(ChangeKind::breaking, field, fmt::format("may no longer be {}", type));
        }
    }
    for (const std::string& type : new_types) {
        if (!old_types.contains(type)) {
            note(ChangeKind::additive, field, fmt::format("may also be {}", type));
        }
    }
}

void ContractDiff::compare_annotations(JsonValue before, JsonValue after,
                                       const std::string& field) {
    const auto annotation = [](JsonValue schema) {
        const auto written = member(schema, "x-meshline");
        return std::string(written ? written->text() : "written");
    };
    const std::string was = annotation(before);
    const std::string is = annotation(after);
    if (was == is) return;
    note(ChangeKind::breaking, field, fmt::format("is read as {}, was as {}", is, was));
}

/// "enum" and "const": which values are allowed.
void ContractDiff::compare_values(JsonValue before, JsonValue after, const std::string& field) {
    compare_condition("const", before, after, field);
    const auto was = member(before, "enum");
    const auto is = member(after, "enum");
    const bool is_small = was && is && was->size() * is->size() <= enum_pairs_max;
    if (!is_small) return compare_condition("enum", before, after, field);
    const auto note_missing = [&](JsonValue from, JsonValue in, ChangeKind kind,
                                  std::string_view what) {
        for_each_child(from, [&](JsonValue value) {
            bool is_there = false;
            for_each_child(in, [&](JsonValue one) { is_there |= is_json_equal(value, one); });
            if (!is_there) note(kind, field, fmt::format("{} {}", what, shown(value)));
        });
    };
    note_missing(*was, *is, ChangeKind::breaking, "may no longer be");
    note_missing(*is, *was, ChangeKind::additive, "may also be");
}

void ContractDiff::compare_bounds(JsonValue before, JsonValue after, const std::string& field) {
    for (const Bound& bound : bounds) {
        const auto was = member(before, bound.keyword);
        const auto is = member(after, bound.keyword);
        // Draft 4 has booleans among them.
        if (!was || !is || !was->is(JsonType::number) || !is->is(JsonType::number)) {
            compare_condition(bound.keyword, before, after, field);
            continue;
        }
        const auto order = *DecimalToken::parse(is->raw()) <=> *DecimalToken::parse(was->raw());
        if (order == 0) continue;
        note(order > 0 ? bound.when_raised : other(bound.when_raised), field,
             fmt::format("{} is {}, was {}", bound.keyword, is->raw(), was->raw()));
    }
}

void ContractDiff::compare_conditions(JsonValue before, JsonValue after, const std::string& field) {
    for (const std::string_view keyword : conditions)
        compare_condition(keyword, before, after, field);
    if (asserts_formats_) compare_condition("format", before, after, field);
    compare_condition(formats_keyword, before, after, field);
}

/// A condition that comes is breaking, one that goes is additive, one that changes is unknown.
void ContractDiff::compare_condition(std::string_view keyword, JsonValue before, JsonValue after,
                                     const std::string& field) {
    const auto was = member(before, keyword);
    const auto is = member(after, keyword);
    if (was && is) {
        if (is_json_equal(*was, *is)) return;
        note(ChangeKind::breaking, field,
             fmt::format("{} is {}, was {}", keyword, shown(*is), shown(*was)));
    } else if (is) {
        note(ChangeKind::breaking, field, fmt::format("{} is {} now", keyword, shown(*is)));
    } else if (was) {
        note(ChangeKind::additive, field, fmt::format("{} is no longer asked", keyword));
    }
}

void ContractDiff::compare_required(JsonValue before, JsonValue after, const std::string& field) {
    const auto names = [](JsonValue schema) {
        std::set<std::string> required;
        if (const auto listed = member(schema, "required")) {
            for_each_child(*listed, [&](JsonValue name) { required.emplace(name.text()); });
        }
        return required;
    };
    const std::set<std::string> was = names(before);
    const std::set<std::string> is = names(after);
    for (const std::string& name : is) {
        if (!was.contains(name)) {
            note(ChangeKind::breaking, below(field, name), "is required now");
        }
    }
    for (const std::string& name : was) {
        if (!is.contains(name)) {
            note(ChangeKind::additive, below(field, name), "is no longer required");
        }
    }
}

}  // namespace meshline
