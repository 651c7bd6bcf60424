#include "drivers/duckdb/function_catalog.hpp"

#include "base/json/json.hpp"
#include "base/text/text.hpp"
#include "drivers/duckdb/sql_tree.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace meshline {
namespace {

// DuckDB calls these consistent, but they answer with the clock, the settings of the instance, its
// version, random samples, or run or take apart SQL of their own.
constexpr std::array outside_functions = {
    "alias",
    "cast_to_type",
    "current_localtime",
    "current_setting",
    "current_localtimestamp",
    "getenv",
    "getvariable",
    "hash",
    "in_search_path",
    "json_deserialize_sql",
    "json_execute_serialized_sql",
    "json_serialize_plan",
    "json_serialize_sql",
    "reservoir_quantile",
    "version",
    "approx_count_distinct",
    "approx_quantile",
    "approx_top_k",
};

// They round decimals to fewer digits, or what lies between two of them to theirs, and do not say
// how: half away from zero.
constexpr std::array rounding_functions = {"round", "median", "quantile_cont", "mad", "fill"};

// Marked as volatile only to be kept from folding: error('...') is how a transform refuses an
// event.
constexpr std::string_view refusing_function = "error";

// Calls that the parser knows and duckdb_functions() does not list.
constexpr std::array parser_functions = {"unnest", "grouping", "grouping_id", "columns"};

// One reading of duckdb_functions(), which is slow. The last column is a macro's definition: a
// macro is as good as the functions that it calls.
constexpr const char* functions_query =
    "with listed as materialized ("
    "  select lower(function_name) as name, function_type, stability, return_type,"
    "    macro_definition, internal"
    "  from duckdb_functions()) "
    "select name, cast(coalesce(bool_and(stability = 'CONSISTENT'), false) as varchar),"
    "  cast(coalesce(bool_and(return_type in ('DOUBLE', 'FLOAT')), false) as varchar),"
    "  cast(bool_or(function_type = 'aggregate') as varchar), '' "
    "from listed where function_type in ('scalar', 'aggregate') group by 1 "
    "union all "
    "select name, '', '', '',"
    "  cast(json_serialize_sql('select ' || macro_definition) as varchar) "
    "from listed where function_type = 'macro' and internal";

std::vector<std::vector<std::string>> text_rows_of(QueryResult& result) {
    std::vector<std::vector<std::string>> rows;
    const idx_t column_count = result.column_count();
    while (ChunkHandle chunk = result.fetch()) {
        const idx_t row_count = duckdb_data_chunk_get_size(chunk.get());
        const std::size_t first = rows.size();
        rows.resize(first + row_count, std::vector<std::string>(column_count));
        for (idx_t column = 0; column < column_count; ++column) {
            duckdb_vector vector = duckdb_data_chunk_get_vector(chunk.get(), column);
            const auto* texts = static_cast<const duckdb_string_t*>(duckdb_vector_get_data(vector));
            for (idx_t row = 0; row < row_count; ++row) {
                rows[first + row][column] = text_of(texts[row]);
            }
        }
    }
    return rows;
}

// Every function called in a parsed statement; "" for what cannot be vouched for: tables, and words
// like current_date.
void collect_calls(JsonValue value, std::set<std::string>& calls) {
    if (value.size() == 0) return;
    if (value.is(JsonType::object)) {
        const std::string_view node = text_of(value, "class");
        const std::string_view type = text_of(value, "type");
        if (node == "FUNCTION") {
            calls.insert(to_lower_ascii(text_of(value, "function_name")));
            if (const auto name = named_aggregate(value)) calls.insert(to_lower_ascii(*name));
        }
        if (node == "COLUMN_REF" &&
            FunctionCatalog::is_column_like_function(value.find("column_names")->first().text())) {
            calls.insert("");
        }
        if (type == "BASE_TABLE" || type == "TABLE_FUNCTION") calls.insert("");
    }
    // Bounded: a JsonDocument has JsonDocument::depth_max levels at most.
    for_each_child(value, [&](JsonValue child) { collect_calls(child, calls); });
}

using MacroSizes = std::map<std::string, MacroSize, std::less<>>;

/// Counts what a macro's definition makes of a call, with the macros that it calls. Bounded: a
/// JsonDocument has JsonDocument::depth_max levels at most.
class MacroCounter {
  public:
    explicit MacroCounter(const MacroSizes& known) : known_(known) {}

    MacroSize count(JsonValue definition) {
        visit(definition, 1);
        for (const auto& [argument, copies] : copies_)
            size_.copies = std::max(size_.copies, copies);
        return size_;
    }

  private:
    void visit(JsonValue value, std::size_t times) {
        if (value.size() == 0) return;
        if (value.is(JsonType::object)) {
            size_.parts = std::min(size_.parts + times, macro_size_max);
            const std::string_view node = text_of(value, "class");
            if (node == "COLUMN_REF") {
                std::size_t& copies = copies_[value.find("column_names")->first().text()];
                copies = std::min(copies + times, macro_size_max);
            }
            const auto called = known_.find(to_lower_ascii(text_of(value, "function_name")));
            if (node == "FUNCTION" && called != known_.end()) {
                size_.parts = std::min(size_.parts + times * called->second.parts, macro_size_max);
                times = std::min(times * called->second.copies, macro_size_max);
            }
        }
        for_each_child(value, [&](JsonValue child) { visit(child, times); });
    }

    /// No call of such a macro can be planned.
    static constexpr std::size_t macro_size_max = 1'000'000;

    const MacroSizes& known_;
    std::map<std::string_view, std::size_t> copies_;
    MacroSize size_;
};

}  // namespace

