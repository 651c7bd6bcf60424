#include "base/jsonschema/formats.hpp"

#include "base/jsonschema/ecma_pattern.hpp"
#include "base/jsonschema/format_times.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstdlib>
#include <fmt/format.h>
#include <idn2.h>
#include <string>

namespace meshline {
namespace {

struct FormatName {
    std::string_view name;
    TextFormat format;
};

constexpr std::array formats = {
    FormatName{"date-time", TextFormat::date_time},
    FormatName{"date", TextFormat::date},
    FormatName{"time", TextFormat::time},
    FormatName{"duration", TextFormat::duration},
    FormatName{"email", TextFormat::email},
    FormatName{"idn-email", TextFormat::idn_email},
    FormatName{"hostname", TextFormat::hostname},
    FormatName{"idn-hostname", TextFormat::idn_hostname},
    FormatName{"ipv4", TextFormat::ipv4},
    FormatName{"ipv6", TextFormat::ipv6},
    FormatName{"uri", TextFormat::uri},
    FormatName{"uri-reference", TextFormat::uri_reference},
    FormatName{"iri", TextFormat::iri},
    FormatName{"iri-reference", TextFormat::iri_reference},
    FormatName{"uuid", TextFormat::uuid},
    FormatName{"uri-template", TextFormat::uri_template},
    FormatName{"json-pointer", TextFormat::json_pointer},
    FormatName{"relative-json-pointer", TextFormat::relative_json_pointer},
    FormatName{"regex", TextFormat::regex},
};

bool matches(std::string_view text, const RE2& pattern) {
    return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

constexpr const char* label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

/// RFC 1123, section 2.1.
bool is_hostname(std::string_view text) {
    static const RE2 pattern(fmt::format(R"({0}(?:\.{0})*)", label));
    constexpr std::size_t size_max = 253;
    return text.size() <= size_max && matches(text, pattern);
}

/// RFC 5890: a name that IDNA 2008 can encode.
bool is_idn_hostname(std::string_view text) {
    // Mapping would drop some ASCII that no name may have.
    static const RE2 letters(R"([A-Za-z0-9.\x{80}-\x{10FFFF}-]+)");
    if (!matches(text, letters)) return false;
    char* encoded = nullptr;
    const int outcome =
        idn2_to_ascii_8z(std::string(text).c_str(), &encoded,
                         IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL | IDN2_USE_STD3_ASCII_RULES);
    const bool is_encoded = outcome == IDN2_OK;
    const bool is_good = is_encoded && is_hostname(encoded);
    if (is_encoded) idn2_free(encoded);
    return is_good;
}

bool is_address(int family, std::string_view text) {
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    constexpr std::size_t size_max = 45;
    return text.size() <= size_max && text.find('\0') == std::string_view::npos &&
           inet_pton(family, std::string(text).c_str(), bytes.data()) == 1;
}

/// RFC 5321, section 4.1.2; RFC 6531 where `is_international`.
bool is_email(std::string_view text, bool is_international) {
    const auto pattern = [](const std::string& wide) {
        const std::string atom = R"([\w!#$%&'*+/=?^`{|}~)" + wide + "-]+";
        const std::string quoted = R"("(?:[ !#-\[\]-~)" + wide + R"(]|\\[ -~])*")";
        return "(?:" + atom + R"((?:\.)" + atom + ")*|" + quoted + ")";
    };
    static const RE2 local(pattern(""));
    static const RE2 wide_local(pattern(R"(\x{80}-\x{10FFFF})"));
    const std::size_t at = text.rfind('@');
    if (at == std::string_view::npos) return false;
    if (!matches(text.substr(0, at), is_international ? wide_local : local)) return false;
    std::string_view domain = text.substr(at + 1);
    if (!domain.starts_with('[')) {
        return is_international ? is_idn_hostname(domain) : is_hostname(domain);
    }
    if (!domain.ends_with(']')) return false;
    domain = domain.substr(1, domain.size() - 2);
    constexpr std::string_view ipv6_tag = "IPv6:";
    if (domain.starts_with(ipv6_tag)) return is_address(AF_INET6, domain.substr(ipv6_tag.size()));
    return is_address(AF_INET, domain);
}

/// The grammar of RFC 3986, appendix A, and of RFC 3987 where `wide` adds characters.
std::string uri_grammar(const std::string& wide, bool is_relative_too) {
    const std::string unit = fmt::format(R"((?:[\w.~!$&'()*+,;=:@{}-]|%[0-9A-Fa-f]{{2}}))", wide);
    const std::string unit_no_colon =
        fmt::format(R"((?:[\w.~!$&'()*+,;=@{}-]|%[0-9A-Fa-f]{{2}}))", wide);
    const std::string name = fmt::format(R"((?:[\w.~!$&'()*+,;={}-]|%[0-9A-Fa-f]{{2}})*)", wide);
    const std::string user = fmt::format(R"((?:[\w.~!$&'()*+,;=:{}-]|%[0-9A-Fa-f]{{2}})*)", wide);
    const std::string host =
        R"((?:\[([0-9A-Fa-f:.]+)\]|\[v[0-9A-Fa-f]+\.[\w.~!$&'()*+,;=:-]+\]|)" + name + ")";
    const std::string rooted = fmt::format(R"((?:/{}*)*)", unit);
    const std::string authority = fmt::format(R"(//(?:{}@)?{}(?::[0-9]*)?{})", user, host, rooted);
    const std::string absolute = fmt::format(R"(/(?:{0}+(?:/{0}*)*)?)", unit);
    const std::string rootless = fmt::format(R"({0}+{1})", unit, rooted);
    const std::string rest = fmt::format(R"((?:\?(?:{0}|[/?])*)?(?:#(?:{0}|[/?])*)?)", unit);
    const std::string scheme = R"([A-Za-z][A-Za-z0-9+.-]*:)";
    const std::string full = fmt::format("{}(?:{}|{}|{}|)", scheme, authority, absolute, rootless);
    if (!is_relative_too) return fmt::format("(?:{}){}", full, rest);
    const std::string relative =
        fmt::format("{}|{}|{}+{}|", authority, absolute, unit_no_colon, rooted);
    return fmt::format("(?:{}|{}){}", full, relative, rest);
}

bool is_uri(std::string_view text, const RE2& pattern) {
    std::array<re2::StringPiece, 4> submatch;
    const re2::StringPiece piece(text.data(), text.size());
    const int count = std::min(pattern.NumberOfCapturingGroups() + 1, 3);
    if (!pattern.Match(piece, 0, text.size(), RE2::ANCHOR_BOTH, submatch.data(), count)) {
        return false;
    }
    for (int group = 1; group < count; ++group) {
        const re2::StringPiece& address = submatch[static_cast<std::size_t>(group)];
        const std::string_view inside(address.data(), address.size());
        if (address.data() != nullptr && !is_address(AF_INET6, inside)) return false;
    }
    return true;
}

bool is_uri_format(TextFormat format, std::string_view text) {
    // RFC 3987 adds what is no ASCII and no private character.
    const auto pattern = [](bool is_wide, bool is_relative_too) {
        RE2::Options options;
        options.set_max_mem(std::int64_t{64} << 20);
        return RE2(
            uri_grammar(is_wide ? R"(\x{A0}-\x{D7FF}\x{F900}-\x{10FFFD})" : "", is_relative_too),
            options);
    };
    static const RE2 uri(pattern(false, false));
    static const RE2 uri_reference(pattern(false, true));
    static const RE2 iri(pattern(true, false));
    static const RE2 iri_reference(pattern(true, true));
    switch (format) {
        case TextFormat::uri:
            return is_uri(text, uri);
        case TextFormat::uri_reference:
            return is_uri(text, uri_reference);
        case TextFormat::iri:
            return is_uri(text, iri);
        default:
            return is_uri(text, iri_reference);
    }
}

/// RFC 6570, section 2.
bool is_uri_template(std::string_view text) {
    static const RE2 pattern([] {
        const std::string variable =
            R"((?:\w|%[0-9A-Fa-f]{2})(?:\.?(?:\w|%[0-9A-Fa-f]{2}))*(?:\*|:[1-9][0-9]{0,3})?)";
        return R"re((?:[^\x00-\x20"'<>%\\^`{|}]|%[0-9A-Fa-f]{2}|\{[+#./;?&=,!@|]?)re" + variable +
               "(?:," + variable + R"()*\})*)";
    }());
    return matches(text, pattern);
}

bool is_regex(std::string_view text) {
    const auto compiled = compile_ecma_pattern(text);
    // What RE2 cannot do is a regular expression all the same.
    return compiled.ok() || compiled.error().code == "pattern.unsupported";
}

}  // namespace

std::optional<TextFormat> format_of_name(std::string_view name) {
    const auto found = std::ranges::find(formats, name, &FormatName::name);
    if (found == formats.end()) return std::nullopt;
    return found->format;
}

std::string_view name_of(TextFormat format) {
    return std::ranges::find(formats, format, &FormatName::format)->name;
}

bool is_of_format(TextFormat format, std::string_view text) {
    static const RE2 uuid("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    static const RE2 pointer("(?:/(?:[^~/]|~[01])*)*");
    static const RE2 relative_pointer("(?:0|[1-9][0-9]*)(?:#|(?:/(?:[^~/]|~[01])*)*)");
    switch (format) {
        case TextFormat::date_time:
            return is_date_time(text);
        case TextFormat::date:
            return is_full_date(text);
        case TextFormat::time:
            return is_full_time(text);
        case TextFormat::duration:
            return is_duration(text);
        case TextFormat::email:
        case TextFormat::idn_email:
            return is_email(text, format == TextFormat::idn_email);
        case TextFormat::hostname:
            return is_hostname(text);
        case TextFormat::idn_hostname:
            return is_idn_hostname(text);
        case TextFormat::ipv4:
            return is_address(AF_INET, text);
        case TextFormat::ipv6:
            return is_address(AF_INET6, text);
        case TextFormat::uri:
        case TextFormat::uri_reference:
        case TextFormat::iri:
        case TextFormat::iri_reference:
            return is_uri_format(format, text);
        case TextFormat::uuid:
            return matches(text, uuid);
        case TextFormat::uri_template:
            return is_uri_template(text);
        case TextFormat::json_pointer:
            return matches(text, pointer);
        case TextFormat::relative_json_pointer:
            return matches(text, relative_pointer);
        case TextFormat::regex:
            return is_regex(text);
    }
    return true;
}

}  // namespace meshline
