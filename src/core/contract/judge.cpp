#include "core/contract/judge.hpp"

#include "base/json/json_equal.hpp"
#include "base/json/json_pointer.hpp"
#include "base/text/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace meshline {
namespace {

/// Schemas that a payload may be held against, so that alternatives inside alternatives of a
/// contract that refers to itself end: this many, and for each byte of the payload some more.
constexpr std::size_t steps_base = 100'000;
constexpr std::size_t steps_per_byte = 64;

bool is_whole_token(std::string_view token) {
    const auto is_mark = [](char byte) { return byte == '.' || byte == 'e' || byte == 'E'; };
    if (std::ranges::none_of(token, is_mark)) return true;
    const auto number = DecimalToken::parse(token);
    return number && number->is_whole();
}

bool is_blank(JsonValue value) {
    return value.is(JsonType::string) && trim(value.text()).empty();
}

std::string shown(JsonValue value) {
    if (value.is(JsonType::object) || value.is(JsonType::array)) {
        return std::string(name_of(value.type()));
    }
    const bool is_data = value.is(JsonType::string) || value.is(JsonType::number);
    return fmt::format("\"{}\"", is_data ? shape_of(value.text()) : std::string(value.raw()));
}

}  // namespace

Judge::Judge(const CompiledSchema& compiled, const ReadOptions& options, JsonValue payload)
    : compiled_(compiled),
      options_(options),
      payload_(payload),
      steps_left_(steps_base + steps_per_byte * payload.raw().size()) {}

std::vector<Violation> Judge::run() {
    const bool holds = judge(0, payload_, nullptr);
    if (steps_left_ == 0) {
        violations_.assign(1, {"", "$ref", "the payload takes too many steps to judge"});
    }
    MESHLINE_CHECK(holds == violations_.empty() || steps_left_ == 0);
    return std::move(violations_);
}

bool Judge::is_over() const {
    return is_quiet_ || steps_left_ == 0 || violations_.size() >= Contract::violations_max;
}

bool Judge::fail(const Path* path, std::string_view keyword, std::string message) {
    return fail(path, keyword, std::move(message), violations_.size());
}

bool Judge::fail(const Path* path, std::string_view keyword, std::string message,
                 std::size_t position) {
    if (is_over()) return false;
    std::string pointer;
    for (; path != nullptr; path = path->parent) {
        pointer.insert(
            0, path->is_element ? fmt::format("/{}", path->index) : pointer_step(path->name));
    }
    violations_.insert(violations_.begin() + static_cast<std::ptrdiff_t>(position),
                       {std::move(pointer), std::string(keyword), std::move(message)});
    return false;
}

bool Judge::judge(SchemaId id, JsonValue value, const Path* path) {
    if (steps_left_ == 0 || --steps_left_ == 0) return false;
    const Schema& schema = compiled_.at(id);
    if (schema.is_never) return fail(path, "false", "no value is allowed here");
    // Empty text in an annotated field is a null that the source could not write otherwise.
    const bool is_annotated = schema.annotation != Annotation::none;
    if (is_annotated && schema.allows_null() && is_blank(value)) return true;
    if (!judge_type(schema, value, path)) return false;

    bool holds = !is_annotated || judge_annotation(schema, value, path);
    if (schema.checks == 0 && value.type() < JsonType::array) return holds;
    const auto is_checked = [&](CheckSet check) { return (schema.checks & check) != 0; };
    if (!holds && is_over()) return false;
    if (is_checked(check_values)) holds &= judge_values(schema, value, path);
    if (!holds && is_over()) return false;
    switch (value.type()) {
        case JsonType::null:
        case JsonType::boolean:
            break;
        case JsonType::number:
            if (is_checked(check_number)) holds &= judge_number(schema, value, path);
            break;
        case JsonType::string:
            if (is_checked(check_string)) holds &= judge_string(schema, value, path);
            break;
        case JsonType::array:
            holds &= judge_array(schema, value, path);
            break;
        case JsonType::object:
            holds &= path == nullptr && is_renamed() ? judge_root(schema, value)
                                                     : judge_object(schema, value, path);
            break;
    }
    if (!is_checked(check_combined)) return holds;
    if (!holds && is_over()) return false;
    return judge_combined(schema, value, path) && holds;
}

bool Judge::judge_type(const Schema& schema, JsonValue value, const Path* path) {
    if (schema.types == 0) return true;
    if ((schema.types & type_set_of(value.type())) != 0) return true;
    const bool is_integer_enough = (schema.types & type_integer) != 0 &&
                                   value.is(JsonType::number) && is_whole_token(value.raw());
    if (is_integer_enough) return true;
    if (is_quiet_) return false;
    return fail(path, "type",
                fmt::format("expected {}, found {}", join(names_of_types(schema.types), " or "),
                            name_of(value.type())));
}

bool Judge::judge_values(const Schema& schema, JsonValue value, const Path* path) {
    if (schema.constant && !is_json_equal(*schema.constant, value)) {
        return fail(
            path, "const",
            fmt::format("expected \"{}\", found {}", schema.constant->text(), shown(value)));
    }
    if (!schema.enumerated) return true;
    JsonValue allowed = schema.enumerated->first();
    for (std::size_t left = schema.enumerated->size();; allowed = allowed.next()) {
        if (is_json_equal(allowed, value)) return true;
        if (--left == 0) break;
    }
    return fail(path, "enum", fmt::format("{} is not one of the allowed values", shown(value)));
}

bool Judge::judge_combined(const Schema& schema, JsonValue value, const Path* path) {
    bool holds = true;
    if (schema.reference != no_schema) holds = judge(schema.reference, value, path);
    for (const SchemaId id : schema.all_of) {
        if (!holds && is_over()) return false;
        holds &= judge(id, value, path);
    }
    if (!holds && is_over()) return false;
    if (!schema.any_of.empty() && count_holding(schema.any_of, value, path, 1) == 0) {
        holds = fail(path, "anyOf", "none of the alternatives holds");
    }
    if (!schema.one_of.empty()) {
        const std::size_t count = count_holding(schema.one_of, value, path, 2);
        if (count == 0) holds = fail(path, "oneOf", "none of the alternatives holds");
        if (count > 1) holds = fail(path, "oneOf", "more than one of the alternatives holds");
    }
    if (schema.negated != no_schema && count_holding({&schema.negated, 1}, value, path, 1) == 1) {
        holds = fail(path, "not", "what must not hold does");
    }
    return holds;
}

std::size_t Judge::count_holding(std::span<const SchemaId> ids, JsonValue value, const Path* path,
                                 std::size_t enough) {
    const bool was_quiet = std::exchange(is_quiet_, true);
    std::size_t count = 0;
    for (const SchemaId id : ids) {
        if (judge(id, value, path) && ++count == enough) break;
    }
    is_quiet_ = was_quiet;
    return count;
}

}  // namespace meshline
