#pragma once

#include "core/contract/read_options.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace meshline {

/// Room for a text that is rewritten: no number or date that means something is longer.
using TextBuffer = std::array<char, 64>;

/// A number as the source writes it ("1.234,50" with ',' as the mark) in the form that Decimal
/// reads ("1234.50"). Groups of thousands must be whole and begin with no zero: under '.', "12,50"
/// and "0,500" are refused rather than read as 1250 and 500. The result lies in `text` or in
/// `buffer`.
std::optional<std::string_view> plain_number(std::string_view text, char decimal_mark,
                                             TextBuffer& buffer);

/// A date, with or without a time behind it, with the date in the form "2026-03-01". A date that
/// starts with its year is read so whatever the order; "/" and "." separate as "-" does.
std::optional<std::string_view> plain_date(std::string_view text, ReadOptions::DateOrder order,
                                           TextBuffer& buffer);

}  // namespace meshline
