#include "core/contract/diff.hpp"

#include "base/json/decimal_token.hpp"
#include "base/json/for_each_child.hpp"
#include "base/json/json.hpp"
#include "base/json/json_equal.hpp"
#include "base/json/json_pointer.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <set>
#include <utility>

namespace meshline {
namespace {

using Schema = std::optional<JsonValue>;

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
};

/// Conditions of which one form cannot be compared with another.
constexpr std::array<std::string_view, 6> conditions = {"pattern", "multipleOf", "anyOf",
                                                        "oneOf",   "allOf",      "not"};

constexpr int levels_max = 64;
constexpr std::size_t changes_max = 1000;
/// Pairs of schemas compared: definitions that use each other many times grow fast.
constexpr std::size_t compared_max = 200'000;

std::string shown(JsonValue value) {
    constexpr std::size_t letters_max = 60;
    std::string text = canonical_json(value);
    if (text.size() > letters_max) text = text.substr(0, letters_max) + " ...";
    return text;
}

ChangeKind other(ChangeKind kind) {
    return kind == ChangeKind::breaking ? ChangeKind::additive : ChangeKind::breaking;
}

/// Follows two contracts down together. It calls itself at most `levels_max` deep.
class ContractDiff {
  public:
    ContractDiff(JsonValue before, JsonValue after) : before_root_(before), after_root_(after) {}

    std::vector<ContractChange> run() {
        compare(before_root_, after_root_, "", 0);
        return std::move(changes_);
    }

  private:
    void note(ChangeKind kind, const std::string& field, std::string what) {
        if (changes_.size() < changes_max) changes_.push_back({kind, field, std::move(what)});
    }

    static Schema member(JsonValue schema, std::string_view name) {
        return schema.is(JsonType::object) ? schema.find(name) : std::nullopt;
    }

    /// What a "$ref" leads to, where nothing stands beside it; contracts write it as a pointer from
    /// their root.
    static JsonValue resolved(JsonValue root, JsonValue schema) {
        for (int step = 0; step < levels_max && member(schema, "$ref"); ++step) {
            if (!is_reference_alone(schema)) return schema;
            schema = target_of(root, schema);
        }
        return schema;
    }

    /// Whether nothing but words for people stands beside the "$ref".
    static bool is_reference_alone(JsonValue schema) {
        constexpr std::array<std::string_view, 6> words = {"$ref",     "title",    "description",
                                                           "$comment", "examples", "default"};
        bool is_alone = true;
        for_each_child(schema, [&](JsonValue one) {
            is_alone &= std::ranges::find(words, one.key()) != words.end();
        });
        return is_alone;
    }

    static JsonValue target_of(JsonValue root, JsonValue schema) {
        JsonValue target = root;
        for (const std::string& name : pointer_steps(member(schema, "$ref")->text()))
            target = child_at(target, name).value_or(target);
        return target;
    }

    void compare(JsonValue before, JsonValue after, const std::string& field, int level) {
        before = resolved(before_root_, before);
        after = resolved(after_root_, after);
        // A contract that refers to itself comes back to the same two places on the way down.
        const std::pair places(before.offset(), after.offset());
        if (level == levels_max || !on_the_way_.insert(places).second) return;
        if (++compared_ == compared_max) {
            note(ChangeKind::breaking, field, "and what follows is too large to compare");
        }
        if (compared_ < compared_max) compare_keywords(before, after, field, level);
        on_the_way_.erase(places);
    }

    void compare_keywords(JsonValue before, JsonValue after, const std::string& field, int level) {
        if (before.is(JsonType::boolean) || after.is(JsonType::boolean)) {
            if (!is_json_equal(before, after)) {
                note(ChangeKind::breaking, field, fmt::format("is {} now", shown(after)));
            }
            return;
        }
        compare_condition("$ref", before, after, field);
        if (member(before, "$ref") && member(after, "$ref")) {
            compare(target_of(before_root_, before), target_of(after_root_, after), field,
                    level + 1);
        }
        compare_types(before, after, field);
        compare_values(before, after, field);
        for (const Bound& bound : bounds)
            compare_bound(bound, before, after, field);
        for (const std::string_view keyword : conditions)
            compare_condition(keyword, before, after, field);
        compare_required(before, after, field);
        compare_properties(before, after, field, level);
        compare_others(before, after, field);
        const auto before_items = member(before, "items");
        const auto after_items = member(after, "items");
        if (before_items && after_items) {
            compare(*before_items, *after_items, field, level + 1);
        } else if (before_items || after_items) {
            note(
                ChangeKind::breaking, field,
                before_items ? "its items are no longer described" : "its items are described now");
        }
    }

