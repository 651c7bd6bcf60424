#include "drivers/duckdb/judge_sql.hpp"

#include "base/text/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string>

namespace meshline {
namespace {

constexpr std::string_view float_hint =
    "Money is never a binary float: use from_minor_units(), from_micros(), // for whole numbers, "
    "or "
    "multiply by a decimal.";

constexpr std::string_view quotient_hint =
    "divide(a, b, half_even) divides decimals to six digits and names the rounding; // divides "
    "whole "
    "numbers.";

class SqlJudge {
  public:
    SqlJudge(const SqlSource& source, const FunctionCatalog& functions)
        : source_(source), functions_(functions) {}

    // Bounded: a JsonDocument has JsonDocument::depth_max levels at most.
    void visit(JsonValue value, bool is_parser_made = false) {
        // Each is looked up among all names there are, so thousands would take minutes.
        if (problems_.size() >= transform_problems_max) return;
        if (value.is(JsonType::array)) {
            for_each_child(value, [&](JsonValue child) { visit(child, is_parser_made); });
        }
        if (!value.is(JsonType::object)) return;
        const std::size_t names_before = table_names_.size();
        if (const auto map = object_of(value, "cte_map")) visit_common_tables(*map);
        const bool is_visited = visit_node(value, is_parser_made);
        if (!is_visited) visit_members(value);
        table_names_.resize(names_before);
    }

    std::vector<Error> take() { return std::move(problems_); }

  private:
    void visit_members(JsonValue node) {
        // `interval 1 day` is written by the parser as a call with a cast to DOUBLE inside. What
        // takes a fraction of a second has no other argument, and gives an interval: no money.
        const std::string_view name = text_of(node, "function_name");
        const bool is_parser_made =
            text_of(node, "class") == "FUNCTION" &&
            (!location_of(node) || name == "to_seconds" || name == "to_milliseconds");
        for_each_child(node, [&](JsonValue child) {
            if (child.key() == "cte_map") return;
            // The value of a constant is data, not syntax.
            if (child.key() == "value" && text_of(node, "class") == "CONSTANT") return;
            visit(child, is_parser_made);
        });
    }

    // A CTE sees the ones before it. One that reads its own name means what it means outside.
    void visit_common_tables(JsonValue map) {
        const auto entries = map.find("map");
        if (!entries) return;
        for_each_child(*entries, [&](JsonValue entry) {
            visit(*entry.find("value"));
            table_names_.push_back(to_lower_ascii(text_of(entry, "key")));
        });
    }

    // True when the node's members are visited already.
    bool visit_node(JsonValue node, bool is_parser_made) {
        const std::string_view kind = text_of(node, "class");
        const std::string_view type = text_of(node, "type");
        if (has_content(node, "sample")) {
            refuse("transform.forbidden_function", "a sample is random",
                   "The same events must always give the same rows.", location_of(node));
        }
        if (kind == "FUNCTION" || kind == "WINDOW") judge_function(node);
        if (kind == "COLUMN_REF") judge_column(node);
        if (kind == "CAST" && !is_parser_made) judge_type(node, object_of(node, "cast_type"));
        if (kind == "CONSTANT") judge_constant(node);
        if (kind == "PARAMETER") {
            refuse("transform.syntax", "a parameter has no value",
                   "Write the value itself, or read it from input.", std::nullopt);
        }
        if (type == "BASE_TABLE") judge_table(node);
        if (type == "SHOW_REF") refuse_statement("a description of a table");
        if (type == "RECURSIVE_CTE_NODE") refuse_statement("a recursive CTE");
        if (type == "PIVOT" && !is_unpivot(node)) refuse_statement("a pivot");
        if (type != "TABLE_FUNCTION") return false;
        return visit_table_function(node);
    }

    static bool is_unpivot(JsonValue node) { return has_content(node, "unpivot_names"); }

    bool visit_table_function(JsonValue node) {
        const auto function = object_of(node, "function");
        const std::string_view name = function ? text_of(*function, "function_name") : "";
        if (!FunctionCatalog::is_allowed_table_function(name)) {
            refuse("transform.forbidden_function",
                   fmt::format("forbidden table function \"{}\"", name),
                   "A transform reads input; the table functions it may use are unnest, range and "
                   "generate_series.",
                   location_of(node));
        }
        // The name of a table function is not that of a scalar one.
        if (function) visit_members(*function);
        return true;
    }

    void judge_function(JsonValue node) {
        const std::string_view name = text_of(node, "function_name");
        const auto arguments = node.find("children");
        judge_name(node, name, arguments ? arguments->size() : 0);
        if (const auto aggregate = named_aggregate(node)) judge_name(node, *aggregate, 1);
    }

