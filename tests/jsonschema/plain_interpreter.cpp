#include "jsonschema/plain_interpreter.hpp"

#include "base/json/for_each_child.hpp"
#include "base/json/json_pointer.hpp"

#include <cmath>
#include <cstdlib>
#include <functional>
#include <optional>
#include <set>
#include <string>

namespace meshline {
namespace {

double number_of(JsonValue value) {
    return std::strtod(std::string(value.raw()).c_str(), nullptr);
}

bool is_whole(double number) {
    return number == std::floor(number);
}

bool is_equal(JsonValue one, JsonValue other) {
    if (one.type() != other.type()) return false;
    if (one.is(JsonType::number)) return number_of(one) == number_of(other);
    if (one.is(JsonType::string)) return one.text() == other.text();
    if (one.type() < JsonType::array) return one.raw() == other.raw();
    if (one.size() != other.size()) return false;
    bool is_same = true;
    std::size_t index = 0;
    for_each_child(one, [&](JsonValue child) {
        const std::string step =
            one.is(JsonType::array) ? std::to_string(index++) : std::string(child.key());
        const auto twin = child_at(other, step);
        is_same = is_same && twin && is_equal(child, *twin);
    });
    return is_same;
}

bool matches(std::string_view pattern, std::string_view text) {
    const bool from_start = pattern.starts_with('^');
    const bool to_end = pattern.ends_with('$');
    pattern = pattern.substr(from_start ? 1 : 0);
    pattern.remove_suffix(to_end ? 1 : 0);
    if (from_start && to_end) return text == pattern;
    if (from_start) return text.starts_with(pattern);
    if (to_end) return text.ends_with(pattern);
    return text.find(pattern) != std::string_view::npos;
}

bool is_of_type(std::string_view type, JsonValue value) {
    if (type == "integer") return value.is(JsonType::number) && is_whole(number_of(value));
    return type == name_of(value.type());
}

/// What a schema said of a value: whether it holds, and which members and items it evaluated.
struct Outcome {
    bool is_valid = true;
    std::set<std::string> members;
    std::set<std::size_t> items;

    void require(bool holds) { is_valid = is_valid && holds; }
    void take_in(const Outcome& other) {
        members.insert(other.members.begin(), other.members.end());
        items.insert(other.items.begin(), other.items.end());
    }
};

class Interpreter {
  public:
    explicit Interpreter(JsonValue root) : root_(root) {}

    Outcome judge(JsonValue schema, JsonValue value) const {
        Outcome outcome;
        if (schema.is(JsonType::boolean)) {
            outcome.is_valid = schema.boolean();
            return outcome;
        }
        judge_assertions(schema, value, outcome);
        judge_in_place(schema, value, outcome);
        if (value.is(JsonType::object)) judge_members(schema, value, outcome);
        if (value.is(JsonType::array)) judge_items(schema, value, outcome);
        judge_unevaluated(schema, value, outcome);
        if (!outcome.is_valid) return {.is_valid = false};
        return outcome;
    }

  private:
    using See = std::function<void(JsonValue)>;

    static void with(JsonValue schema, std::string_view keyword, const See& see) {
        if (const auto found = schema.find(keyword)) see(*found);
    }

    void judge_assertions(JsonValue schema, JsonValue value, Outcome& outcome) const {
        with(schema, "type", [&](JsonValue type) {
            bool is_one = type.is(JsonType::string) && is_of_type(type.text(), value);
            for_each_child(type, [&](JsonValue one) { is_one |= is_of_type(one.text(), value); });
            outcome.require(is_one);
        });
        with(schema, "const", [&](JsonValue one) { outcome.require(is_equal(one, value)); });
        with(schema, "enum", [&](JsonValue all) {
            bool is_one = false;
            for_each_child(all, [&](JsonValue one) { is_one |= is_equal(one, value); });
            outcome.require(is_one);
        });
        const auto bound = [&](std::string_view keyword, double measured, auto holds) {
            with(schema, keyword,
                 [&](JsonValue limit) { outcome.require(holds(measured, number_of(limit))); });
        };
        const auto at_least = [](double measured, double limit) { return measured >= limit; };
        const auto at_most = [](double measured, double limit) { return measured <= limit; };
        if (value.is(JsonType::number)) {
            const double number = number_of(value);
            bound("minimum", number, at_least);
            bound("maximum", number, at_most);
            bound("exclusiveMinimum", number, std::greater<>());
            bound("exclusiveMaximum", number, std::less<>());
            bound("multipleOf", number,
                  [](double one, double step) { return is_whole(one / step); });
        }
        if (value.is(JsonType::string)) {
            bound("minLength", static_cast<double>(value.text().size()), at_least);
            bound("maxLength", static_cast<double>(value.text().size()), at_most);
            with(schema, "pattern", [&](JsonValue pattern) {
                outcome.require(matches(pattern.text(), value.text()));
            });
        }
        const std::string what = value.is(JsonType::array) ? "Items" : "Properties";
        if (value.type() >= JsonType::array) {
            bound("min" + what, static_cast<double>(value.size()), at_least);
            bound("max" + what, static_cast<double>(value.size()), at_most);
        }
    }