    static std::set<std::string> types_of(JsonValue schema) {
        std::set<std::string> types;
        const auto written = member(schema, "type");
        if (!written) return {"array", "boolean", "integer", "null", "number", "object", "string"};
        if (written->is(JsonType::string)) types.emplace(written->text());
        for_each_child(*written, [&](JsonValue type) { types.emplace(type.text()); });
        if (types.contains("number")) types.emplace("integer");
        return types;
    }

    void compare_types(JsonValue before, JsonValue after, const std::string& field) {
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
        const auto old_annotation = member(before, "x-meshline");
        const auto new_annotation = member(after, "x-meshline");
        const std::string was(old_annotation ? old_annotation->text() : "written");
        const std::string is(new_annotation ? new_annotation->text() : "written");
        if (was != is) {
            note(ChangeKind::breaking, field, fmt::format("is read as {}, was as {}", is, was));
        }
    }

    /// "enum" and "const": which values are allowed.
    void compare_values(JsonValue before, JsonValue after, const std::string& field) {
        compare_condition("const", before, after, field);
        const auto was = member(before, "enum");
        const auto is = member(after, "enum");
        if (!was || !is) {
            compare_condition("enum", before, after, field);
            return;
        }
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

    void compare_bound(const Bound& bound, JsonValue before, JsonValue after,
                       const std::string& field) {
        const auto was = member(before, bound.keyword);
        const auto is = member(after, bound.keyword);
        if (!was || !is) {
            compare_condition(bound.keyword, before, after, field);
            return;
        }
        const auto order = *DecimalToken::parse(is->raw()) <=> *DecimalToken::parse(was->raw());
        if (order == 0) return;
        note(order > 0 ? bound.when_raised : other(bound.when_raised), field,
             fmt::format("{} is {}, was {}", bound.keyword, is->raw(), was->raw()));
    }

    /// A condition that comes is breaking, one that goes is additive, one that changes is unknown.
    void compare_condition(std::string_view keyword, JsonValue before, JsonValue after,
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

    void compare_required(JsonValue before, JsonValue after, const std::string& field) {
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

    void compare_properties(JsonValue before, JsonValue after, const std::string& field,
                            int level) {
        const auto was = member(before, "properties");
        const auto is = member(after, "properties");
        if (was) {
            for_each_child(*was, [&](JsonValue property) {
                const std::string way = below(field, property.key());
                const auto same = is ? is->find(property.key()) : std::nullopt;
                if (same) {
                    compare(property, *same, way, level + 1);
                } else {
                    note(ChangeKind::breaking, way, "is gone: a transform may read it");
                }
            });
        }
        if (!is) return;
        for_each_child(*is, [&](JsonValue property) {
            if (was && was->find(property.key())) return;
            note(ChangeKind::additive, below(field, property.key()), "is new");
        });
    }

    void compare_others(JsonValue before, JsonValue after, const std::string& field) {
        const auto was = member(before, "additionalProperties");
        const auto is = member(after, "additionalProperties");
        const auto is_open = [](const Schema& others) {
            return !others || (others->is(JsonType::boolean) && others->boolean());
        };
        if (is_open(was) && is_open(is)) return;
        if (is_open(was)) {
            note(ChangeKind::breaking, field, "may no longer have members that are not named");
        } else if (is_open(is)) {
            note(ChangeKind::additive, field, "may have members that are not named");
        } else if (!is_json_equal(*was, *is)) {
            note(ChangeKind::breaking, field, "its members that are not named are held otherwise");
        }
    }

    static std::string below(const std::string& field, std::string_view name) {
        return fmt::format("{}{}{}", field, field.empty() ? "" : "/", name);
    }

    JsonValue before_root_;
    JsonValue after_root_;
    std::set<std::pair<std::size_t, std::size_t>> on_the_way_;
    std::size_t compared_ = 0;
    std::vector<ContractChange> changes_;
};

}  // namespace

std::string_view name_of(ChangeKind kind) {
    return kind == ChangeKind::breaking ? "breaking" : "additive";
}

std::vector<ContractChange> diff_contracts(JsonValue before, JsonValue after) {
    return ContractDiff(before, after).run();
}

}  // namespace meshline
