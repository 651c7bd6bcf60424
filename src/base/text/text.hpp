#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meshline {

/// The known name with the fewest edits from `name`, if it is near enough to be a slip of the pen
/// (at most a third of the letters, at least one). An edit adds, drops, changes or swaps letters;
/// case costs nothing. Ties go to the first in `known`.
std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string> known);

/// `Did you mean "x"?`, or `Known: a, b, c.` when nothing is near, of which the first 20 are named
/// and the others counted, or "".
std::string hint_for_unknown(std::string_view name, std::span<const std::string> known);

/// Always one part more than there are separators: "" is one empty part.
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(std::span<const std::string> parts, std::string_view separator);
std::string_view trim(std::string_view text);
std::string to_lower_ascii(std::string_view text);

/// The offset of the first byte that is not UTF-8, or nothing.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

/// A text from elsewhere (a record, a file name, an argument) for a terminal or a page, as one
/// line: each character that steers instead of being read, and each byte that is not UTF-8, is a
/// "?". Those are C0 and C1 controls, newline and tab among them, bidirectional controls,
/// separators of lines, characters without width. Everything that is shown goes through here.
std::string shown_text(std::string_view text);

/// The same for a whole page of them, whose newlines and tabs are its own.
std::string shown_lines(std::string_view lines);

/// For JSON, where these characters stand in strings alone: each is written as its escape,
/// so the value stays what it is.
std::string json_shown_text(std::string_view json);

/// A cell of a CSV file by RFC 4180, quoted where it would be misread. What a spreadsheet would
/// take for a formula (= + - @, tab, return in front) begins with a "'"; numbers stay numbers.
std::string csv_cell(std::string_view text);

/// What a value looks like without saying what it is, for messages about records, which must not
/// hold anyone's data: letters as A and a, digits as 9, the rest as it is. "Ana-17" is "Aaa-99".
/// Cut after `shape_characters_max`.
std::string shape_of(std::string_view text);
inline constexpr std::size_t shape_characters_max = 40;

/// "1,234,567".
std::string with_thousands(std::int64_t number);
/// A number as text, or one at the front of a text, for people: "-1234567.5 USD" is
/// "-1,234,567.5 USD". Never for machines.
std::string with_thousands(std::string_view number);

/// SQL that is this text: a literal with quotes doubled; a NUL, which ends a statement wherever it
/// stands, as a call. Identifiers use quote_identifier.
std::string quote_literal(std::string_view text);
std::string quote_identifier(std::string_view name);

}  // namespace meshline
