// Keywords that hold the same value against other schemas.
#include "base/jsonschema/evaluation.hpp"

#include <fmt/format.h>
#include <utility>

namespace meshline {

bool Evaluation::judge_under(SchemaId id, JsonValue value, const Where& where,
                             std::string_view keyword) {
    const Way way{.parent = where.way, .keyword = keyword};
    Where inside = where;
    inside.way = &way;
    return judge(id, value, inside);
}

bool Evaluation::try_alternative(SchemaId id, JsonValue value, const Where& where) {
    if (where.marks == nullptr) return judge(id, value, where);
    const MarkStack::Frame frame = marks_.push(value.size());
    Where inside = where;
    inside.marks = &frame;
    const bool is_good = judge(id, value, inside);
    if (is_good) marks_.merge(frame, *where.marks);
    marks_.pop(frame);
    return is_good;
}

bool Evaluation::holds(SchemaId id, JsonValue value, const Where& where) {
    const bool was_quiet = std::exchange(is_quiet_, true);
    const bool is_good = try_alternative(id, value, where);
    is_quiet_ = was_quiet;
    return is_good;
}

SchemaId Evaluation::dynamic_target(const Applicators& applicators, const Scope* scope) const {
    SchemaId target = applicators.dynamic_reference;
    if (applicators.dynamic_anchor == no_anchor) return target;
    // The outermost resource that has the anchor wins: the last one met.
    for (; scope != nullptr; scope = scope->parent) {
        const auto found =
            program_.dynamic_targets.find({scope->resource, applicators.dynamic_anchor});
        if (found != program_.dynamic_targets.end()) target = found->second;
    }
    return target;
}

bool Evaluation::judge_applicators(const SchemaNode& node, JsonValue value, const Where& where) {
    const Applicators& applicators = *node.applicators;
    bool is_good = true;
    if (applicators.reference != no_schema) {
        is_good = judge_under(applicators.reference, value, where, "$ref");
    }
    if (!is_good && is_over()) return false;
    if (applicators.dynamic_reference != no_schema) {
        const bool is_recursive = program_.documents.resource(node.resource).vocabularies.dialect ==
                                  Dialect::draft_2019_09;
        is_good &= judge_under(dynamic_target(applicators, where.scope), value, where,
                               is_recursive ? "$recursiveRef" : "$dynamicRef");
    }
    for (std::size_t index = 0; index < applicators.all_of.size(); ++index) {
        if (!is_good && is_over()) return false;
        const Way way{where.way, "allOf", "", index, Way::Choice::index};
        Where inside = where;
        inside.way = &way;
        is_good &= judge(applicators.all_of[index], value, inside);
    }
    if (!is_good && is_over()) return false;
    if (!applicators.any_of.empty()) is_good &= judge_any_of(node, value, where);
    if (!is_good && is_over()) return false;
    if (!applicators.one_of.empty()) is_good &= judge_one_of(node, value, where);
    if (!is_good && is_over()) return false;
    if (applicators.negated != no_schema) {
        Where unmarked = where;
        const MarkStack::Frame frame = marks_.push(where.marks == nullptr ? 0 : value.size());
        if (where.marks != nullptr) unmarked.marks = &frame;
        if (holds(applicators.negated, value, unmarked)) {
            is_good = fail(node, where, "not", "what must not hold does");
        }
        marks_.pop(frame);
    }
    if (applicators.condition == no_schema || (!is_good && is_over())) return is_good;
    return judge_condition(node, value, where) && is_good;
}

bool Evaluation::judge_any_of(const SchemaNode& node, JsonValue value, const Where& where) {
    const std::vector<SchemaId>& alternatives = node.applicators->any_of;
    const std::size_t error_count = errors_.size();
    bool is_good = false;
    for (std::size_t index = 0; index < alternatives.size(); ++index) {
        const Way way{where.way, "anyOf", "", index, Way::Choice::index};
        Where inside = where;
        inside.way = &way;
        if (!try_alternative(alternatives[index], value, inside)) continue;
        is_good = true;
        // What further alternatives evaluate counts too, where somebody asks.
        if (where.marks == nullptr) break;
    }
    if (is_good) {
        errors_.resize(error_count);
        return true;
    }
    if (is_over()) return false;
    std::vector<SchemaError> inside(
        std::make_move_iterator(errors_.begin() + static_cast<long>(error_count)),
        std::make_move_iterator(errors_.end()));
    errors_.resize(error_count);
    fail(node, where, "anyOf", "none of the alternatives holds");
    errors_.insert(errors_.end(), std::make_move_iterator(inside.begin()),
                   std::make_move_iterator(inside.end()));
    return false;
}

bool Evaluation::judge_one_of(const SchemaNode& node, JsonValue value, const Where& where) {
    const std::vector<SchemaId>& alternatives = node.applicators->one_of;
    std::size_t count = 0;
    std::string which;
    for (std::size_t index = 0; index < alternatives.size(); ++index) {
        if (!holds(alternatives[index], value, where)) continue;
        if (++count > 1 && is_over()) return false;
        if (!is_over()) which += fmt::format("{}{}", which.empty() ? "" : ", ", index);
    }
    if (count == 1) return true;
    if (is_over()) return false;
    if (count > 1) {
        return fail(node, where, "oneOf", "more than one of the alternatives holds",
                    fmt::format("They are {}, counted from 0.", which));
    }
    fail(node, where, "oneOf", "none of the alternatives holds");
    for (std::size_t index = 0; index < alternatives.size(); ++index) {
        const Way way{where.way, "oneOf", "", index, Way::Choice::index};
        Where inside = where;
        inside.way = &way;
        judge(alternatives[index], value, inside);
    }
    return false;
}

bool Evaluation::judge_condition(const SchemaNode& node, JsonValue value, const Where& where) {
    const Applicators& applicators = *node.applicators;
    const bool is_so = holds(applicators.condition, value, where);
    const SchemaId id = is_so ? applicators.then : applicators.otherwise;
    if (id == no_schema) return true;
    return judge_under(id, value, where, is_so ? "then" : "else");
}

}  // namespace meshline
