#pragma once

#include "base/jsonschema/schema_program.hpp"
#include "core/contract/diff.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meshline {

/// Follows two compiled contracts down together, as far as references lead. It calls itself at most
/// 64 deep.
class ContractDiff {
  public:
    ContractDiff(const SchemaProgram& before, const SchemaProgram& after);

    std::vector<ContractChange> run();

  private:
    using Written = std::optional<JsonValue>;
    /// The schema that judges something before, and the one that does after.
    struct Pair {
        SchemaId before = no_schema;
        SchemaId after = no_schema;
    };

    void note(ChangeKind kind, const std::string& field, std::string what);
    const SchemaNode& before_of(Pair pair) const { return before_.nodes[pair.before]; }
    const SchemaNode& after_of(Pair pair) const { return after_.nodes[pair.after]; }

    void compare(Pair pair, const std::string& field);
    void compare_keywords(Pair pair, const std::string& field);
    void compare_applicators(Pair pair, const std::string& field);
    void compare_object(Pair pair, const std::string& field);
    void compare_array(Pair pair, const std::string& field);
    void compare_properties(Pair pair, const std::string& field);
    void compare_others(Pair pair, const std::string& field);

    /// One schema each, or none: one that comes is breaking, one that goes additive.
    void compare_one(Pair pair, const std::string& field, std::string_view keyword);
    /// The same where a wider schema may make the whole narrower.
    void compare_strictly(Pair pair, const std::string& field, std::string_view keyword);
    void compare_named(const std::map<std::string_view, SchemaId>& was,
                       const std::map<std::string_view, SchemaId>& is, const std::string& field,
                       std::string_view keyword);
    void compare_lists(const std::vector<SchemaId>& before, const std::vector<SchemaId>& after,
                       const std::string& field, std::string_view keyword, bool is_strict);

    // What one schema says of its own, without those inside it; in diff_values.cpp.
    void compare_types(JsonValue before, JsonValue after, const std::string& field);
    void compare_annotations(JsonValue before, JsonValue after, const std::string& field);
    void compare_values(JsonValue before, JsonValue after, const std::string& field);
    void compare_bounds(JsonValue before, JsonValue after, const std::string& field);
    void compare_conditions(JsonValue before, JsonValue after, const std::string& field);
    void compare_condition(std::string_view keyword, JsonValue before, JsonValue after,
                           const std::string& field);
    void compare_required(JsonValue before, JsonValue after, const std::string& field);

    static Written member(JsonValue schema, std::string_view name);
    static std::string below(const std::string& field, std::string_view name);

    const SchemaProgram& before_;
    const SchemaProgram& after_;
    bool asserts_formats_ = false;
    bool is_strict_ = false;
    int level_ = 0;
    std::size_t compared_ = 0;
    std::set<std::pair<SchemaId, SchemaId>> on_the_way_;
    std::vector<ContractChange> changes_;
};

}  // namespace meshline
