#pragma once

#include "base/json/json_value.hpp"
#include "core/contract/contract.hpp"
#include "core/contract/schema.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// Judges one payload. Allocates only for what it finds wrong.
///
/// It calls itself, once for each level of the payload and each schema in a row that judges the
/// same value: at most JsonDocument::depth_max times the 32 that check_references() allows, which
/// the call stack holds. The alternatives of "anyOf" would make a stack of its own hard to follow.
class Judge {
  public:
    Judge(const CompiledSchema& compiled, const ReadOptions& options, JsonValue payload);

    std::vector<Violation> run();

  private:
    /// The way from the payload down to a value; lives on the call stack.
    struct Path {
        const Path* parent = nullptr;
        std::string_view name;
        std::size_t index = 0;
        bool is_element = false;
    };

    bool judge(SchemaId id, JsonValue value, const Path* path);
    bool judge_type(const Schema& schema, JsonValue value, const Path* path);
    bool judge_annotation(const Schema& schema, JsonValue value, const Path* path);
    bool judge_values(const Schema& schema, JsonValue value, const Path* path);
    bool judge_number(const Schema& schema, JsonValue value, const Path* path);
    bool judge_string(const Schema& schema, JsonValue value, const Path* path);
    bool judge_array(const Schema& schema, JsonValue value, const Path* path);
    bool judge_object(const Schema& schema, JsonValue value, const Path* path);
    bool judge_member(const Schema& schema, const Property* property, JsonValue member,
                      const Path* path);
    bool judge_root(const Schema& schema, JsonValue payload);
    bool judge_constants(const Schema& schema);
    bool judge_required(const Schema& schema, JsonValue value, const Path* path,
                        std::size_t position);
    bool judge_combined(const Schema& schema, JsonValue value, const Path* path);
    std::size_t count_holding(std::span<const SchemaId> ids, JsonValue value, const Path* path,
                              std::size_t enough);

    bool is_renamed() const { return !options_.columns.empty() || !options_.constants.empty(); }
    /// Whether there is nothing left to learn once something does not hold.
    bool is_over() const;
    bool fail(const Path* path, std::string_view keyword, std::string message);
    bool fail(const Path* path, std::string_view keyword, std::string message,
              std::size_t position);

    const CompiledSchema& compiled_;
    const ReadOptions& options_;
    JsonValue payload_;
    std::size_t steps_left_;
    /// Trying an alternative: only whether it holds is asked.
    bool is_quiet_ = false;
    std::vector<Violation> violations_;
};

}  // namespace meshline
