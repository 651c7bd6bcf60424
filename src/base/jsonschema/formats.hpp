#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace meshline {

/// The formats of 2020-12 (section 7.3 of the validation specification) and of the drafts before
/// it.
enum class TextFormat : std::uint8_t {
    date_time,
    date,
    time,
    duration,
    email,
    idn_email,
    hostname,
    idn_hostname,
    ipv4,
    ipv6,
    uri,
    uri_reference,
    iri,
    iri_reference,
    uuid,
    uri_template,
    json_pointer,
    relative_json_pointer,
    regex,
};

/// The format of that name; nothing for names that are no format, which are never asserted.
std::optional<TextFormat> format_of_name(std::string_view name);
std::string_view name_of(TextFormat format);

bool is_of_format(TextFormat format, std::string_view text);

}  // namespace meshline
