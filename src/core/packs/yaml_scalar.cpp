#include "core/packs/yaml_scalar.hpp"

#include "core/model/ids.hpp"

#include <fmt/format.h>

namespace meshline {
namespace {

constexpr bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

/// The number grammar of JSON (RFC 8259 section 6): what canonical JSON keeps bare.
bool is_json_number(std::string_view text) {
    std::size_t at = 0;
    const auto skip_digits = [&] {
        const std::size_t begin = at;
        while (at < text.size() && is_digit(text[at]))
            ++at;
        return at - begin;
    };
    if (at < text.size() && text[at] == '-') ++at;
    const std::size_t whole = at;
    const std::size_t whole_digits = skip_digits();
    if (whole_digits == 0 || (whole_digits > 1 && text[whole] == '0')) return false;
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (skip_digits() == 0) return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
        if (skip_digits() == 0) return false;
    }
    return at == text.size();
}

bool is_plain(const YamlNode& node) {
    return node.kind == YamlKind::scalar && !node.is_quoted;
}

bool is_plain_number(const YamlNode& node) {
    return is_plain(node) && is_json_number(node.scalar);
}

bool is_plain_boolean(const YamlNode& node) {
    return is_plain(node) && (node.scalar == "true" || node.scalar == "false");
}

void refuse(const YamlNode& node, std::string_view key, std::string_view wanted, std::string hint,
            YamlFile& file) {
    file.report(file.place(node), "workspace.wrong_type",
                fmt::format("\"{}\" must be {}, found {}", key, wanted, describe(node)),
                std::move(hint));
}

}  // namespace

std::string describe(const YamlNode& node) {
    switch (node.kind) {
        case YamlKind::null:
            return "nothing";
        case YamlKind::sequence:
            return node.items.empty() ? "an empty list" : "a list";
        case YamlKind::mapping:
            return node.members.empty() ? "an empty mapping" : "a mapping";
        case YamlKind::scalar:
            break;
    }
    if (is_plain_number(node)) return fmt::format("number {}", node.scalar);
    if (is_plain_boolean(node)) return fmt::format("boolean {}", node.scalar);
    return node.scalar.empty() ? "empty text" : fmt::format("text \"{}\"", node.scalar);
}

std::optional<std::string> read_text(const YamlNode& node, std::string_view key, YamlFile& file) {
    if (is_plain_number(node) || is_plain_boolean(node)) {
        refuse(node, key, "text", fmt::format("Quote it: \"{}\".", node.scalar), file);
        return std::nullopt;
    }
    if (node.kind != YamlKind::scalar || node.scalar.empty()) {
        refuse(node, key, "text", "Write one text.", file);
        return std::nullopt;
    }
    return node.scalar;
}

std::optional<std::string> read_name(const YamlNode& node, std::string_view key, YamlFile& file) {
    auto name = read_text(node, key, file);
    if (!name || is_name(*name)) return name;
    file.report(file.place(node), "workspace.bad_name",
                fmt::format("\"{}\" must be a name, found \"{}\"", key, *name),
                "Use a-z, 0-9 and _, a letter first, 64 characters at most.");
    return std::nullopt;
}

std::optional<int> read_integer(const YamlNode& node, std::string_view key, IntegerRange range,
                                YamlFile& file) {
    const std::string hint =
        fmt::format("Write a whole number from {} to {}.", range.min, range.max);
    if (!is_plain_number(node) || node.scalar.find_first_of(".eE") != std::string::npos) {
        refuse(node, key, "a whole number", hint, file);
        return std::nullopt;
    }
    const auto number = Decimal::parse(node.scalar, Rounding::exact);
    if (!number.ok() || number->micros() < range.min * Decimal::scale ||
        number->micros() > range.max * Decimal::scale) {
        file.report(file.place(node), "workspace.out_of_range",
                    fmt::format("\"{}\" is out of range: {}", key, node.scalar), hint);
        return std::nullopt;
    }
    return static_cast<int>(number->micros() / Decimal::scale);
}

std::optional<Decimal> read_decimal(const YamlNode& node, std::string_view key,
                                    const DecimalRange& range, YamlFile& file) {
    const std::string hint =
        fmt::format("Write a plain number from {} to {}, with six digits after the point at most.",
                    range.min.text(), range.max.text());
    if (!is_plain_number(node)) {
        refuse(node, key, "a number", hint, file);
        return std::nullopt;
    }
    const auto number = Decimal::parse(node.scalar, Rounding::exact);
    if (!number.ok() || *number < range.min || *number > range.max) {
        file.report(file.place(node), "workspace.out_of_range",
                    fmt::format("\"{}\" is out of range: {}", key, node.scalar), hint);
        return std::nullopt;
    }
    return *number;
}

std::optional<bool> read_boolean(const YamlNode& node, std::string_view key, YamlFile& file) {
    if (!is_plain_boolean(node)) {
        refuse(node, key, "true or false", "Write true or false, without quotes.", file);
        return std::nullopt;
    }
    return node.scalar == "true";
}

}  // namespace meshline
