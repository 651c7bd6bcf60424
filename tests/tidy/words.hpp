#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace meshline::tidy {

bool is_word_character(char c);
bool is_snake_case(std::string_view name);

/// Where `word` stands as a word of its own: no letter, digit or underscore touches the ends of it
/// that are such characters themselves.
std::vector<std::size_t> find_word(std::string_view text, std::string_view word);

std::size_t skip_spaces(std::string_view text, std::size_t at);

}  // namespace meshline::tidy