std::variant<FunctionCatalog, EngineError> FunctionCatalog::read(const Engine& engine) {
    QueryResult functions = engine.query(functions_query);
    if (!functions.ok()) return functions.error();

    FunctionCatalog catalog;
    std::vector<std::pair<std::string, std::string>> definitions;
    for (const auto& row : text_rows_of(functions)) {
        if (!row[4].empty()) {
            definitions.emplace_back(row[0], row[4]);
            continue;
        }
        catalog.functions_[row[0]] = {.is_deterministic = row[1] == "true",
                                      .is_float = row[2] == "true",
                                      .is_aggregate = row[3] == "true"};
    }
    // Quotients and means of numbers are binary; what makes these functions look otherwise are
    // their forms for intervals and dates.
    for (const char* name : {"/", "avg", "mean"})
        catalog.functions_[name].is_float = true;
    for (const char* name : rounding_functions)
        catalog.functions_[name].is_rounding = true;
    for (const char* name : parser_functions) {
        catalog.functions_[name] = {.is_deterministic = true, .is_float = false};
    }
    for (const char* name : outside_functions) {
        catalog.functions_[name] = {.is_deterministic = false, .is_float = false};
    }
    catalog.functions_[std::string(refusing_function)] = {.is_deterministic = true,
                                                          .is_float = false};
    catalog.judge_macros(definitions);
    return catalog;
}

void FunctionCatalog::judge_macros(const std::vector<std::pair<std::string, std::string>>& macros) {
    std::map<std::string, std::set<std::string>> calls_of;
    std::vector<std::pair<std::string, JsonDocument>> parsed_macros;
    for (const auto& [name, definition] : macros) {
        JsonDocument document;
        const auto parsed = document.parse(definition);
        std::set<std::string>& calls = calls_of[name];
        if (parsed.ok()) {
            collect_calls(*parsed, calls);
            parsed_macros.emplace_back(name, std::move(document));
        } else {
            calls.insert("");
        }
    }
    measure_macros(parsed_macros);
    // Macros call macros: what is not proven deterministic in as many rounds as there are macros
    // never will be.
    for (const auto& [name, calls] : calls_of) {
        functions_[name].is_deterministic = false;
        functions_[name].is_float = false;
    }
    for (std::size_t round = 0; round < calls_of.size(); ++round) {
        bool has_changed = false;
        for (const auto& [name, calls] : calls_of) {
            Function& macro = functions_[name];
            if (macro.is_deterministic) continue;
            macro.is_deterministic = std::ranges::all_of(calls, [&](const std::string& call) {
                const auto called = functions_.find(call);
                return called != functions_.end() && called->second.is_deterministic;
            });
            macro.is_float = std::ranges::any_of(calls, [&](const std::string& call) {
                const auto called = functions_.find(call);
                return called != functions_.end() && called->second.is_float;
            });
            macro.is_rounding = std::ranges::any_of(calls, [&](const std::string& call) {
                const auto called = functions_.find(call);
                return called != functions_.end() && called->second.is_rounding;
            });
            has_changed = has_changed || macro.is_deterministic;
        }
        if (!has_changed) break;
    }
}

/// Macros call macros, a few levels deep.
void FunctionCatalog::measure_macros(
    const std::vector<std::pair<std::string, JsonDocument>>& macros) {
    constexpr int levels_max = 8;
    MacroSizes sizes;
    for (int level = 0; level < levels_max; ++level) {
        MacroSizes next;
        for (const auto& [name, document] : macros) {
            const MacroSize size = MacroCounter(sizes).count(document.root());
            // Of its forms for other arguments the largest.
            MacroSize& known = next[name];
            known = {std::max(known.copies, size.copies), std::max(known.parts, size.parts)};
        }
        sizes = std::move(next);
    }
    for (const auto& [name, size] : sizes)
        functions_[name].macro = size;
}

MacroSize FunctionCatalog::macro_size(std::string_view name) const {
    const auto found = functions_.find(to_lower_ascii(name));
    return found == functions_.end() ? MacroSize() : found->second.macro;
}

FunctionVerdict FunctionCatalog::judge(std::string_view name, std::size_t argument_count) const {
    const auto found = functions_.find(to_lower_ascii(name));
    if (found == functions_.end()) return FunctionVerdict::unknown;
    if (!found->second.is_deterministic) return FunctionVerdict::not_deterministic;
    // With one argument the age is that of today.
    if (found->first == "age" && argument_count == 1) return FunctionVerdict::not_deterministic;
    if (found->second.is_float) return FunctionVerdict::binary_float;
    if (found->second.is_rounding) return FunctionVerdict::unnamed_rounding;
    return FunctionVerdict::allowed;
}

bool FunctionCatalog::is_aggregate(std::string_view name) const {
    const auto found = functions_.find(to_lower_ascii(name));
    return found != functions_.end() && found->second.is_aggregate;
}

bool FunctionCatalog::is_allowed_table_function(std::string_view name) {
    constexpr std::array allowed = {"unnest", "range", "generate_series"};
    return std::ranges::find(allowed, to_lower_ascii(name)) != allowed.end();
}

bool FunctionCatalog::is_column_like_function(std::string_view name) {
    constexpr std::array names = {
        "current_catalog", "current_date",      "current_role", "current_schema",
        "current_time",    "current_timestamp", "current_user", "localtime",
        "localtimestamp",  "session_user",      "user",
    };
    return std::ranges::find(names, to_lower_ascii(name)) != names.end();
}

std::vector<std::string> FunctionCatalog::names() const {
    std::vector<std::string> names;
    for (const auto& [name, function] : functions_) {
        const bool is_word = name.size() > 1 && name[0] >= 'a' && name[0] <= 'z';
        if (is_word && function.is_deterministic && !function.is_float && !function.is_rounding)
            names.push_back(name);
    }
    return names;
}

}  // namespace meshline
