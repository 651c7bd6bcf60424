#include "drivers/duckdb/judge_lengths.hpp"

#include "base/text/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <optional>
#include <string>

namespace meshline {
namespace {

/// A function and which of its arguments says how much it makes.
struct Maker {
    std::string_view name;
    std::size_t argument = 1;
};
constexpr std::array makers = {Maker{"repeat"},      Maker{"lpad"},         Maker{"rpad"},
                               Maker{"list_resize"}, Maker{"array_resize"}, Maker{"bitstring"},
                               Maker{"bar", 3}};

/// Functions that make a list by all of their arguments.
constexpr std::array series = {std::string_view("range"), std::string_view("generate_series")};

/// Functions whose first argument is a text in which widths are written.
constexpr std::array formatters = {std::string_view("format"), std::string_view("printf")};

std::optional<std::string_view> literal_of(JsonValue expression) {
    const auto value = object_of(expression, "value");
    const auto written = value ? value->find("value") : std::nullopt;
    if (text_of(expression, "class") != "CONSTANT" || !written) return std::nullopt;
    return written->text();
}

bool is_small_number(JsonValue expression) {
    const auto inner = object_of(expression, "child");
    const bool is_cast = text_of(expression, "class") == "CAST" && inner;
    const auto literal = literal_of(is_cast ? *inner : expression);
    if (!literal) return false;
    int number = 0;
    const auto [end, error] =
        std::from_chars(literal->data(), literal->data() + literal->size(), number);
    return error == std::errc() && end == literal->data() + literal->size() &&
           number >= -made_length_max && number <= made_length_max;
}

/// Bounded: a JsonDocument has JsonDocument::depth_max levels at most, here and below.
bool reads_column(JsonValue node) {
    if (node.is(JsonType::object) && text_of(node, "class") == "COLUMN_REF") return true;
    bool does_read = false;
    for_each_child(node, [&](JsonValue child) { does_read = does_read || reads_column(child); });
    return does_read;
}

/// Whether a width of five digits or more, or one that an argument gives, stands in the text:
/// {:99999}, {:{}}, %99999d, %*d.
bool has_long_width(std::string_view text) {
    bool is_in_width = false;
    int digits = 0;
    for (const char byte : text) {
        const bool is_digit = byte >= '0' && byte <= '9';
        const bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        digits = is_digit ? digits + 1 : 0;
        if (is_in_width && (digits > 4 || byte == '*' || byte == '{')) return true;
        if (byte == '{' || byte == '%') is_in_width = true;
        if (byte == '}' || is_letter) is_in_width = false;
    }
    return false;
}

class LengthJudge {
  public:
    explicit LengthJudge(const SqlSource& source) : source_(source) {}

    void visit(JsonValue node) {
        if (node.is(JsonType::object) && text_of(node, "class") == "FUNCTION") judge(node);
        const bool is_table =
            node.is(JsonType::object) && text_of(node, "type") == "TABLE_FUNCTION";
        for_each_child(node, [&](JsonValue child) {
            // The rows of a table function are made one after the other.
            if (is_table && child.key() == "function") {
                for_each_child(child, [&](JsonValue inner) { visit(inner); });
            } else {
                visit(child);
            }
        });
    }

    std::vector<Error> take() { return std::move(problems_); }

  private:
    void judge(JsonValue call) {
        const std::string name = to_lower_ascii(text_of(call, "function_name"));
        const auto arguments = call.find("children");
        if (!arguments || arguments->size() == 0) return;
        if (std::ranges::find(formatters, name) != formatters.end()) {
            const JsonValue text = arguments->first();
            const auto literal = literal_of(text);
            if (literal ? has_long_width(*literal) : !reads_column(text))
                refuse(call, name, "Write its text with widths of four digits at most.");
            return;
        }
        if (std::ranges::find(series, name) != series.end()) {
            bool is_small = true;
            for_each_child(*arguments, [&](JsonValue argument) {
                is_small = is_small && is_small_number(argument);
            });
            if (!is_small && !reads_column(*arguments))
                refuse(call, name,
                       "Read a long series in the from clause, where its rows come one by one.");
            return;
        }
        const auto maker = std::ranges::find(makers, name, &Maker::name);
        if (maker == makers.end() || arguments->size() <= maker->argument) return;
        JsonValue length = arguments->first();
        for (std::size_t number = 0; number < maker->argument; ++number)
            length = length.next();
        if (!is_small_number(length) && !reads_column(length))
            refuse(call, name, "Write a smaller number.");
    }

    void refuse(JsonValue call, std::string_view name, std::string hint) {
        problems_.push_back(source_.error(
            "transform.too_large",
            fmt::format("\"{}\" may make more than {} characters or items in transform \"{}\"",
                        name, made_length_max, source_.name()),
            std::move(hint), location_of(call)));
    }

    const SqlSource& source_;
    std::vector<Error> problems_;
};

}  // namespace

std::vector<Error> judge_lengths(const SqlTree& tree, const SqlSource& source) {
    LengthJudge judge(source);
    judge.visit(tree.root());
    return judge.take();
}

}  // namespace meshline
