#include "drivers/duckdb/judge_events.hpp"

#include "base/text/text.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <string>
#include <utility>

namespace meshline {
namespace {

bool is_position(JsonValue node) {
    if (!node.is(JsonType::object) || text_of(node, "class") != "COLUMN_REF") return false;
    const auto names = node.find("column_names");
    if (!names || names->size() == 0) return false;
    JsonValue last = names->first();
    for (std::size_t i = 1; i < names->size(); ++i)
        last = last.next();
    return to_lower_ascii(last.text()) == "position";
}

bool has_position(JsonValue node, std::string_view list) {
    const auto items = node.find(list);
    bool is_there = false;
    if (items) for_each_child(*items, [&](JsonValue item) { is_there |= is_position(item); });
    return is_there;
}

/// How many `a.position = b.position` a condition demands.
int count_ties(std::optional<JsonValue> condition) {
    if (!condition || !condition->is(JsonType::object)) return 0;
    const std::string_view type = text_of(*condition, "type");
    if (type == "COMPARE_EQUAL") {
        const auto left = condition->find("left");
        const auto right = condition->find("right");
        return left && right && is_position(*left) && is_position(*right) ? 1 : 0;
    }
    int count = 0;
    const auto parts = condition->find("children");
    // Bounded: a JsonDocument has JsonDocument::depth_max levels at most.
    if (type == "CONJUNCTION_AND" && parts) {
        for_each_child(*parts, [&](JsonValue part) { count += count_ties(part); });
    }
    return count;
}

/// What an expression holds outside its sub-selects.
struct Findings {
    std::vector<JsonValue> aggregates;
    std::vector<JsonValue> windows;
    std::vector<JsonValue> subqueries;
};

class EventJudge {
  public:
    EventJudge(const SqlSource& source, const FunctionCatalog& functions)
        : source_(source), functions_(functions) {}

    /// Whether the query's rows come from events. `is_tied`: it is correlated with one event.
    bool visit_query(JsonValue node, bool is_tied) {
        const std::size_t tables_before = tables_.size();
        visit_common_tables(node);
        const bool reads_events = text_of(node, "type") == "SET_OPERATION_NODE"
                                      ? visit_set_operation(node, is_tied)
                                      : visit_select(node, is_tied);
        tables_.resize(tables_before);
        return reads_events;
    }

    std::vector<Error> take() { return std::move(problems_); }

  private:
    void visit_common_tables(JsonValue node) {
        const auto map = object_of(node, "cte_map");
        const auto entries = map ? map->find("map") : std::nullopt;
        if (!entries) return;
        for_each_child(*entries, [&](JsonValue entry) {
            const bool reads_events = visit_statement(entry.find("value")->find("query"), false);
            tables_.emplace_back(to_lower_ascii(text_of(entry, "key")), reads_events);
        });
    }

    bool visit_statement(std::optional<JsonValue> statement, bool is_tied) {
        const auto node = statement ? object_of(*statement, "node") : std::nullopt;
        return node && visit_query(*node, is_tied);
    }

    bool visit_set_operation(JsonValue node, bool is_tied) {
        bool reads_events = false;
        for (const char* side : {"left", "right"}) {
            if (const auto query = object_of(node, side)) {
                reads_events = visit_query(*query, is_tied) || reads_events;
            }
        }
        if (reads_events && !is_tied) judge_modifiers(node);
        return reads_events;
    }

    bool visit_select(JsonValue node, bool is_tied) {
        const auto where = node.find("where_clause");
        int ties = count_ties(where);
        const auto from = object_of(node, "from_table");
        const bool reads_events = from && visit_from(*from, ties);
        Findings found;
        for (const char* part : {"select_list", "where_clause", "group_expressions", "having",
                                 "qualify", "modifiers"}) {
            if (const auto value = node.find(part)) collect(*value, found);
        }
        for (const JsonValue subquery : found.subqueries)
            visit_subquery(subquery);
        if (reads_events && !is_tied) {
            judge_groups(node, found);
            for (const JsonValue window : found.windows)
                judge_window(window);
            judge_modifiers(node);
        }
        return reads_events;
    }

    /// A sub-select in an expression sees one event when it asks for its position.
    void visit_subquery(JsonValue subquery) {
        const auto statement = subquery.find("subquery");
        const auto node = statement ? object_of(*statement, "node") : std::nullopt;
        if (!node) return;
        const bool is_tied = count_ties(node->find("where_clause")) > 0;
        const std::size_t problems_before = problems_.size();
        if (visit_query(*node, is_tied) && !is_tied) {
            // What is wrong inside comes of this.
            problems_.erase(problems_.begin() + static_cast<std::ptrdiff_t>(problems_before),
                            problems_.end());
            add("a sub-select that reads other events", location_of(subquery));
        }
    }

    /// `ties` are those of the WHERE that joins written with commas may use, one each.
    bool visit_from(JsonValue table, int& ties) {
        const std::string_view type = text_of(table, "type");
        if (type == "BASE_TABLE") return reads_events(text_of(table, "table_name"));
        if (type == "SUBQUERY") return visit_statement(object_of(table, "subquery"), false);
        if (type == "PIVOT") {
            const auto source = object_of(table, "source");
            return source && visit_from(*source, ties);
        }
        if (type != "JOIN") return false;
        const auto left = object_of(table, "left");
        const auto right = object_of(table, "right");
        // Both sides are visited, whatever the first says.
        const bool reads_left = left && visit_from(*left, ties);
        const bool reads_right = right && visit_from(*right, ties);
        if (reads_left && reads_right) judge_join(table, *right, ties);
        return reads_left || reads_right;
    }

