#include "base/jsonschema/ecma_pattern.hpp"

#include "base/jsonschema/schema_limits.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fmt/format.h>
#include <optional>
#include <string>
#include <utility>

namespace meshline {
namespace {

// White space of ECMA-262, section 12.2 and 12.3, and all else: RE2's \s knows ASCII only.
constexpr std::string_view spaces =
    R"(\t\n\x{0B}\f\r \x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F})"
    R"(\x{3000}\x{FEFF})";
constexpr std::string_view no_spaces =
    R"(\x{0}-\x{8}\x{E}-\x{1F}!-\x{9F}\x{A1}-\x{167F}\x{1681}-\x{1FFF}\x{200B}-\x{2027})"
    R"(\x{202A}-\x{202E}\x{2030}-\x{205E}\x{2060}-\x{2FFF}\x{3001}-\x{FEFE}\x{FF00}-\x{10FFFF})";
constexpr std::string_view any_but_line_ends = R"([^\n\r\x{2028}\x{2029}])";

/// Names of general categories that RE2 knows by their short form only.
constexpr std::array<std::pair<std::string_view, std::string_view>, 22> categories = {{
    {"Letter", "L"},
    {"Cased_Letter", "L&"},
    {"Uppercase_Letter", "Lu"},
    {"Lowercase_Letter", "Ll"},
    {"Titlecase_Letter", "Lt"},
    {"Modifier_Letter", "Lm"},
    {"Other_Letter", "Lo"},
    {"Mark", "M"},
    {"Nonspacing_Mark", "Mn"},
    {"Spacing_Mark", "Mc"},
    {"Number", "N"},
    {"Decimal_Number", "Nd"},
    {"digit", "Nd"},
    {"Letter_Number", "Nl"},
    {"Punctuation", "P"},
    {"punct", "P"},
    {"Symbol", "S"},
    {"Math_Symbol", "Sm"},
    {"Currency_Symbol", "Sc"},
    {"Separator", "Z"},
    {"Space_Separator", "Zs"},
    {"Control", "Cc"},
}};

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

bool is_letter(char byte) {
    const char lower = static_cast<char>(byte | 0x20);
    return lower >= 'a' && lower <= 'z';
}

class EcmaTranslation {
  public:
    explicit EcmaTranslation(std::string_view pattern) : pattern_(pattern) {}

    Result<std::string> translate() {
        while (at_ < pattern_.size()) {
            const char byte = pattern_[at_++];
            if (byte == '\\') {
                MESHLINE_TRY(escape(false));
            } else if (byte == '.') {
                out_ += any_but_line_ends;
            } else if (byte == '[') {
                MESHLINE_TRY(character_class());
            } else if (byte == '(') {
                MESHLINE_TRY(group());
            } else {
                out_ += byte;
            }
        }
        return std::move(out_);
    }

  private:
    Error invalid(std::string message) const {
        return Error{.kind = ErrorKind::invalid,
                     .code = "pattern.invalid",
                     .message = fmt::format("{} at character {}", message, at_)};
    }
    Error unsupported(std::string_view what) const {
        return Error{.kind = ErrorKind::invalid,
                     .code = "pattern.unsupported",
                     .message = fmt::format("{} at character {} cannot be done", what, at_),
                     .hint =
                         "Patterns are matched in linear time, without look-around and"
                         " back-references; write the condition as a schema."};
    }

    bool take(std::string_view wanted) {
        if (!pattern_.substr(at_).starts_with(wanted)) return false;
        at_ += wanted.size();
        return true;
    }

    Result<void> group() {
        out_ += '(';
        if (!take("?")) return {};
        if (take(":")) {
            out_ += "?:";
            return {};
        }
        if (take("=") || take("!")) return unsupported("look-ahead");
        if (take("<=") || take("<!")) return unsupported("look-behind");
        const std::size_t end = pattern_.find('>', at_);
        if (!take("<") || end == std::string_view::npos) return invalid("unknown kind of group");
        at_ = end + 1;
        return {};
    }

    Result<void> character_class() {
        const bool is_negated = take("^");
        if (take("]")) {
            out_ += is_negated ? R"([\x{0}-\x{10FFFF}])" : R"([^\x{0}-\x{10FFFF}])";
            return {};
        }
        out_ += is_negated ? "[^" : "[";
        while (at_ < pattern_.size() && pattern_[at_] != ']') {
            const char byte = pattern_[at_++];
            if (byte == '\\') {
                const bool is_set =
                    at_ < pattern_.size() &&
                    std::string_view("dDwWsSpP").find(pattern_[at_]) != std::string_view::npos;
                MESHLINE_TRY(escape(true));
                // Behind a set "-" stands for itself.
                if (is_set && take("-")) out_ += "\\-";
            } else if (byte == '[') {
                out_ += "\\[";
            } else {
                out_ += byte;
            }
        }
        if (!take("]")) return invalid("the character class does not end");
        out_ += ']';
        return {};
    }

