#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace meshline {

/// The text as it is where it is UTF-8; else with each byte that is none written as "\xff". What is
/// stored or shown goes through here, so that one text can never make a whole list unreadable.
std::string valid_utf8(std::string_view text);

/// At most the first `bytes_max` bytes, then " ...", for people to read; shorter texts as they are.
/// Never cut inside a character, nor between a letter and the marks that belong to it. Always
/// UTF-8, see valid_utf8.
std::string shortened(std::string_view text, std::size_t bytes_max);

}  // namespace meshline
