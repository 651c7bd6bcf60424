#include "core/model/entry_type.hpp"

#include <algorithm>

namespace meshline {
namespace {

/// Asked once per row, so found by binary search.
constexpr auto sorted_entry_types = [] {
    std::array<std::string_view, entry_type_names.size()> names;
    std::ranges::copy(entry_type_names, names.begin());
    std::ranges::sort(names);
    return names;
}();

}  // namespace

std::optional<Book> book_of(std::string_view name) {
    const auto found = std::ranges::find(book_names, name);
    if (found == book_names.end()) return std::nullopt;
    return static_cast<Book>(found - book_names.begin());
}

std::string_view name_of(Book book) {
    return book_names[static_cast<std::size_t>(book)];
}

bool is_entry_type(std::string_view name) {
    return std::ranges::binary_search(sorted_entry_types, name);
}

}  // namespace meshline
