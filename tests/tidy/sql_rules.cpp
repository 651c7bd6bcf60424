#include "tidy/rules.hpp"
#include "tidy/words.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace meshline::tidy {

namespace {

constexpr std::array keywords = {
    "all",     "alter",     "and",       "any",       "as",        "asc",     "between",
    "bigint",  "boolean",   "by",        "case",      "cast",      "check",   "constraint",
    "create",  "cross",     "current",   "date",      "decimal",   "default", "delete",
    "desc",    "distinct",  "double",    "else",      "end",       "except",  "exists",
    "extract", "false",     "filter",    "first",     "following", "foreign", "from",
    "full",    "group",     "having",    "hugeint",   "if",        "in",      "index",
    "inner",   "insert",    "integer",   "intersect", "interval",  "into",    "is",
    "join",    "key",       "last",      "lateral",   "left",      "like",    "limit",
    "not",     "null",      "nulls",     "offset",    "on",        "or",      "order",
    "outer",   "over",      "partition", "preceding", "primary",   "qualify", "references",
    "replace", "right",     "rows",      "select",    "set",       "table",   "text",
    "then",    "timestamp", "true",      "union",     "unique",    "unnest",  "update",
    "using",   "values",    "varchar",   "view",      "when",      "where",   "window",
    "with"};

constexpr std::array uncertain_calls = {"now(",
                                        "random(",
                                        "uuid(",
                                        "gen_random_uuid(",
                                        "today(",
                                        "current_date",
                                        "current_time",
                                        "current_timestamp",
                                        "get_current_timestamp("};

/// The statement alone: comments, texts and quoted names are spaces.
std::string sql_code_of(std::string_view text) {
    std::string code(text);
    const auto blank = [&](std::size_t from, std::size_t to) {
        for (std::size_t at = from; at < to; ++at) {
            if (code[at] != '\n') code[at] = ' ';
        }
    };
    std::size_t at = 0;
    while (at < text.size()) {
        std::size_t end = at;
        if (text.substr(at).starts_with("--")) {
            end = std::min(text.find('\n', at), text.size());
        } else if (text.substr(at).starts_with("/*")) {
            end = std::min(text.find("*/", at + 2), text.size() - 2) + 2;
        } else if (text[at] == '\'' || text[at] == '"') {
            end = std::min(text.find(text[at], at + 1), text.size() - 1) + 1;
        }
        blank(at, end);
        at = std::max(end, at + 1);
    }
    return code;
}

bool is_keyword(std::string word) {
    std::ranges::transform(word, word.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::ranges::any_of(keywords, [&](std::string_view keyword) { return keyword == word; });
}

}  // namespace

// SQL that the product ships says its grain at the top, writes keywords in lower case, and gives
// the same answer whenever it runs.
void check_sql(const SourceFile& file, std::vector<Violation>& found) {
    if (!file.text.starts_with("--")) {
        found.push_back({file.path, 1, "sql_comment", "begin with grain, inputs, outputs, why"});
    }
    const std::string code = sql_code_of(file.text);
    for (std::size_t at = 0; at < code.size();) {
        if (!is_word_character(code[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < code.size() && is_word_character(code[end]))
            ++end;
        const std::string word = code.substr(at, end - at);
        const bool has_capital =
            std::ranges::any_of(word, [](unsigned char c) { return std::isupper(c) != 0; });
        if (has_capital && is_keyword(word)) {
            found.push_back({file.path, line_at(file.text, at), "sql_case",
                             "\"" + word + "\" is a keyword: lower case"});
        }
        at = end;
    }
    for (const std::string_view call : uncertain_calls) {
        for (const std::size_t at : find_word(code, call)) {
            found.push_back({file.path, line_at(file.text, at), "sql_certain",
                             "\"" + std::string(call) + "\" differs from run to run"});
        }
    }
}

}  // namespace meshline::tidy
