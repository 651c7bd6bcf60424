#include "drivers/duckdb/plan_size.hpp"

#include "base/text/classify_sql.hpp"
#include "base/text/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace meshline {
namespace {

/// What is over the limit may grow no further: twice as many CTEs are a number squared.
std::size_t capped(std::size_t parts) {
    return std::min(parts, planned_parts_max + 1);
}

/// The parts of an expression as it is planned, and as they would be with what it reads written
/// out: the columns of sub-selects and CTEs by what they are made of.
struct Size {
    std::size_t parts = 0;
    std::size_t whole = 0;
    bool has_star = false;

    void add(const Size& more, std::size_t times = 1) {
        parts = capped(parts + times * more.parts);
        whole = capped(whole + times * more.whole);
        has_star = has_star || more.has_star;
    }
};

/// A column that a query gives.
struct MadeColumn {
    std::string name;
    std::size_t whole = 1;
};

struct MadeRows {
    std::size_t parts = 0;
    std::vector<MadeColumn> columns;
};

/// Names in sight: of columns, which have no parts here, and of what stands before in a list.
using Scope = std::map<std::string, Size>;

void know(Scope& scope, const std::string& name, const Size& size) {
    Size& known = scope[name];
    known.parts = std::max(known.parts, size.parts);
    known.whole = std::max(known.whole, size.whole);
}

Scope scope_of(const MadeRows& rows) {
    Scope scope;
    for (const MadeColumn& column : rows.columns)
        know(scope, column.name, {.parts = 0, .whole = column.whole});
    return scope;
}

/// A star makes one of the expression around it of every column.
Size spread(const Size& size, const MadeRows& from) {
    if (!size.has_star) return size;
    Size all;
    all.add(size, from.columns.size());
    for (const MadeColumn& column : from.columns)
        all.whole = capped(all.whole + column.whole);
    return all;
}

/// Takes the rows of another side of a union to those of the first.
void unite(MadeRows& made, MadeRows more) {
    made.parts = capped(made.parts + more.parts + 1);
    if (made.columns.size() < more.columns.size()) made.columns.swap(more.columns);
    for (std::size_t i = 0; i < more.columns.size(); ++i)
        made.columns[i].whole = std::max(made.columns[i].whole, more.columns[i].whole);
}

void rename(MadeRows& rows, JsonValue node, std::string_view member) {
    const auto names = node.find(member);
    if (!names) return;
    std::size_t column = 0;
    for_each_child(*names, [&](JsonValue name) {
        if (column == rows.columns.size()) rows.columns.emplace_back();
        rows.columns[column++].name = to_lower_ascii(name.text());
    });
}

/// The engine holds the terms of a conjunction against each other, a thousand pairs in the time of
/// a part.
Size size_of_pairs(JsonValue conjunction) {
    constexpr std::size_t pairs_in_part = 1000;
    const auto terms = conjunction.find("children");
    const std::size_t count = terms ? terms->size() : 0;
    const std::size_t parts = capped(count * count / pairs_in_part);
    return {.parts = parts, .whole = parts};
}

/// Counts the nodes of a syntax tree, and again where the engine makes two of one: a CTE where it
/// is read, an expression where its name stands later in the same list, the arguments of a macro,
/// what a star stands for. A condition is moved to where its columns are made and holds them whole;
/// a struct holds its members' types whole.
/// Bounded: a JsonDocument has JsonDocument::depth_max levels at most.
class PlanSize {
  public:
    PlanSize(const FunctionCatalog& functions, std::size_t input_columns)
        : functions_(functions), input_columns_(input_columns) {}

    MadeRows of_query(JsonValue node) {
        const std::size_t tables_before = tables_.size();
        if (const auto map = object_of(node, "cte_map")) add_common_tables(*map);
        const std::string_view type = text_of(node, "type");
        MadeRows rows = type == "SELECT_NODE"          ? of_select(node)
                        : type == "SET_OPERATION_NODE" ? of_set_operation(node)
                                                       : MadeRows{of_members(node, {}).parts, {}};
        tables_.resize(tables_before);
        return rows;
    }

  private:
    void add_common_tables(JsonValue map) {
        const auto entries = map.find("map");
        if (!entries) return;
        for_each_child(*entries, [&](JsonValue entry) {
            const auto table = object_of(entry, "value");
            const auto query = table ? object_of(*table, "query") : std::nullopt;
            const auto node = query ? object_of(*query, "node") : std::nullopt;
            if (!node) return;
            MadeRows rows = of_query(*node);
            rename(rows, *table, "aliases");
            tables_.emplace_back(to_lower_ascii(text_of(entry, "key")), std::move(rows));
        });
    }

