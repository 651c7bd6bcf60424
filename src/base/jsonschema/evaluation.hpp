#pragma once

#include "base/json/json_value.hpp"
#include "base/jsonschema/json_schema.hpp"
#include "base/jsonschema/marks.hpp"
#include "base/jsonschema/schema_program.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// Holds one instance against a program: for the verdict alone, or for every error.
///
/// It calls itself, once for each level of the instance and each schema in a row that judges the
/// same value: at most schema_depth_max, which the call stack holds.
class Evaluation {
  public:
    Evaluation(const SchemaProgram& program, MarkStack& marks, JsonValue instance,
               const SchemaRules* rules, bool is_collecting);

    bool run();
    std::vector<SchemaError> take_errors() { return std::move(errors_); }

  private:
    /// The way from the instance down to a value; lives on the call stack, as the next two do.
    struct Spot {
        const Spot* parent = nullptr;
        std::string_view name;
        std::size_t index = 0;
        bool is_element = false;
    };
    /// The way through the schemas: a keyword, and what was chosen in it.
    struct Way {
        const Way* parent = nullptr;
        std::string_view keyword;
        std::string_view name;
        std::size_t index = 0;
        enum class Choice { none, name, index } choice = Choice::none;
    };
    /// The resources entered, innermost first: what "$dynamicRef" is resolved in.
    struct Scope {
        const Scope* parent = nullptr;
        ResourceId resource = 0;
    };
    struct Where {
        const Spot* spot = nullptr;
        const Way* way = nullptr;
        const Scope* scope = nullptr;
        /// Marks of what was evaluated in the value; null where nobody asks.
        const MarkStack::Frame* marks = nullptr;
    };

    bool judge(SchemaId id, JsonValue value, const Where& where);
    bool judge_node(const SchemaNode& node, JsonValue value, const Where& where);
    SchemaRules::Verdict verdict_of_rule(const SchemaNode& node, JsonValue value) const;
    bool fail_rule(const SchemaNode& node, JsonValue value, const Where& where);
    bool judge_type(const SchemaNode& node, JsonValue value, const Where& where);
    bool judge_values(const SchemaNode& node, JsonValue value, const Where& where);
    bool judge_number(const SchemaNode& node, JsonValue value, const Where& where);
    bool judge_text(const SchemaNode& node, JsonValue value, const Where& where);
    bool judge_array(const SchemaNode& node, JsonValue value, const Where& where);
    bool judge_items(const SchemaNode& node, JsonValue value, const Where& where);
    bool judge_contains(const SchemaNode& node, JsonValue value, const Where& where);
    bool judge_object(const SchemaNode& node, JsonValue value, const Where& where);
    bool judge_members(const SchemaNode& node, JsonValue value, const Where& where);
    bool judge_member(const SchemaNode& node, const Property* property, JsonValue member,
                      const Where& where, bool& is_evaluated);
    bool judge_required(const SchemaNode& node, JsonValue value, const Where& where);
    bool judge_dependents(const SchemaNode& node, JsonValue value, const Where& where);
    bool judge_applicators(const SchemaNode& node, JsonValue value, const Where& where);
    bool judge_any_of(const SchemaNode& node, JsonValue value, const Where& where);
    bool judge_one_of(const SchemaNode& node, JsonValue value, const Where& where);
    bool judge_condition(const SchemaNode& node, JsonValue value, const Where& where);
    bool judge_unevaluated(const SchemaNode& node, JsonValue value, const Where& where);

    /// Whether the schema holds, without errors and, unless it does, without marks.
    bool holds(SchemaId id, JsonValue value, const Where& where);
    /// The same with its errors, for the alternatives of "anyOf" and "oneOf".
    bool try_alternative(SchemaId id, JsonValue value, const Where& where);
    bool judge_under(SchemaId id, JsonValue value, const Where& where, std::string_view keyword);
    SchemaId dynamic_target(const Applicators& applicators, const Scope* scope) const;

    /// Whether nothing is left to learn once something does not hold.
    bool is_over() const { return !is_collecting_ || is_quiet_ || is_exhausted_; }
    bool is_full() const;
    bool fail(const SchemaNode& node, const Where& where, std::string_view keyword,
              std::string message, std::string hint = "");
    static std::string pointer_of(const Spot* spot);
    static std::string location_of(const Way* way);

    const SchemaProgram& program_;
    MarkStack& marks_;
    JsonValue instance_;
    const SchemaRules* rules_;
    std::size_t steps_left_;
    int depth_ = 0;
    bool is_collecting_;
    bool is_quiet_ = false;
    bool is_exhausted_ = false;
    std::vector<SchemaError> errors_;
};

}  // namespace meshline
