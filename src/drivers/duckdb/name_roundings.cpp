#include "drivers/duckdb/name_roundings.hpp"

#include "base/money/decimal.hpp"
#include "base/text/text.hpp"
#include "drivers/duckdb/decimal_functions.hpp"

#include <charconv>
#include <fmt/format.h>
#include <optional>
#include <string>

namespace meshline {
namespace {

constexpr std::size_t arguments_wanted = 3;

/// A bare word and where it stands.
struct Word {
    std::string_view text;
    std::size_t at = 0;
};

std::optional<Word> word_of(JsonValue argument) {
    const auto names = argument.find("column_names");
    const auto at = location_of(argument);
    if (text_of(argument, "class") != "COLUMN_REF" || !names || names->size() != 1 || !at)
        return std::nullopt;
    return Word{names->first().text(), *at};
}

/// Whether a constant is a number of digits that an amount can be kept to.
bool is_digit_count(JsonValue argument) {
    const auto value = object_of(argument, "value");
    const auto number = value ? value->find("value") : std::nullopt;
    if (text_of(argument, "class") != "CONSTANT" || !number || !number->is(JsonType::number))
        return false;
    int digits = -1;
    const std::string_view text = number->text();
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), digits);
    return error == std::errc() && end == text.data() + text.size() && digits >= 0 &&
           digits <= Decimal::digits;
}

class RoundingNamer {
  public:
    explicit RoundingNamer(SqlSource& source) : source_(source) {}

    // Bounded: a JsonDocument has JsonDocument::depth_max levels at most.
    void visit(JsonValue node) {
        if (node.is(JsonType::object)) {
            const std::string_view kind = text_of(node, "class");
            if (kind == "CONSTANT") return;
            if (kind == "FUNCTION" && takes_rounding(text_of(node, "function_name"))) name(node);
        }
        for_each_child(node, [&](JsonValue child) { visit(child); });
    }

    std::vector<Error> take() { return std::move(problems_); }

  private:
    void name(JsonValue call) {
        const std::string function = to_lower_ascii(text_of(call, "function_name"));
        const auto arguments = call.find("children");
        if (!arguments || arguments->size() != arguments_wanted) {
            return refuse(call, fmt::format("{} takes three arguments", function),
                          function == "divide" ? "Write divide(a, b, half_even)."
                                               : "Write round_to(x, 6, half_even).");
        }
        const JsonValue second = arguments->first().next();
        if (function == "round_to" && !is_digit_count(second)) {
            return refuse(second, "round_to keeps 0 to 6 digits",
                          "Write the digits as a number: round_to(x, 6, half_even).");
        }
        const JsonValue last = second.next();
        const auto word = word_of(last);
        const auto rounding = word ? rounding_of(word->text) : std::nullopt;
        if (!rounding) {
            return refuse(last,
                          word ? fmt::format("unknown rounding \"{}\"", word->text)
                               : fmt::format("{} without the name of a rounding", function),
                          hint_for_unknown(word ? word->text : "", rounding_names()));
        }
        std::string number = std::to_string(static_cast<int>(*rounding));
        number.resize(word->text.size(), ' ');
        source_.replace(word->at, number);
    }

    void refuse(JsonValue node, const std::string& what, std::string hint) {
        problems_.push_back(
            source_.error("transform.unknown_rounding",
                          fmt::format("{} in transform \"{}\"", what, source_.name()),
                          std::move(hint), location_of(node)));
    }

    SqlSource& source_;
    std::vector<Error> problems_;
};

}  // namespace

std::vector<Error> name_roundings(const SqlTree& tree, SqlSource& source) {
    RoundingNamer namer(source);
    namer.visit(tree.root());
    return namer.take();
}

}  // namespace meshline