    MadeRows of_select(JsonValue node) {
        MadeRows from;
        if (const auto table = object_of(node, "from_table")) from = of_table(*table);
        scopes_.push_back(scope_of(from));
        MadeRows made;
        made.parts = from.parts + 1;
        if (const auto items = node.find("select_list")) {
            for_each_child(*items, [&](JsonValue item) { add_item(item, from, made); });
        }
        for_each_child(node, [&](JsonValue member) {
            const std::string_view name = member.key();
            if (name == "select_list" || name == "from_table" || name == "cte_map") return;
            const bool is_condition =
                name == "where_clause" || name == "having" || name == "qualify";
            const Size size = spread(of_expression(member), from);
            made.parts = capped(made.parts + (is_condition ? size.whole : size.parts));
        });
        scopes_.pop_back();
        return made;
    }

    /// One of the list, whose name the next ones may use.
    void add_item(JsonValue item, const MadeRows& from, MadeRows& made) {
        const Size size = of_expression(item);
        made.parts = capped(made.parts + spread(size, from).parts);
        if (size.has_star && made.columns.size() <= planned_parts_max) {
            // Whatever it makes of the columns, none is made of more than this.
            for (const MadeColumn& column : from.columns)
                made.columns.push_back({column.name, capped(column.whole + size.whole)});
            return;
        }
        std::string name = to_lower_ascii(text_of(item, "alias"));
        const auto words = item.find("column_names");
        if (name.empty() && words) {
            for_each_child(*words, [&](JsonValue word) { name = to_lower_ascii(word.text()); });
        }
        know(scopes_.back(), name, size);
        made.columns.push_back({std::move(name), size.whole});
    }

    MadeRows of_set_operation(JsonValue node) {
        MadeRows made;
        for (const std::string_view side : {"left", "right"}) {
            if (const auto query = object_of(node, side)) unite(made, of_query(*query));
        }
        if (const auto children = node.find("children")) {
            for_each_child(*children, [&](JsonValue query) { unite(made, of_query(query)); });
        }
        return made;
    }

    MadeRows of_table(JsonValue node) {
        const std::string_view type = text_of(node, "type");
        MadeRows rows;
        if (type == "BASE_TABLE") {
            rows = named(node);
        } else if (type == "SUBQUERY") {
            const auto query = object_of(node, "subquery");
            const auto inner = query ? object_of(*query, "node") : std::nullopt;
            if (inner) rows = of_query(*inner);
        } else if (type == "JOIN") {
            rows = of_join(node);
        } else if (type == "PIVOT") {
            if (const auto source = object_of(node, "source")) rows = of_table(*source);
            const Size size = spread(of_members(node, {.left_out = "source"}), rows);
            rows.parts = capped(rows.parts + size.parts);
            rows.columns.resize(rows.columns.size() + 2);
        } else {
            // A function's or a list's rows are made before they are read.
            rows = {of_members(node, {}).parts, {{to_lower_ascii(text_of(node, "alias")), 1}}};
        }
        ++rows.parts;
        rename(rows, node, "column_name_alias");
        return rows;
    }

    MadeRows of_join(JsonValue node) {
        MadeRows rows;
        for (const std::string_view side : {"left", "right"}) {
            const auto table = object_of(node, side);
            if (!table) continue;
            MadeRows more = of_table(*table);
            rows.parts = capped(rows.parts + more.parts);
            std::ranges::move(more.columns, std::back_inserter(rows.columns));
        }
        scopes_.push_back(scope_of(rows));
        if (const auto condition = object_of(node, "condition"))
            rows.parts = capped(rows.parts + of_expression(*condition).whole);
        scopes_.pop_back();
        return rows;
    }

    /// A CTE, the last of the name; or input, with the fields of its payload.
    MadeRows named(JsonValue node) const {
        const std::string name = to_lower_ascii(text_of(node, "table_name"));
        const auto found = std::ranges::find(tables_.rbegin(), tables_.rend(), name,
                                             &std::pair<std::string, MadeRows>::first);
        if (found != tables_.rend()) return found->second;
        return {0, std::vector<MadeColumn>(input_columns_)};
    }

    Size of_expression(JsonValue value) {
        if (value.is(JsonType::array)) return of_members(value, {});
        if (!value.is(JsonType::object)) return {};
        const std::string_view type = text_of(value, "type");
        if (type == "SELECT_NODE" || type == "SET_OPERATION_NODE") {
            const std::size_t parts = of_query(value).parts;
            return {.parts = parts, .whole = parts};
        }
        const std::string_view kind = text_of(value, "class");
        // A between is planned as two comparisons, an arrow as what it may mean.
        const std::string_view twice = kind == "BETWEEN" ? "input" : kind == "LAMBDA" ? "lhs" : "";
        Size size = of_members(value, {.twice = twice});
        size.add({.parts = 1, .whole = 1, .has_star = kind == "STAR"});
        if (kind == "COLUMN_REF") size.add(size_of_column(value));
        if (kind == "CONJUNCTION") size.add(size_of_pairs(value));
        return kind == "FUNCTION" ? size_of_call(value, size) : size;
    }

