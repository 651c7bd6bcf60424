#pragma once

#include "base/json/json_value.hpp"
#include "base/jsonschema/json_schema.hpp"
#include "base/jsonschema/schema_rules.hpp"
#include "core/contract/contract_meaning.hpp"
#include "core/contract/read_options.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace meshline {

/// What "x-meshline" says of a field; the rule that SchemaProgram keeps of it.
enum class Annotation : RuleId {
    none = no_rule,
    money,
    integer,
    boolean,
    instant,
    unix_seconds,
    unix_millis,
    date,
    currency,
};

/// The code that a record states where its contract wants a currency, if that is why it breaks the
/// contract there and it may be a currency: in capitals.
std::optional<std::string> unknown_currency(const SchemaError& violation, JsonValue record);

/// At the top of a contract: whether formats are asserted.
constexpr std::string_view formats_keyword = "x-meshline-formats";

/// The keyword "x-meshline": it types a field, and its values are held against the type as a source
/// writes them.
class AnnotationRules : public SchemaRules {
  public:
    /// `options` must outlive it.
    explicit AnnotationRules(const ReadOptions& options) : options_(options) {}

    std::string_view keyword() const override { return "x-meshline"; }
    bool is_known(std::string_view name) const override {
        return name == keyword() || name == formats_keyword || name == owner_keyword;
    }
    /// Error contract.unknown_annotation.
    Result<RuleId> rule_of(JsonValue written) const override;
    Verdict judge(RuleId rule, JsonValue value, std::string* message) const override;

  private:
    const ReadOptions& options_;
};

}  // namespace meshline
