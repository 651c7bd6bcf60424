#pragma once

#include "base/json/json.hpp"
#include "drivers/duckdb/engine.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// Whether a transform may call a function.
enum class FunctionVerdict : std::uint8_t {
    allowed,
    unknown,            ///< DuckDB has none of this name.
    not_deterministic,  ///< Its result is not decided by its arguments alone.
    binary_float,       ///< It answers with DOUBLE or FLOAT whatever it is given.
    unnamed_rounding,   ///< It rounds decimals in a way that its name does not say.
};

/// What a call becomes when it is planned.
struct MacroSize {
    std::size_t copies = 1;  ///< Of an argument.
    std::size_t parts = 0;   ///< Beside its arguments.
};

/// What DuckDB says of its own functions, read once from duckdb_functions(), and what we add where
/// it says too little.
class FunctionCatalog {
  public:
    static std::variant<FunctionCatalog, EngineError> read(const Engine& engine);

    FunctionVerdict judge(std::string_view name, std::size_t argument_count) const;
    bool is_aggregate(std::string_view name) const;
    /// Of a function that is no macro: one copy of its arguments and nothing else.
    MacroSize macro_size(std::string_view name) const;
    /// Table functions that read nothing but their arguments.
    static bool is_allowed_table_function(std::string_view name);
    /// Names that SQL takes for functions though they are written like columns.
    static bool is_column_like_function(std::string_view name);
    /// Names of the functions that are allowed, for hints.
    std::vector<std::string> names() const;

  private:
    struct Function {
        bool is_deterministic = true;
        bool is_float = true;  ///< In every form.
        bool is_rounding = false;
        bool is_aggregate = false;
        MacroSize macro;
    };
    void measure_macros(const std::vector<std::pair<std::string, JsonDocument>>& macros);
    void judge_macros(const std::vector<std::pair<std::string, std::string>>& macros);

    std::map<std::string, Function, std::less<>> functions_;
};

}  // namespace meshline
