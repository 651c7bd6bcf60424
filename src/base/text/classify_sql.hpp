#pragma once

#include <string_view>
#include <vector>

namespace meshline {

/// The kinds of byte in SQL text.
enum class SqlByte : char { code, quoted, comment };

/// What every byte of `sql` belongs to: code, a literal or quoted name (with its quotes), a
/// comment. In DuckDB's dialect: block comments nest, $tag$...$tag$ and e'...' are literals.
std::vector<SqlByte> classify_sql(std::string_view sql);

}  // namespace meshline
