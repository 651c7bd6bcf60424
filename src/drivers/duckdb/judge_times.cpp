#include "drivers/duckdb/judge_times.hpp"

#include "base/json/for_each_child.hpp"
#include "base/json/json.hpp"
#include "base/text/shorten.hpp"
#include "base/text/text.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <string_view>

namespace meshline {
namespace {

constexpr std::array zone_calls = {std::string_view("local_time"), std::string_view("instant_of")};
constexpr std::string_view declare_hint =
    "Declare the field an instant (or a date) in the contract: \"x-meshline\": \"instant\". Its "
    "offset is read then, and a text without one is in the source's zone.";

class ZoneCallJudge {
  public:
    ZoneCallJudge(const SqlSource& source, const std::map<std::string, Zone>& zones)
        : source_(source), zones_(zones) {}

    // Bounded: a JsonDocument has JsonDocument::depth_max levels at most.
    void visit(JsonValue node) {
        if (node.is(JsonType::object) && text_of(node, "class") == "FUNCTION") judge(node);
        if (node.size() > 0) {
            for_each_child(node, [&](JsonValue child) { visit(child); });
        }
    }
    std::vector<Error> take() { return std::move(problems_); }

  private:
    void judge(JsonValue call) {
        const std::string name = to_lower_ascii(text_of(call, "function_name"));
        const auto arguments = call.find("children");
        const bool is_ours = std::ranges::find(zone_calls, name) != zone_calls.end();
        // Another number of arguments is the binder's to refuse.
        if (!is_ours || !arguments || arguments->size() != 2) return;
        JsonValue last = arguments->first();
        for_each_child(*arguments, [&](JsonValue argument) { last = argument; });
        const auto value = object_of(last, "value");
        const auto text = value ? value->find("value") : std::nullopt;
        if (text_of(last, "class") != "CONSTANT" || !text || !text->is(JsonType::string)) {
            problems_.push_back(source_.error(
                "transform.unclear_zone",
                fmt::format("the zone of {}() is no plain text in transform \"{}\"", name,
                            source_.name()),
                "Write the zone as text, such as 'Europe/Berlin': its rules are kept with the "
                "figures, so it must be known before the first event.",
                location_of(last) ? location_of(last) : location_of(call)));
        } else if (!zones_.contains(std::string(text->text()))) {
            problems_.push_back(source_.error(
                "transform.unknown_zone",
                fmt::format("unknown time zone \"{}\" in transform \"{}\"",
                            shortened(text->text(), 80), source_.name()),
                "Name a zone of the IANA list, such as 'Europe/Berlin' or 'UTC', as a plain text.",
                location_of(last)));
        }
    }

    const SqlSource& source_;
    const std::map<std::string, Zone>& zones_;
    std::vector<Error> problems_;
};

bool is_zoned(std::string_view type) {
    return type == "TIMESTAMP WITH TIME ZONE" || type == "TIME WITH TIME ZONE";
}

bool is_time(std::string_view type) {
    return type.starts_with("TIMESTAMP") || type == "DATE" || type == "TIME" || is_zoned(type);
}

/// The types inside a type: of a list's items, of a struct's fields, of a map's keys and values.
std::vector<JsonValue> parts_of(JsonValue type) {
    std::vector<JsonValue> parts;
    const auto info = object_of(type, "type_info");
    if (!info) return parts;
    if (const auto child = object_of(*info, "child_type")) parts.push_back(*child);
    if (const auto children = info->find("child_types")) {
        for_each_child(*children, [&](JsonValue child) {
            if (const auto part = object_of(child, "second")) parts.push_back(*part);
        });
    }
    return parts;
}

/// Whether the type is, or has inside, one for which `is_one` holds. Bounded: a JsonDocument has
/// JsonDocument::depth_max levels at most, here and below.
bool contains(JsonValue type, bool (*is_one)(std::string_view)) {
    return is_one(text_of(type, "id")) || std::ranges::any_of(parts_of(type), [&](JsonValue part) {
               return contains(part, is_one);
           });
}

/// Whether a cast between the types makes a time of a text somewhere.
bool makes_time_of_text(JsonValue from, JsonValue to) {
    if (text_of(from, "id") == "VARCHAR") return contains(to, is_time);
    const std::vector<JsonValue> from_parts = parts_of(from);
    const std::vector<JsonValue> to_parts = parts_of(to);
    // Fields of structs may be cast in another order: each is held against each.
    return std::ranges::any_of(to_parts, [&](JsonValue to_part) {
        return std::ranges::any_of(from_parts, [&](JsonValue from_part) {
            return makes_time_of_text(from_part, to_part);
        });
    });
}

/// What an expression of the plan answers with, where that is written.
std::optional<JsonValue> type_of(JsonValue expression) {
    if (const auto type = object_of(expression, "return_type")) return type;
    const auto value = object_of(expression, "value");
    return value ? object_of(*value, "type") : std::nullopt;
}

/// A literal that says no offset and is one day or moment: nothing of it is dropped.
bool is_plain_literal(JsonValue expression) {
    const auto value = object_of(expression, "value");
    const auto text = value ? value->find("value") : std::nullopt;
    if (text_of(expression, "expression_class") != "BOUND_CONSTANT") return false;
    if (!text || !text->is(JsonType::string)) return true;
    const auto instant = parse_instant(text->text(), std::nullopt);
    return !instant.ok() && instant.error().code == "time.no_zone";
}

class TimeJudge {
  public:
    explicit TimeJudge(const SqlSource& source) : source_(source) {}

