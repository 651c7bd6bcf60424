#include "drivers/duckdb/insert_order.hpp"

#include "base/text/classify_sql.hpp"
#include "base/text/text.hpp"

#include <string>
#include <vector>

namespace meshline {
namespace {

/// The code of a statement: lower case, one blank between words, blanks for texts and comments.
std::string plain_code(std::string_view sql) {
    const std::vector<SqlByte> kinds = classify_sql(sql);
    std::string code;
    for (std::size_t at = 0; at < sql.size(); ++at) {
        const bool is_code = kinds[at] == SqlByte::code;
        const char byte = is_code && sql[at] != '\n' && sql[at] != '\t' ? sql[at] : ' ';
        const bool is_blank =
            byte == ' ' && (code.empty() || code.back() == ' ' || code.back() == '(');
        if (!is_blank) code += byte;
    }
    return to_lower_ascii(code);
}

/// Whether what opens with the parenthesis at `open` hands on its rows in their order.
bool keeps_order(std::string_view code, std::size_t open) {
    const std::string_view inside = code.substr(open + 1);
    const std::string_view before = trim(code.substr(0, open));
    return inside.starts_with("select") || inside.starts_with("from") ||
           inside.starts_with("with") ||
           (inside.starts_with("order by") && before.ends_with("over"));
}

}  // namespace

bool fills_in_order(std::string_view sql) {
    const std::string code = plain_code(sql);
    if (!code.starts_with("insert") && !code.starts_with("create")) return false;
    std::vector<std::size_t> open;
    for (std::size_t at = 0; at < code.size(); ++at) {
        if (code[at] == '(') open.push_back(at);
        if (code[at] == ')' && !open.empty()) open.pop_back();
        if (!std::string_view(code).substr(at).starts_with("order by")) continue;
        if (open.empty() || keeps_order(code, open.back())) return true;
    }
    return false;
}

}  // namespace meshline
