#pragma once

#include "base/json/json_value.hpp"
#include "base/result/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace meshline {

/// The rule that a schema gives its values by a keyword that no draft has; 0 is none.
using RuleId = std::uint8_t;
constexpr RuleId no_rule = 0;

/// A keyword of the caller's own, and what it asks of values. Null keeps every rule: whether it may
/// stand there is for "type" to say.
class SchemaRules {
  public:
    enum class Verdict : std::uint8_t {
        kept,
        broken,
        /// The value means null and was written as a text: where "type" allows null, nothing else
        /// is asked of it.
        blank,
    };

    virtual ~SchemaRules() = default;
    virtual std::string_view keyword() const = 0;
    /// Whether the caller reads a keyword of that name, by these rules or otherwise.
    virtual bool is_known(std::string_view name) const { return name == keyword(); }
    /// The rule that the keyword's value names; an error with code, message and hint.
    virtual Result<RuleId> rule_of(JsonValue written) const = 0;
    /// Says in `message`, where one is given, what was found that breaks the rule; leaves it as it
    /// is where the value is blank.
    virtual Verdict judge(RuleId rule, JsonValue value, std::string* message) const = 0;
};

}  // namespace meshline