    void judge_name(JsonValue node, std::string_view name, std::size_t argument_count) {
        // Our own helpers are for the SQL around the author's.
        const bool is_internal = name.starts_with("meshline_") || name.starts_with("__internal");
        const FunctionVerdict verdict = functions_.judge(name, argument_count);
        if (is_internal || verdict == FunctionVerdict::not_deterministic) {
            refuse("transform.forbidden_function", fmt::format("forbidden function \"{}\"", name),
                   "Its result is not decided by its arguments: the same events would not always "
                   "give the same rows.",
                   location_of(node));
        } else if (verdict == FunctionVerdict::unknown) {
            const std::vector<std::string> names = functions_.names();
            const auto nearest = nearest_name(name, names);
            refuse("transform.unknown_function", fmt::format("unknown function \"{}\"", name),
                   nearest ? fmt::format("Did you mean \"{}\"?", *nearest) : "", location_of(node));
        } else if (verdict == FunctionVerdict::binary_float) {
            refuse("transform.binary_float", fmt::format("\"{}\" gives a binary float", name),
                   name == "/" ? quotient_hint : float_hint, location_of(node));
        } else if (verdict == FunctionVerdict::unnamed_rounding) {
            refuse("transform.unnamed_rounding",
                   fmt::format("\"{}\" does not say how it rounds", name),
                   "round_to(x, 2, half_away_from_zero) rounds as round(x, 2) does; half_even, "
                   "toward_zero and floor are other roundings.",
                   location_of(node));
        }
    }

    void judge_column(JsonValue node) {
        const auto names = node.find("column_names");
        if (!names || names->size() != 1) return;
        const std::string_view name = names->first().text();
        if (!FunctionCatalog::is_column_like_function(name)) return;
        refuse("transform.forbidden_function", fmt::format("forbidden function \"{}\"", name),
               "The clock and the user of the moment decide no figure.", location_of(node));
    }

    void judge_type(JsonValue node, std::optional<JsonValue> type) {
        const std::string_view id = type ? text_of(*type, "id") : "";
        if (id == "DOUBLE" || id == "FLOAT") {
            refuse("transform.binary_float", fmt::format("a cast to {} gives a binary float", id),
                   float_hint, location_of(node));
        }
    }

    void judge_constant(JsonValue node) {
        const auto value = object_of(node, "value");
        const auto type = value ? object_of(*value, "type") : std::nullopt;
        if (type && text_of(*type, "id") == "DOUBLE" && location_of(node)) {
            refuse("transform.binary_float", "a number that only a binary float holds",
                   "Write it without an exponent, with 38 digits at most.", location_of(node));
        }
    }

    void judge_table(JsonValue node) {
        const std::string name = to_lower_ascii(text_of(node, "table_name"));
        const bool is_qualified =
            !text_of(node, "schema_name").empty() || !text_of(node, "catalog_name").empty();
        const bool is_known =
            name == "input" || std::ranges::find(table_names_, name) != table_names_.end();
        if (is_known && !is_qualified && !has_content(node, "at_clause")) return;
        std::vector<std::string> known = table_names_;
        known.emplace_back("input");
        const auto nearest = nearest_name(name, known);
        refuse("transform.unknown_table",
               fmt::format("unknown table \"{}\"", text_of(node, "table_name")),
               nearest && *nearest != name
                   ? fmt::format("Did you mean \"{}\"?", *nearest)
                   : "A transform reads input and its own CTEs, nothing else.",
               location_of(node));
    }

    // `what` is the start of a sentence that ends with the transform's name.
    void refuse(std::string code, const std::string& what, std::string_view hint,
                std::optional<std::size_t> offset) {
        problems_.push_back(source_.error(
            std::move(code), fmt::format("{} in transform \"{}\"", what, source_.name()),
            std::string(hint), offset));
    }

    void refuse_statement(std::string_view what) {
        refuse("transform.not_a_select", fmt::format("{} is no plain select", what),
               "A transform is a plain SELECT from input.", std::nullopt);
    }

    const SqlSource& source_;
    const FunctionCatalog& functions_;
    /// Lower-case names of the CTEs in sight.
    std::vector<std::string> table_names_;
    std::vector<Error> problems_;
};

}  // namespace

std::vector<Error> judge_sql(const SqlTree& tree, const SqlSource& source,
                             const FunctionCatalog& functions) {
    SqlJudge judge(source, functions);
    judge.visit(tree.root());
    return judge.take();
}

}  // namespace meshline