    Result<void> escape(bool is_in_class) {
        if (at_ == pattern_.size()) return invalid("\"\\\" ends the pattern");
        const char byte = pattern_[at_++];
        switch (byte) {
            case 'd':
            case 'D':
            case 'w':
            case 'W':
            case 't':
            case 'n':
            case 'r':
            case 'f':
                out_ += {'\\', byte};
                return {};
            case 'v':
                out_ += "\\x{0B}";
                return {};
            case 's':
                out_ += is_in_class ? std::string(spaces) : fmt::format("[{}]", spaces);
                return {};
            case 'S':
                out_ += is_in_class ? std::string(no_spaces) : fmt::format("[{}]", no_spaces);
                return {};
            case 'b':
                out_ += is_in_class ? "\\x{8}" : "\\b";
                return {};
            case 'B':
                if (is_in_class) return invalid("\"\\B\" in a character class");
                out_ += "\\B";
                return {};
            case 'p':
            case 'P':
                return property(byte, is_in_class);
            case 'c':
                return control();
            case 'x':
                return hexadecimal(2);
            case 'u':
                return unicode();
            case 'k':
                return unsupported("a back-reference");
            default:
                return literal(byte, is_in_class);
        }
    }

    Result<void> literal(char byte, bool is_in_class) {
        if (byte == '0' && (at_ == pattern_.size() || !is_digit(pattern_[at_]))) {
            out_ += "\\x{0}";
            return {};
        }
        if (is_digit(byte)) {
            if (is_in_class) return invalid("unknown escape");
            return unsupported("a back-reference");
        }
        if (is_letter(byte)) return invalid(fmt::format("unknown escape \"\\{}\"", byte));
        const bool is_plain = static_cast<unsigned char>(byte) >= 0x80 || byte == '_';
        if (!is_plain) out_ += '\\';
        out_ += byte;
        return {};
    }

    Result<void> control() {
        if (at_ == pattern_.size() || !is_letter(pattern_[at_])) {
            return invalid("\"\\c\" without a letter");
        }
        out_ += fmt::format("\\x{{{:X}}}", pattern_[at_++] & 0x1F);
        return {};
    }

    std::optional<std::uint32_t> read_hexadecimal(std::size_t digits) {
        const std::string_view text = pattern_.substr(at_, digits);
        const bool is_whole =
            text.size() == digits && std::ranges::all_of(text, [](char byte) {
                return is_digit(byte) || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f');
            });
        if (!is_whole || digits == 0) return std::nullopt;
        at_ += digits;
        return static_cast<std::uint32_t>(std::stoul(std::string(text), nullptr, 16));
    }

    Result<void> hexadecimal(std::size_t digits) {
        const auto code = read_hexadecimal(digits);
        if (!code) return invalid("hexadecimal digits were expected");
        out_ += fmt::format("\\x{{{:X}}}", *code);
        return {};
    }

    Result<void> unicode() {
        std::optional<std::uint32_t> code;
        if (take("{")) {
            const std::size_t end = pattern_.find('}', at_);
            constexpr std::size_t digits_max = 6;
            if (end == std::string_view::npos || end - at_ > digits_max) {
                return invalid("\"\\u{\" without a code point");
            }
            code = read_hexadecimal(end - at_);
            if (!take("}")) code.reset();
        } else {
            code = read_hexadecimal(4);
            if (code && *code >= 0xD800 && *code < 0xDC00 && take("\\u")) {
                const auto low = read_hexadecimal(4);
                const bool is_pair = low && *low >= 0xDC00 && *low < 0xE000;
                code = is_pair ? std::optional(0x10000 + ((*code - 0xD800) << 10) + *low - 0xDC00)
                               : std::nullopt;
            }
        }
        const bool is_surrogate = code && *code >= 0xD800 && *code < 0xE000;
        if (!code || is_surrogate || *code > 0x10FFFF) return invalid("no code point");
        out_ += fmt::format("\\x{{{:X}}}", *code);
        return {};
    }

    Result<void> property(char kind, bool is_in_class) {
        const std::size_t end = pattern_.find('}', at_);
        if (!take("{") || end == std::string_view::npos) return invalid("a property without name");
        std::string_view name = pattern_.substr(at_, end - at_);
        at_ = end + 1;
        // "Script=Greek", "General_Category=Letter": RE2 has the values alone.
        if (const std::size_t equals = name.find('='); equals != std::string_view::npos) {
            name.remove_prefix(equals + 1);
        }
        if (name == "ASCII" || name == "Any") {
            const std::string_view last = name == "Any" ? "10FFFF" : "7F";
            if (kind == 'P') return unsupported("this negated property");
            const std::string range = fmt::format("\\x{{0}}-\\x{{{}}}", last);
            out_ += is_in_class ? range : "[" + range + "]";
            return {};
        }
        for (const auto& [category, brief] : categories) {
            if (category == name) name = brief;
        }
        out_ += fmt::format("\\{}{{{}}}", kind, name);
        return {};
    }

    std::string_view pattern_;
    std::size_t at_ = 0;
    std::string out_;
};

}  // namespace

Result<std::unique_ptr<RE2>> compile_ecma_pattern(std::string_view pattern) {
    if (pattern.size() > pattern_letters_max) {
        return Error{.kind = ErrorKind::invalid,
                     .code = "pattern.unsupported",
                     .message = "the pattern is too long",
                     .hint = fmt::format("At most {} bytes are read.", pattern_letters_max)};
    }
    MESHLINE_ASSIGN(const std::string translated, EcmaTranslation(pattern).translate());
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(pattern_memory_max);
    auto compiled = std::make_unique<RE2>(translated, options);
    if (compiled->ok()) return compiled;
    const bool is_too_much = compiled->error_code() == RE2::ErrorPatternTooLarge ||
                             compiled->error_code() == RE2::ErrorRepeatSize ||
                             compiled->error_code() == RE2::ErrorBadCharRange;
    return Error{.kind = ErrorKind::invalid,
                 .code = is_too_much ? "pattern.unsupported" : "pattern.invalid",
                 .message = compiled->error()};
}

}  // namespace meshline
