#include "base/jsonschema/evaluation.hpp"

#include "base/json/json.hpp"
#include "base/json/json_equal.hpp"
#include "base/json/json_pointer.hpp"
#include "base/jsonschema/schema_limits.hpp"
#include "base/text/shorten.hpp"
#include "base/text/text.hpp"

#include <fmt/format.h>
#include <utility>

namespace meshline {
namespace {

bool is_whole_token(std::string_view token) {
    if (token.find_first_of(".eE") == std::string_view::npos) return true;
    const auto number = DecimalToken::parse(token);
    return number && number->is_whole();
}

/// Of what a schema allows, in messages.
constexpr std::size_t allowed_bytes_max = 120;

std::string shown(JsonValue value) {
    if (value.type() >= JsonType::array) return std::string(name_of(value.type()));
    const bool is_data = value.is(JsonType::string) || value.is(JsonType::number);
    return fmt::format("\"{}\"", is_data ? shape_of(value.text()) : std::string(value.raw()));
}

}  // namespace

Evaluation::Evaluation(const SchemaProgram& program, MarkStack& marks, JsonValue instance,
                       const SchemaRules* rules, bool is_collecting)
    : program_(program),
      marks_(marks),
      instance_(instance),
      rules_(rules),
      steps_left_(steps_base + steps_per_byte * instance.raw().size()),
      is_collecting_(is_collecting) {}

bool Evaluation::run() {
    const bool is_valid = judge(0, instance_, {});
    if (!is_exhausted_) return is_valid;
    errors_.assign(
        1,
        {"", "$ref", "", program_.nodes[0].location, "the instance takes too many steps to judge",
         "Alternatives inside alternatives, or references in a circle, grow fast.", ""});
    return false;
}

bool Evaluation::is_full() const {
    return errors_.size() >= schema_errors_max;
}

std::string Evaluation::pointer_of(const Spot* spot) {
    std::string pointer;
    for (; spot != nullptr; spot = spot->parent) {
        pointer.insert(
            0, spot->is_element ? fmt::format("/{}", spot->index) : pointer_step(spot->name));
    }
    return pointer;
}

std::string Evaluation::location_of(const Way* way) {
    std::string location;
    for (; way != nullptr; way = way->parent) {
        std::string step = pointer_step(way->keyword);
        if (way->choice == Way::Choice::name) step += pointer_step(way->name);
        if (way->choice == Way::Choice::index) step += fmt::format("/{}", way->index);
        location.insert(0, step);
    }
    return location;
}

bool Evaluation::fail(const SchemaNode& node, const Where& where, std::string_view keyword,
                      std::string message, std::string hint) {
    if (is_over() || is_full()) return false;
    const std::string step = keyword == "false" ? "" : pointer_step(keyword);
    errors_.push_back({pointer_of(where.spot), std::string(keyword), location_of(where.way) + step,
                       node.location + step, std::move(message), std::move(hint), ""});
    return false;
}

bool Evaluation::judge(SchemaId id, JsonValue value, const Where& where) {
    if (is_exhausted_) return false;
    if (--steps_left_ == 0 || depth_ == schema_depth_max) {
        is_exhausted_ = true;
        return false;
    }
    const SchemaNode& written = program_.nodes[id];
    const bool is_short = written.stands_for != no_schema && !is_collecting_;
    const SchemaNode& node = is_short ? program_.nodes[written.stands_for] : written;
    if ((node.types_enough & type_set_of(value.type())) != 0) return true;
    if (node.is_never) return fail(node, where, "false", "no value is allowed here");
    const SchemaRules::Verdict rule = verdict_of_rule(node, value);
    if (rule == SchemaRules::Verdict::blank && node.allows_null()) return true;
    bool is_of_type = judge_type(node, value, where);
    if (is_of_type && rule != SchemaRules::Verdict::kept)
        is_of_type = fail_rule(node, value, where);
    if (node.checks == 0 || (!is_of_type && is_over())) return is_of_type;
    ++depth_;
    bool is_good = false;
    const bool enters = where.scope == nullptr || where.scope->resource != node.resource;
    const Scope entered{where.scope, node.resource};
    Where inside = where;
    if (enters && program_.has_dynamic_references) inside.scope = &entered;
    const bool is_asked = (node.checks & check_unevaluated) != 0 && value.size() > 0;
    if (!is_asked) {
        is_good = judge_node(node, value, inside);
    } else {
        // It asks for what its own keywords evaluated, not for what others beside it did.
        const MarkStack::Frame frame = marks_.push(value.size());
        inside.marks = &frame;
        is_good = judge_node(node, value, inside);
        if (is_good || !is_over()) is_good &= judge_unevaluated(node, value, inside);
        if (where.marks != nullptr && is_good) marks_.merge(frame, *where.marks);
        marks_.pop(frame);
    }
    --depth_;
    return is_good && is_of_type;
}

bool Evaluation::judge_node(const SchemaNode& node, JsonValue value, const Where& where) {
    bool is_good = (node.checks & check_values) == 0 || judge_values(node, value, where);
    if (!is_good && is_over()) return false;
    switch (value.type()) {
        case JsonType::null:
        case JsonType::boolean:
            break;
        case JsonType::number:
            if ((node.checks & check_number) != 0) is_good &= judge_number(node, value, where);
            break;
        case JsonType::string:
            if ((node.checks & check_text) != 0) is_good &= judge_text(node, value, where);
            break;
        case JsonType::array:
            if ((node.checks & check_array) != 0) is_good &= judge_array(node, value, where);
            break;
        case JsonType::object:
            if ((node.checks & check_object) != 0) is_good &= judge_object(node, value, where);
            break;
    }
    if ((node.checks & check_applicators) == 0 || (!is_good && is_over())) return is_good;
    return judge_applicators(node, value, where) && is_good;
}

SchemaRules::Verdict Evaluation::verdict_of_rule(const SchemaNode& node, JsonValue value) const {
    const bool is_asked = node.rule != no_rule && rules_ != nullptr && !value.is(JsonType::null);
    return is_asked ? rules_->judge(node.rule, value, nullptr) : SchemaRules::Verdict::kept;
}

bool Evaluation::fail_rule(const SchemaNode& node, JsonValue value, const Where& where) {
    if (is_over()) return false;
    std::string message = "empty text where a value is needed";
    rules_->judge(node.rule, value, &message);
    return fail(node, where, rules_->keyword(), std::move(message));
}

bool Evaluation::judge_type(const SchemaNode& node, JsonValue value, const Where& where) {
    if (node.types == 0 || (node.types & type_set_of(value.type())) != 0) return true;
    const bool is_integer = (node.types & type_integer) != 0 && value.is(JsonType::number) &&
                            is_whole_token(value.raw());
    if (is_integer) return true;
    if (is_over()) return false;
    return fail(node, where, "type",
                fmt::format("expected {}, found {}", join(names_of_types(node.types), " or "),
                            (node.types & type_integer) != 0 && value.is(JsonType::number)
                                ? "a number that is not whole"
                                : name_of(value.type())));
}

bool Evaluation::judge_values(const SchemaNode& node, JsonValue value, const Where& where) {
    bool is_good = true;
    if (node.constant && !is_json_equal(*node.constant, value)) {
        is_good =
            is_over()
                ? false
                : fail(node, where, "const",
                       fmt::format("expected {}, found {}",
                                   shortened(canonical_json(*node.constant), allowed_bytes_max),
                                   shown(value)));
    }
    if (!node.enumerated || (!is_good && is_over())) return is_good;
    if (node.enumerated->size() > 0) {
        JsonValue allowed = node.enumerated->first();
        for (std::size_t left = node.enumerated->size();; allowed = allowed.next()) {
            if (is_json_equal(allowed, value)) return is_good;
            if (--left == 0) break;
        }
    }
    if (is_over()) return false;
    return fail(node, where, "enum",
                fmt::format("{} is not one of the allowed values", shown(value)),
                "Allowed: " + shortened(canonical_json(*node.enumerated), allowed_bytes_max));
}

}  // namespace meshline
