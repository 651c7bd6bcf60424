#include "tidy/words.hpp"

#include <algorithm>
#include <cctype>

namespace meshline::tidy {

bool is_word_character(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool is_snake_case(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

std::vector<std::size_t> find_word(std::string_view text, std::string_view word) {
    std::vector<std::size_t> places;
    for (std::size_t at = text.find(word); at != std::string_view::npos;
         at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        const bool joined_before =
            at > 0 && is_word_character(word.front()) && is_word_character(text[at - 1]);
        const bool joined_after =
            end < text.size() && is_word_character(word.back()) && is_word_character(text[end]);
        if (!joined_before && !joined_after) places.push_back(at);
    }
    return places;
}

std::size_t skip_spaces(std::string_view text, std::size_t at) {
    return std::min(text.find_first_not_of(" \n", at), text.size());
}

}  // namespace meshline::tidy
