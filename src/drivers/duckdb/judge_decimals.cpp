#include "drivers/duckdb/judge_decimals.hpp"

#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "drivers/duckdb/decimal_functions.hpp"
#include "drivers/duckdb/sql_tree.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <set>

namespace meshline {
namespace {

constexpr int int64_width_max = 18;

int number_of(std::optional<JsonValue> value) {
    int number = 0;
    if (!value) return number;  // the plan leaves zeros out
    const std::string_view digits = value->text();
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

/// A type as the plan writes it: {"id": "DECIMAL", "type_info": {"width": 18, "scale": 6}}.
class PlanType {
  public:
    PlanType() = default;
    explicit PlanType(std::optional<JsonValue> node) : node_(node) {}

    std::string_view id() const { return node_ ? text_of(*node_, "id") : ""; }
    bool is_decimal() const { return id() == "DECIMAL"; }
    bool is_float() const { return id() == "DOUBLE" || id() == "FLOAT"; }
    bool is_text() const { return id() == "VARCHAR"; }
    bool is_integer() const { return id().ends_with("INT") || id().ends_with("INTEGER"); }
    int width() const { return number_of(info("width")); }
    int scale() const { return is_decimal() ? number_of(info("scale")) : 0; }
    std::string text() const {
        return is_decimal() ? fmt::format("decimal({}, {})", width(), scale())
                            : to_lower_ascii(id());
    }
    /// Of a list, array or map.
    std::optional<PlanType> element() const {
        const auto child = info("child_type");
        if (!child) return std::nullopt;
        return PlanType(child);
    }
    /// Of a structure: the types of its members with their names.
    std::vector<std::pair<std::string_view, PlanType>> members() const {
        std::vector<std::pair<std::string_view, PlanType>> members;
        if (const auto children = info("child_types")) {
            for_each_child(*children, [&](JsonValue child) {
                members.emplace_back(text_of(child, "first"), PlanType(child.find("second")));
            });
        }
        return members;
    }

  private:
    std::optional<JsonValue> info(std::string_view member) const {
        const auto info = node_ ? object_of(*node_, "type_info") : std::nullopt;
        return info ? info->find(member) : std::nullopt;
    }

    std::optional<JsonValue> node_;
};

std::string_view class_of(JsonValue node) {
    return text_of(node, "expression_class");
}

PlanType type_of(JsonValue expression) {
    if (class_of(expression) == "BOUND_CONSTANT") {
        const auto value = object_of(expression, "value");
        return PlanType(value ? object_of(*value, "type") : std::nullopt);
    }
    return PlanType(object_of(expression, "return_type"));
}

/// The expression below its casts.
JsonValue uncast(JsonValue expression) {
    while (class_of(expression) == "BOUND_CAST")
        expression = *expression.find("child");
    return expression;
}

/// `round_to(x, 2, ...)` has no more digits than it was asked for, whatever its type could hold.
std::optional<int> digits_rounded_to(JsonValue expression) {
    if (class_of(expression) != "BOUND_FUNCTION" || text_of(expression, "name") != "round_to")
        return std::nullopt;
    const auto arguments = expression.find("children");
    if (!arguments || arguments->size() != 3) return std::nullopt;
    const auto value = object_of(uncast(arguments->first().next()), "value");
    return value ? std::optional(number_of(value->find("value"))) : std::nullopt;
}

enum class Loss : std::uint8_t { nothing, digits, binary, text };

/// What a cast from one type to another may lose of the decimals in it. Bounded by the depth of the
/// plan's document.
Loss loss_of(const PlanType& from, const PlanType& to) {
    if (from.is_decimal() && to.is_decimal())
        return to.scale() < from.scale() ? Loss::digits : Loss::nothing;
    if (from.is_decimal() && from.scale() > 0 && to.is_integer()) return Loss::digits;
    if (from.is_decimal() && to.is_float()) return Loss::binary;
    if (from.is_float() && to.is_decimal()) return Loss::binary;
    if (from.is_text() && to.is_decimal()) return Loss::text;
    const auto from_element = from.element();
    const auto to_element = to.element();
    if (from_element && to_element) return loss_of(*from_element, *to_element);
    for (const auto& [name, member] : from.members()) {
        for (const auto& [to_name, to_member] : to.members()) {
            if (to_name != name) continue;
            const Loss loss = loss_of(member, to_member);
            if (loss != Loss::nothing) return loss;
        }
    }
    return Loss::nothing;
}

class DecimalJudge {
  public:
    explicit DecimalJudge(const SqlSource& source) : source_(source) {}

    /// `around`: where the nearest expression stands that is placed. Bounded: a JsonDocument has
    /// JsonDocument::depth_max levels at most.
    void visit(JsonValue node, std::optional<std::size_t> around) {
        if (node.is(JsonType::object)) {
            const std::string_view kind = class_of(node);
            if (const auto at = location_of(node)) around = at;
            if (kind == "BOUND_CAST") judge_cast(node, around);
            if (kind == "BOUND_FUNCTION") judge_function(node, around);
            // Its value is data.
            if (kind == "BOUND_CONSTANT") return;
        }
        for_each_child(node, [&](JsonValue child) {
            if (!child.is(JsonType::object) && !child.is(JsonType::array)) return;
            if (node.is(JsonType::object) && is_type(child.key())) return;
            visit(child, around);
        });
    }

    std::vector<Error> take() { return std::move(problems_); }
    std::vector<Arithmetic> take_arithmetic() { return std::move(arithmetic_); }

  private:
    static std::string_view operator_of(std::string_view function) {
        constexpr std::pair<std::string_view, std::string_view> names[] = {
            {"*", "*"}, {"multiply", "*"}, {"+", "+"}, {"add", "+"}, {"-", "-"}, {"subtract", "-"}};
        for (const auto& [name, sign] : names) {
            if (name == function) return sign;
        }
        return "";
    }

    /// A plan may hold an expression twice.
    bool has_seen(std::string_view name, std::size_t at) const {
        return std::ranges::any_of(
            arithmetic_, [&](const Arithmetic& one) { return one.name == name && one.at == at; });
    }

    static bool is_type(std::string_view member) {
        return member == "return_type" || member == "arguments" || member == "returned_types" ||
               member == "original_arguments";
    }

    void judge_cast(JsonValue node, std::optional<std::size_t> at) {
        const JsonValue child = *node.find("child");
        const PlanType from = type_of(child);
        const PlanType to = type_of(node);
        const Loss loss = loss_of(from, to);
        if (loss == Loss::nothing) return;
        if (loss == Loss::text) {
            // A text in the statement itself is what its author sees.
            if (class_of(child) == "BOUND_CONSTANT") return;
            refuse("transform.text_amount", "a text cast to a decimal",
                   "It would round what has more digits. Declare the field as money in the "
                   "contract, or read it with round_to(text, 6, half_even).",
                   at);
        } else if (loss == Loss::binary) {
            refuse("transform.binary_float", fmt::format("{} becomes {}", from.text(), to.text()),
                   "Money is never a binary float: divide(a, b, half_even) divides decimals.", at);
        } else if (const auto digits = digits_rounded_to(child); !digits || *digits > to.scale()) {
            refuse("transform.narrows_decimal",
                   from.is_decimal()
                       ? fmt::format("{} becomes {}, which drops digits", from.text(), to.text())
                       : std::string("a decimal inside loses digits"),
                   fmt::format("Give both sides {} digits after the point, or name the rounding: "
                               "round_to(x, {}, half_even).",
                               from.is_decimal() ? from.scale() : 6, std::min(to.scale(), 6)),
                   at);
        }
    }

    void judge_function(JsonValue node, std::optional<std::size_t> at) {
        const std::string_view name = operator_of(text_of(node, "name"));
        const PlanType made = type_of(node);
        const auto arguments = node.find("children");
        if (name.empty() || !arguments || arguments->size() != 2) return;
        if (at && (made.is_decimal() || made.is_integer()) && !has_seen(name, *at)) {
            arithmetic_.push_back({std::string(name), *at});
        }
        if (!made.is_decimal()) return;
        if (name == "*") {
            const Factor left = factor_of(arguments->first());
            const Factor right = factor_of(arguments->first().next());
            if ((left.is_product && right.has_digits) || (right.is_product && left.has_digits)) {
                refuse("transform.three_factors", "a product of three factors",
                       "Round in between: round_to(a * b, 6, half_even) * c.", at);
                return;
            }
        }
        const auto data = object_of(node, "function_data");
        const auto may_overflow = data ? data->find("check_overflow") : std::nullopt;
        if (may_overflow && may_overflow->boolean() && made.width() <= int64_width_max) {
            refuse("transform.narrow_arithmetic",
                   fmt::format("\"{}\" of two decimals overflows {}", name, made.text()),
                   "Cast one side to decimal(38, 6) first.", at);
        }
    }

    struct Factor {
        bool has_digits = false;  ///< After the point.
        bool is_product = false;  ///< More digits than an amount has, and no constant.
    };

    static Factor factor_of(JsonValue argument) {
        const JsonValue expression = uncast(argument);
        const int scale = std::max(type_of(argument).scale(), type_of(expression).scale());
        const bool is_constant = class_of(expression) == "BOUND_CONSTANT";
        return {scale > 0 && type_of(expression).scale() > 0,
                !is_constant && scale > Decimal::digits};
    }

    void refuse(std::string code, const std::string& what, std::string hint,
                std::optional<std::size_t> at) {
        if (!seen_.emplace(code, at.value_or(std::string::npos)).second) return;
        problems_.push_back(source_.error(
            std::move(code), fmt::format("{} in transform \"{}\"", what, source_.name()),
            std::move(hint), at));
    }

    const SqlSource& source_;
    std::set<std::pair<std::string, std::size_t>> seen_;
    std::vector<Error> problems_;
    std::vector<Arithmetic> arithmetic_;
};

}  // namespace

std::vector<Error> judge_decimals(const BoundPlan& plan, const SqlSource& source,
                                  std::vector<Arithmetic>& arithmetic) {
    DecimalJudge judge(source);
    judge.visit(plan.root(), std::nullopt);
    arithmetic = judge.take_arithmetic();
    return judge.take();
}

}  // namespace meshline