    /// Keywords that hold the value itself against other schemas.
    void judge_in_place(JsonValue schema, JsonValue value, Outcome& outcome) const {
        const auto must = [&](JsonValue other) {
            const Outcome said = judge(other, value);
            outcome.require(said.is_valid);
            outcome.take_in(said);
        };
        with(schema, "$ref", [&](JsonValue reference) {
            JsonValue target = root_;
            for (const std::string& step : pointer_steps(reference.text().substr(1)))
                target = *child_at(target, step);
            must(target);
        });
        with(schema, "allOf", [&](JsonValue all) { for_each_child(all, must); });
        for (const std::string_view keyword : {"anyOf", "oneOf"}) {
            with(schema, keyword, [&](JsonValue all) {
                int count = 0;
                for_each_child(all, [&](JsonValue one) {
                    const Outcome said = judge(one, value);
                    count += said.is_valid ? 1 : 0;
                    outcome.take_in(said);
                });
                outcome.require(keyword == "anyOf" ? count > 0 : count == 1);
            });
        }
        with(schema, "not", [&](JsonValue one) { outcome.require(!judge(one, value).is_valid); });
        with(schema, "if", [&](JsonValue condition) {
            const Outcome said = judge(condition, value);
            outcome.take_in(said);
            with(schema, said.is_valid ? "then" : "else", must);
        });
        if (!value.is(JsonType::object)) return;
        with(schema, "dependentSchemas", [&](JsonValue all) {
            for_each_child(all, [&](JsonValue one) {
                if (value.find(one.key())) must(one);
            });
        });
        with(schema, "dependentRequired", [&](JsonValue all) {
            for_each_child(all, [&](JsonValue names) {
                if (!value.find(names.key())) return;
                for_each_child(names, [&](JsonValue name) {
                    outcome.require(value.find(name.text()).has_value());
                });
            });
        });
        with(schema, "required", [&](JsonValue names) {
            for_each_child(names, [&](JsonValue name) {
                outcome.require(value.find(name.text()).has_value());
            });
        });
    }

    void judge_members(JsonValue schema, JsonValue value, Outcome& outcome) const {
        std::set<std::string> named;
        for_each_child(value, [&](JsonValue member) {
            const std::string name(member.key());
            const auto must = [&](JsonValue other) {
                named.insert(name);
                outcome.require(judge(other, member).is_valid);
            };
            with(schema, "properties", [&](JsonValue all) {
                if (const auto one = all.find(name)) must(*one);
            });
            with(schema, "patternProperties", [&](JsonValue all) {
                for_each_child(all, [&](JsonValue one) {
                    if (matches(one.key(), name)) must(one);
                });
            });
            if (!named.contains(name)) with(schema, "additionalProperties", must);
            with(schema, "propertyNames", [&](JsonValue names) {
                outcome.require(judge(names, member.key_value()).is_valid);
            });
        });
        outcome.members.insert(named.begin(), named.end());
    }

    void judge_items(JsonValue schema, JsonValue value, Outcome& outcome) const {
        std::size_t index = 0;
        std::size_t contained = 0;
        for_each_child(value, [&](JsonValue item) {
            const auto must = [&](JsonValue other) {
                outcome.items.insert(index);
                outcome.require(judge(other, item).is_valid);
            };
            const auto prefix = schema.find("prefixItems");
            const bool is_in_prefix = prefix && index < prefix->size();
            if (is_in_prefix) must(*child_at(*prefix, std::to_string(index)));
            if (!is_in_prefix) with(schema, "items", must);
            with(schema, "contains", [&](JsonValue one) {
                if (!judge(one, item).is_valid) return;
                ++contained;
                outcome.items.insert(index);
            });
            ++index;
        });
        if (schema.find("contains")) {
            const auto least = schema.find("minContains");
            const auto most = schema.find("maxContains");
            const auto count = static_cast<double>(contained);
            outcome.require(count >= (least ? number_of(*least) : 1));
            outcome.require(!most || count <= number_of(*most));
        }
        with(schema, "uniqueItems", [&](JsonValue is_asked) {
            if (!is_asked.boolean()) return;
            std::size_t equal = 0;
            for_each_child(value, [&](JsonValue one) {
                for_each_child(value, [&](JsonValue other) { equal += is_equal(one, other); });
            });
            outcome.require(equal == value.size());
        });
    }

    void judge_unevaluated(JsonValue schema, JsonValue value, Outcome& outcome) const {
        if (value.is(JsonType::object)) {
            with(schema, "unevaluatedProperties", [&](JsonValue other) {
                for_each_child(value, [&](JsonValue member) {
                    if (!outcome.members.insert(std::string(member.key())).second) return;
                    outcome.require(judge(other, member).is_valid);
                });
            });
        }
        if (value.is(JsonType::array)) {
            with(schema, "unevaluatedItems", [&](JsonValue other) {
                std::size_t index = 0;
                for_each_child(value, [&](JsonValue item) {
                    if (!outcome.items.insert(index++).second) return;
                    outcome.require(judge(other, item).is_valid);
                });
            });
        }
    }

    JsonValue root_;
};

}  // namespace

bool is_valid_plainly(JsonValue schema, JsonValue instance) {
    return Interpreter(schema).judge(schema, instance).is_valid;
}

}  // namespace meshline
