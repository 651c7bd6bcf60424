#pragma once

#include "base/jsonschema/dialect.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// What the value of a keyword may hold schemas as: each bit a form.
enum KeywordForm : std::uint8_t { no_schemas = 0, one_schema = 1, schema_list = 2, by_name = 4 };

/// A keyword of the drafts, from the first that knows it to the last.
struct Keyword {
    std::string_view name;
    Dialect first = Dialect::draft_4;
    Dialect last = Dialect::draft_2020_12;
    std::uint8_t forms = no_schemas;

    bool is_of(Dialect dialect) const { return first <= dialect && dialect <= last; }
};

/// Null where no draft has it.
const Keyword* find_keyword(std::string_view name);
std::vector<std::string> keyword_names(Dialect dialect);

}  // namespace meshline
