#include "drivers/duckdb/transform_error.hpp"

#include "base/text/text.hpp"
#include "drivers/duckdb/sql_tree.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <vector>

namespace meshline {
namespace {

// DuckDB's error taken apart; what it does not say is empty.
struct Reason {
    std::string kind;  // "Binder", "Catalog", "Conversion", ...
    std::string message;
    std::string subtype;  // "COLUMN_NOT_FOUND", ...
    std::string name;
    std::string object;  // "Table", "Scalar Function", ...
    std::vector<std::string> candidates;
    std::optional<std::size_t> position;
};

std::optional<std::size_t> number_of(std::string_view digits) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool is_number = error == std::errc() && end == digits.data() + digits.size();
    return is_number ? std::optional(number) : std::nullopt;
}

Reason read_reason(const EngineError& error) {
    Reason reason;
    reason.message = error.message;
    const std::size_t begin = error.message.find('{');
    if (begin == std::string::npos) return reason;
    JsonDocument document;
    const auto parsed = document.parse(std::string_view(error.message).substr(begin));
    if (!parsed.ok()) return reason;
    reason.kind = text_of(*parsed, "exception_type");
    reason.message = text_of(*parsed, "exception_message");
    reason.subtype = text_of(*parsed, "error_subtype");
    reason.name = text_of(*parsed, "name");
    reason.object = text_of(*parsed, "type");
    reason.position = number_of(text_of(*parsed, "position"));
    const std::string_view candidates = text_of(*parsed, "candidates");
    for (const std::string_view name : split(candidates, ',')) {
        if (!trim(name).empty()) reason.candidates.emplace_back(trim(name));
    }
    return reason;
}

// The last name in double quotes on the first line: `... does not have a column named "x"`.
std::string last_quoted(std::string_view message) {
    message = message.substr(0, message.find('\n'));
    const std::size_t end = message.rfind('"');
    if (end == std::string_view::npos || end == 0) return "";
    const std::size_t begin = message.rfind('"', end - 1);
    return begin == std::string_view::npos
               ? ""
               : std::string(message.substr(begin + 1, end - begin - 1));
}

bool is_word(char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z') || byte == '_';
}

// What stands between the first and the last `quote`, or from a lone one to the end, as its shape:
// a value may hold quotes itself. The mark in "can't" is none.
std::string without_quoted(std::string_view message, char quote) {
    const auto is_word_at = [&](std::size_t at) {
        return at < message.size() && is_word(message[at]);
    };
    std::size_t begin = message.find(quote);
    while (begin != std::string_view::npos && begin > 0 && is_word_at(begin - 1))
        begin = message.find(quote, begin + 1);
    if (begin == std::string_view::npos) return std::string(message);
    std::size_t end = message.rfind(quote);
    while (end > begin && is_word_at(end + 1))
        end = message.rfind(quote, end - 1);
    if (end == begin) end = message.size();
    return fmt::format("{}{}{}", message.substr(0, begin + 1),
                       shape_of(message.substr(begin + 1, end - begin - 1)), message.substr(end));
}

// Numbers as their shape, but for those of a type's name: INT32, DECIMAL(18,6).
std::string without_numbers(std::string_view message) {
    std::string plain;
    bool is_in_type = false;
    for (std::size_t at = 0; at < message.size(); ++at) {
        const char byte = message[at];
        if (byte == '(') is_in_type = at > 0 && is_word(message[at - 1]);
        if (byte == ')') is_in_type = false;
        const bool is_digit = byte >= '0' && byte <= '9';
        const std::size_t word = plain.find_last_not_of("0123456789");
        const bool is_in_word =
            word != std::string::npos && word < plain.size() && is_word(plain[word]) && !is_in_type;
        plain += is_digit && !is_in_type && !is_in_word ? '9' : byte;
    }
    return plain;
}

bool is_about_column(const Reason& reason) {
    return reason.subtype == "COLUMN_NOT_FOUND" ||
           reason.message.find("does not have a column named") != std::string::npos ||
           reason.message.find("Could not find key") != std::string::npos;
}

std::string column_hint(const Reason& reason, const std::string& column,
                        std::span<const std::string> names) {
    std::vector<std::string> known(names.begin(), names.end());
    if (std::ranges::find(known, column) != known.end()) {
        return fmt::format("The payload has \"{}\": reach it by its path from payload.", column);
    }
    if (const auto nearest = nearest_name(column, known)) {
        return fmt::format("The contract has \"{}\".", *nearest);
    }
    known.insert(known.end(), reason.candidates.begin(), reason.candidates.end());
    return hint_for_unknown(column, known);
}

Error too_deep(const SqlSource& source, std::optional<std::size_t> at) {
    return source.error(
        "transform.too_large",
        fmt::format("transform \"{}\" is too deep or too large to be planned", source.name()),
        "Write it with fewer levels, or split it.", at);
}

}  // namespace

Error transform_error(const EngineError& error, const SqlSource& source, std::size_t offset,
                      std::span<const std::string> names) {
    const Reason reason = read_reason(error);
    std::optional<std::size_t> at;
    if (reason.position && *reason.position >= offset) at = *reason.position - offset;
    if (is_about_column(reason)) {
        const std::string column = reason.name.empty() ? last_quoted(reason.message) : reason.name;
        // A member of a struct is not located, so it is looked for by its name.
        if (!at) at = source.find_word(column);
        return source.error(
            "transform.unknown_column",
            fmt::format("unknown column \"{}\" in transform \"{}\"", column, source.name()),
            column_hint(reason, column, names), at);
    }
    if (reason.subtype == "MISSING_ENTRY") {
        const bool is_table = reason.object == "Table";
        return source.error(
            is_table ? "transform.unknown_table" : "transform.unknown_function",
            fmt::format("unknown {} \"{}\" in transform \"{}\"", is_table ? "table" : "function",
                        reason.name, source.name()),
            hint_for_unknown(reason.name, reason.candidates), at);
    }
    // Its own words name settings and how much memory there is.
    for (const char* words : {"xpression depth limit", "ailed to allocate"}) {
        if (reason.message.find(words) != std::string::npos) return too_deep(source, at);
    }
    return source.error(
        "transform.invalid",
        fmt::format("{} in transform \"{}\"", clean_message(reason.message), source.name()), "",
        at);
}

Error syntax_error(JsonValue reason, const SqlSource& source) {
    std::optional<std::size_t> at = number_of(text_of(reason, "position"));
    // The parser counts characters, where the binder counts bytes.
    if (at) at = source.offset_of_character(*at);
    const std::string message = clean_message(text_of(reason, "error_message"));
    if (message.find("xpression depth limit") != std::string::npos) return too_deep(source, at);
    return source.error("transform.syntax",
                        fmt::format("{} in transform \"{}\"", message, source.name()), "", at);
}

std::string plain_message(const EngineError& error) {
    const std::string message = read_reason(error).message;
    // How much memory there is is nobody's data.
    if (error.type == DUCKDB_ERROR_OUT_OF_MEMORY) return clean_message(message);
    // After it comes the SQL, in which there are quotes too.
    const std::string_view words = std::string_view(message).substr(0, message.find("\nLINE "));
    return clean_message(without_numbers(without_quoted(without_quoted(words, '\''), '"')));
}

}  // namespace meshline