    void visit(JsonValue node) {
        if (node.is(JsonType::object) && !text_of(node, "expression_class").empty()) {
            // One thing is said of an expression; what is inside it follows from the same.
            if (judge(node)) return;
        }
        if (node.size() > 0) {
            for_each_child(node, [&](JsonValue child) { visit(child); });
        }
    }
    std::vector<Error> take() { return std::move(problems_); }

  private:
    bool judge(JsonValue expression) {
        const auto type = type_of(expression);
        const std::string_view kind = text_of(expression, "expression_class");
        // What is only handed on was told where it was made.
        const bool is_handed_on = kind == "BOUND_REF" || kind == "BOUND_COLUMN_REF";
        if (type && !is_handed_on && contains(*type, is_zoned)) {
            refuse("transform.other_zone_rules",
                   fmt::format("{} a timestamp with time zone", subject(expression, "works with")),
                   "DuckDB converts those by zone rules of its own. An instant is a TIMESTAMP in "
                   "UTC; local_time(instant, 'Europe/Berlin') and instant_of(local, "
                   "'Europe/Berlin') convert by the rules that the client keeps.",
                   expression);
            return true;
        }
        if (kind == "BOUND_CAST") return judge_cast(expression, type);
        if (kind == "BOUND_FUNCTION") return judge_call(expression, type);
        return false;
    }

    bool judge_cast(JsonValue cast, std::optional<JsonValue> to) {
        const auto child = object_of(cast, "child");
        const auto from = child ? type_of(*child) : std::nullopt;
        if (!from || !to || !makes_time_of_text(*from, *to) || is_plain_literal(*child)) {
            return false;
        }
        refuse("transform.text_as_time",
               fmt::format("a text becomes a {}, which drops its offset from UTC,",
                           to_lower_ascii(text_of(*to, "id"))),
               declare_hint, cast);
        return true;
    }

    bool judge_call(JsonValue call, std::optional<JsonValue> type) {
        constexpr std::array readers = {
            std::string_view("strptime"),       std::string_view("try_strptime"),
            std::string_view("from_json"),      std::string_view("from_json_strict"),
            std::string_view("json_transform"), std::string_view("json_transform_strict")};
        const std::string_view name = text_of(call, "name");
        const bool is_reader = std::ranges::find(readers, name) != readers.end();
        if (!is_reader || !type || !contains(*type, is_time)) return false;
        const auto arguments = call.find("children");
        if (arguments && arguments->size() > 0 && is_plain_literal(arguments->first()))
            return false;
        refuse("transform.text_as_time", fmt::format("{}() makes a time of a text", name),
               declare_hint, call);
        return true;
    }

    static std::string subject(JsonValue expression, std::string_view verb) {
        const std::string_view kind = text_of(expression, "expression_class");
        if (kind == "BOUND_FUNCTION" || kind == "BOUND_AGGREGATE") {
            return fmt::format("{}() {}", text_of(expression, "name"), verb);
        }
        return fmt::format("{} {}", kind == "BOUND_CAST" ? "a cast" : "an expression", verb);
    }

    /// Where the expression, or the first thing in it that is written, stands.
    static std::optional<std::size_t> place_of(JsonValue expression) {
        std::optional<std::size_t> found =
            expression.is(JsonType::object) ? location_of(expression) : std::nullopt;
        if (found) return found;
        for_each_child(expression, [&](JsonValue child) {
            if (!found && child.size() > 0) found = place_of(child);
        });
        return found;
    }

    void refuse(std::string code, const std::string& what, std::string_view hint,
                JsonValue expression) {
        auto place = place_of(expression);
        if (place && *place >= source_.statement().size()) place = std::nullopt;
        problems_.push_back(source_.error(
            std::move(code), fmt::format("{} in transform \"{}\"", what, source_.name()),
            std::string(hint), place));
    }

    const SqlSource& source_;
    std::vector<Error> problems_;
};

}  // namespace

std::vector<Error> judge_zone_calls(const SqlTree& tree, const SqlSource& source,
                                    const std::map<std::string, Zone>& zones) {
    ZoneCallJudge judge(source, zones);
    judge.visit(tree.root());
    return judge.take();
}

std::vector<Error> judge_times(const BoundPlan& plan, const SqlSource& source) {
    TimeJudge judge(source);
    judge.visit(plan.root());
    return judge.take();
}

}  // namespace meshline