    bool reads_events(std::string_view table) const {
        const std::string name = to_lower_ascii(table);
        const auto found = std::find_if(tables_.rbegin(), tables_.rend(),
                                        [&](const auto& each) { return each.first == name; });
        return found == tables_.rend() ? name == "input" : found->second;
    }

    void judge_join(JsonValue join, JsonValue right, int& ties) {
        if (count_ties(join.find("condition")) > 0) return;
        const auto columns = join.find("using_columns");
        bool is_by_position = false;
        if (columns) {
            for_each_child(*columns, [&](JsonValue column) {
                is_by_position |= to_lower_ascii(column.text()) == "position";
            });
        }
        if (is_by_position) return;
        // Only an inner join may leave its condition to the WHERE.
        if (text_of(join, "ref_type") == "CROSS" && ties > 0) {
            --ties;
            return;
        }
        const auto at = location_of(right);
        add("a join of different events", at ? at : location_of(join));
    }

    void judge_groups(JsonValue node, const Findings& found) {
        const bool has_groups = has_content(node, "group_expressions");
        const bool groups_by_all = text_of(node, "aggregate_handling") == "FORCE_AGGREGATES";
        if (!has_groups && found.aggregates.empty()) return;
        const auto sets = node.find("group_sets");
        const bool has_sets = sets && sets->size() > 1;
        const bool is_by_position =
            groups_by_all ? has_position(node, "select_list") : groups_by_position(node);
        if (is_by_position && !has_sets) return;
        add("a group of several events",
            found.aggregates.empty() ? std::nullopt : location_of(found.aggregates.front()));
    }

    /// Also `group by 1` where the first column is the position.
    static bool groups_by_position(JsonValue node) {
        if (has_position(node, "group_expressions")) return true;
        const auto groups = node.find("group_expressions");
        const auto items = node.find("select_list");
        if (!groups || !items) return false;
        bool is_there = false;
        for_each_child(*groups, [&](JsonValue group) {
            const auto value = object_of(group, "value");
            const auto number = value ? value->find("value") : std::nullopt;
            if (!number || !number->is(JsonType::number)) return;
            std::size_t wanted = 0;
            const std::string_view digits = number->text();
            std::from_chars(digits.data(), digits.data() + digits.size(), wanted);
            std::size_t place = 0;
            for_each_child(*items, [&](JsonValue item) {
                is_there |= ++place == wanted && is_position(item);
            });
        });
        return is_there;
    }

    void judge_window(JsonValue window) {
        if (!has_position(window, "partitions")) {
            add("a window over several events", location_of(window));
        }
    }

    void judge_modifiers(JsonValue node) {
        const auto modifiers = node.find("modifiers");
        if (!modifiers) return;
        for_each_child(*modifiers, [&](JsonValue modifier) {
            const std::string_view type = text_of(modifier, "type");
            if (type == "LIMIT_MODIFIER" || type == "LIMIT_PERCENT_MODIFIER") {
                const auto limit = object_of(modifier, "limit");
                add("a limit over several events", limit ? location_of(*limit) : std::nullopt);
            }
            if (type == "DISTINCT_MODIFIER" && !is_distinct_by_event(node, modifier)) {
                add("a distinct over several events", std::nullopt);
            }
        });
    }

    static bool is_distinct_by_event(JsonValue node, JsonValue modifier) {
        if (has_content(modifier, "distinct_on_targets")) {
            return has_position(modifier, "distinct_on_targets");
        }
        bool has_star = false;
        if (const auto items = node.find("select_list")) {
            for_each_child(*items,
                           [&](JsonValue item) { has_star |= text_of(item, "class") == "STAR"; });
        }
        return has_star || has_position(node, "select_list");
    }

    void collect(JsonValue value, Findings& found) {
        if (value.is(JsonType::object)) {
            const std::string_view kind = text_of(value, "class");
            if (kind == "CONSTANT") return;
            if (kind == "SUBQUERY") found.subqueries.push_back(value);
            if (kind == "WINDOW") found.windows.push_back(value);
            if (kind == "FUNCTION" && functions_.is_aggregate(text_of(value, "function_name"))) {
                found.aggregates.push_back(value);
            }
        }
        const bool is_subquery =
            value.is(JsonType::object) && text_of(value, "class") == "SUBQUERY";
        for_each_child(value, [&](JsonValue child) {
            if (!is_subquery || child.key() != "subquery") collect(child, found);
        });
    }

    void add(std::string_view what, std::optional<std::size_t> offset) {
        problems_.push_back(source_.error(
            "transform.mixes_events", fmt::format("{} in transform \"{}\"", what, source_.name()),
            "The rows of an event must not depend on the events beside it: group, partition and "
            "join "
            "by position.",
            offset));
    }

    const SqlSource& source_;
    const FunctionCatalog& functions_;
    /// The CTEs in sight, in lower case, and whether their rows come from events.
    std::vector<std::pair<std::string, bool>> tables_;
    std::vector<Error> problems_;
};

}  // namespace

std::vector<Error> judge_events(const SqlTree& tree, const SqlSource& source,
                                const FunctionCatalog& functions) {
    EventJudge judge(source, functions);
    judge.visit_query(tree.root(), false);
    return judge.take();
}

}  // namespace meshline