    Size size_of_call(JsonValue call, const Size& with_arguments) const {
        const std::string name = to_lower_ascii(text_of(call, "function_name"));
        const MacroSize macro = functions_.macro_size(name);
        Size size{.parts = macro.parts, .whole = macro.parts};
        size.add(with_arguments, macro.copies);
        if (name == "struct_pack" || name == "row") size.parts = size.whole;
        return size;
    }

    struct Members {
        std::string_view left_out;
        std::string_view twice;
    };

    Size of_members(JsonValue node, Members members) {
        Size size;
        for_each_child(node, [&](JsonValue child) {
            const std::string_view name = node.is(JsonType::object) ? child.key() : "";
            if (!name.empty() && name == members.left_out) return;
            size.add(of_expression(child), !name.empty() && name == members.twice ? 2 : 1);
        });
        return size;
    }

    /// Of whatever any part of the name may mean.
    Size size_of_column(JsonValue reference) const {
        Scope met;
        const auto words = reference.find("column_names");
        if (!words) return {};
        for_each_child(*words, [&](JsonValue word) {
            const std::string name = to_lower_ascii(word.text());
            for (const Scope& scope : scopes_) {
                const auto found = scope.find(name);
                if (found != scope.end()) know(met, "", found->second);
            }
        });
        return met[""];
    }

    const FunctionCatalog& functions_;
    const std::size_t input_columns_;
    std::vector<std::pair<std::string, MadeRows>> tables_;  ///< In sight, the last counts.
    std::vector<Scope> scopes_;
};

bool is_word_byte(char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || byte == '_' ||
           static_cast<unsigned char>(byte) >= 0x80;
}

/// A CASE whose END has not come yet.
struct OpenCase {
    std::size_t bytes = 0;
    std::size_t operand = 0;  ///< Bytes between CASE and its first WHEN.
    bool has_when = false;
};

std::size_t parsed_bytes(const std::string& statement) {
    const std::string sql = to_lower_ascii(statement);
    const std::vector<SqlByte> kinds = classify_sql(sql);
    std::vector<OpenCase> open(1);
    for (std::size_t at = 0; at < sql.size();) {
        std::size_t end = at;
        while (end < sql.size() && kinds[end] == SqlByte::code && is_word_byte(sql[end]))
            ++end;
        const std::string_view word = std::string_view(sql).substr(at, end - at);
        // After a point it is the name of a field.
        const bool is_keyword = at == 0 || sql[at - 1] != '.';
        at = std::max(end, at + 1);
        OpenCase& now = open.back();
        now.bytes =
            std::min(now.bytes + std::max<std::size_t>(word.size(), 1), parsed_bytes_max + 1);
        if (!is_keyword) continue;
        if (word == "case") {
            open.emplace_back();
        } else if (word == "when" && now.has_when) {
            now.bytes = std::min(now.bytes + now.operand, parsed_bytes_max + 1);
        } else if (word == "when") {
            now.has_when = true;
            now.operand = now.bytes;
        } else if (word == "end" && open.size() > 1) {
            const std::size_t bytes = now.bytes;
            open.pop_back();
            open.back().bytes = std::min(open.back().bytes + bytes, parsed_bytes_max + 1);
        }
    }
    std::size_t bytes = 0;
    for (const OpenCase& one : open)
        bytes += one.bytes;
    return bytes;
}

}  // namespace

std::optional<Error> check_parsed_size(const SqlSource& source) {
    if (parsed_bytes(source.statement()) <= parsed_bytes_max) return std::nullopt;
    return source.error(
        "transform.too_large",
        fmt::format("transform \"{}\" has more than {} KiB with the operand of each CASE in all its"
                    " branches",
                    source.name(), parsed_bytes_max / 1024),
        "Name the operand in a CTE, or write \"case when\".", std::nullopt);
}

std::optional<Error> check_plan_size(const SqlTree& tree, const SqlSource& source,
                                     const FunctionCatalog& functions, std::size_t input_columns) {
    if (PlanSize(functions, input_columns).of_query(tree.root()).parts <= planned_parts_max)
        return std::nullopt;
    return source.error(
        "transform.too_large",
        fmt::format("transform \"{}\" has more than {} parts, counting what is named as often as it"
                    " is read",
                    source.name(), planned_parts_max),
        "Read a CTE or a long expression once, or split the transform.", std::nullopt);
}

}  // namespace meshline
