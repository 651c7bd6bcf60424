#include "core/model/ids.hpp"

#include <algorithm>

namespace meshline {
namespace {

constexpr std::size_t name_size_max = 64;

bool is_lower(char letter) {
    return letter >= 'a' && letter <= 'z';
}

}  // namespace

bool is_name(std::string_view text) {
    if (text.empty() || text.size() > name_size_max || !is_lower(text[0])) return false;
    return std::ranges::all_of(text, [](char letter) {
        return is_lower(letter) || (letter >= '0' && letter <= '9') || letter == '_';
    });
}

}  // namespace meshline
